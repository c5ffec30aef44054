"""`sabai demo`: a made company with a known truth, scored."""

from __future__ import annotations

from pathlib import Path

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import FOLDER, NAME, Place
from sabai.cli.verbs.score import summary, text
from sabai.cli.waiting import waiting
from sabai.cli.when import now


@verb
@click.option("--out", type=FOLDER, default="demo", show_default=True, help="Folder for the company and its scores.")
@click.option("--seed", type=int, default=7, show_default=True, help="Another seed, another company.")
def demo(out: Path, seed: int) -> Answer:
    """Make a company of about 400 accounts with a known truth, and score its 24 months weekly."""
    from sabai.demo.make import make_company
    from sabai.pipeline import Request, score

    there = Place(out, out / NAME, out / "sabai-out")
    with there.alone() as here, waiting() as progress:
        make_company(out, seed, progress=progress)
        run = score(Request(here.definitions(), here.data, here.out, progress=progress), now())
    page = (here.out / "report.html").resolve()
    return Answer(summary(run) | {"report": page}, f"{text(run)}\nOpen the report: {page}", issues=run.notices)
