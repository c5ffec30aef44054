"""`sabai preview`: what other definitions would do, before they are published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.engine import Engine, engine_options
from sabai.cli.looking_back import question_options
from sabai.cli.outcome import verb
from sabai.cli.pages import LANGUAGES
from sabai.cli.place import FILE, Place, data_option, definitions_option, out_option, place
from sabai.cli.waiting import waiting

if TYPE_CHECKING:
    from sabai.preview.movers import Mover
    from sabai.preview.preview import Preview
    from sabai.proof.replay import Question

SHOWN = 10


@verb
@click.argument("other", type=FILE)
@data_option
@definitions_option
@question_options
@out_option
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the picture.")
@engine_options
def preview(
    other: Path, data: Path, definitions: Path | None, question: Question, as_of: Sequence[date], out: Path | None,
    lang: str, engine: Engine,
) -> Answer:  # fmt: skip
    """Show what the definitions in OTHER would change: bands, money, the accounts that move most, and the proof.

    \b
        sabai preview sabai.learned.yaml
        sabai preview next.yaml --data exports --definitions sabai.yaml --horizon 60d
    """
    from sabai.pipeline import Request
    from sabai.preview.told import told_preview
    from sabai.proving import draw, previewed

    with place(data, definitions, out).alone() as here, waiting() as progress, engine.computing(progress) as each_run:
        after = Place(here.data, other, here.out).definitions()
        request = Request(here.definitions(), here.data, here.out, tuple(as_of), each_run=each_run, progress=progress)
        found, currency = previewed(request, after, question), after.workspace.currency
        picture = draw(found, currency, here.out / "preview", lang)
    text = [*lines(found, currency), *([f"\nWritten to {picture}."] if picture else [])]
    return Answer({**told_preview(found), "picture": picture}, "\n".join(text))


def lines(found: Preview, currency: str) -> Iterator[str]:
    """The proof first, then who would change the band, then who moves most."""
    from sabai.dates import from_day

    day, moved = from_day(found.migration.as_of), found.migration.moved
    yield found.proof.sentence
    yield f"AUC {found.proof.before.value:.3f} now, {found.proof.after.value:.3f} then, on {found.proof.rows:,} rows."
    yield ""
    everybody, money = found.migration.accounts, _money(found, currency)
    yield f"On {day} {moved:,} of {everybody:,} customers would change the band{money}."
    yield from _migration(found, currency)
    yield from _others(found)
    yield ""
    yield "Moving most:"
    for mover in found.movers[:SHOWN]:
        yield _mover(mover)


def _migration(found: Preview, currency: str) -> Iterator[str]:
    from sabai.language.language import speak

    show = speak("en").show
    for flow in found.migration.flows:
        if flow.moves and flow.accounts:
            revenue = "" if flow.revenue_minor is None else f"   {show.money(flow.revenue_minor, currency)} a month"
            yield f"  {_band(flow.before):<10} to {_band(flow.after):<10}{flow.accounts:>6,}{revenue}"


def _money(found: Preview, currency: str) -> str:
    from sabai.language.language import speak

    moved = found.migration.revenue_moved_minor
    return "" if moved is None else f", who pay {speak('en').show.money(moved, currency)} a month"


def _others(found: Preview) -> Iterator[str]:
    for count, when in ((found.only_before, "now"), (found.only_after, "then")):
        if count:
            yield f"  {count:,} are customers only by the definitions of {when}."


def _mover(mover: Mover) -> str:
    score = f"{mover.before:.1f} to {mover.after:.1f}" if mover.points is not None else "unknown"
    bands = f"{_band(mover.band_before)} to {_band(mover.band_after)}"
    return f"  {mover.account_id:<12} {score}, {bands}: {'; '.join(map(str, mover.reasons))}"


def _band(band: str) -> str:
    return band.replace("_", " ")
