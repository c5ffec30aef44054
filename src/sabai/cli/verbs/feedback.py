"""`sabai feedback`: what customers say in numbers and in words, who stays silent, and why those who left did."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from sabai.cli.answer import Answer
from sabai.cli.heard import lines
from sabai.cli.outcome import verb
from sabai.cli.pages import language_option, with_files
from sabai.cli.place import data_argument, definitions_option, out_option, place
from sabai.cli.waiting import waiting
from sabai.cli.when import Date


@verb
@data_argument
@definitions_option
@click.option(
    "--from", "first", type=Date(), help="From this day on; default: the first day on which anybody was asked."
)
@click.option("--to", "last", type=Date(), help="Until the day before; default: all that is known.")
@click.option(
    "--every", type=click.Choice(["month", "quarter", "year", "span"]), default="quarter", show_default=True,
    help="Over time by calendar months, quarters or years, or the whole span at once.",
)  # fmt: skip
@click.option(
    "--by", help="Shown first: segment, country, stage, owner, language, product, survey, role, cohort, or a column of "
    "accounts.",
)  # fmt: skip
@out_option
@language_option
def feedback(
    data: Path, definitions: Path | None, first: date | None, last: date | None, every: Any, by: str | None,
    out: Path | None, lang: str,
) -> Answer:  # fmt: skip
    """What customers say: NPS, CSAT and CES with intervals, by group and over time; who stayed silent; themes; reasons.

    Reads responses, tickets, notes and churn. Scores that were made before (sabai score) say how well those did who
    answered, and who did not. Words are read with the extra "text". Writes feedback.html, pictures and CSV files below
    OUT/feedback.

    \b
        sabai feedback
        sabai feedback --by owner --every month
        sabai feedback --from 2026-01-01 --to 2026-07-01
    """
    from sabai.feedback.feedback import voiced
    from sabai.feedback.tables import NAMES
    from sabai.feedback.told import told_feedback
    from sabai.pipeline import Request
    from sabai.report.feedback.feedback import write_feedback
    from sabai.retention.span import Span

    with place(data, definitions, out).alone() as here, waiting() as progress:
        request = Request(here.definitions(), here.data, here.out, progress=progress)
        span = Span(first, last, every, by)
        found = voiced(request.facts(), request.definitions, span, here.out / "snapshots", progress=progress)
        page = write_feedback(found, request.definitions, here.out / "feedback", lang)
    return Answer({**told_feedback(found), "page": page}, with_files(lines(found), page, NAMES))
