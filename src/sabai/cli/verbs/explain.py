"""`sabai explain`: one score as an addition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import data_option, definitions_option, out_option, place
from sabai.cli.scored import day_asked, known_account, scored
from sabai.cli.unchanged import asked
from sabai.cli.when import Date
from sabai.dates import from_day

if TYPE_CHECKING:
    from sabai.health.explain import Explanation
    from sabai.health.overrides import Override
    from sabai.health.parents import RolledUp
    from sabai.pipeline import Run
    from sabai.report.beside import Beside


@verb
@click.argument("account")
@click.option("--as-of", type=Date(), help="The date to speak of; default: the last one.")
@data_option
@definitions_option
@out_option
def explain(account: str, as_of: date | None, data: Path, definitions: Path | None, out: Path | None) -> Answer:
    """Show the score of ACCOUNT as an addition that you can redo by hand."""
    with place(data, definitions, out).alone() as here:
        return asked(here).answered(lambda: explained(scored(here, [as_of] if as_of else ()), account, as_of))


def explained(run: Run, account: str, as_of: date | None) -> Answer:
    """The score of one account at the date, and what people and children say beside it."""
    from sabai.health.addition import addition
    from sabai.health.explain import explain as explanation_of

    why = explanation_of(run.scores, run.definitions, known_account(run, account), day_asked(run, as_of))
    beside = _beside(run, why)
    told = {"explanation": why, "shown_band": beside.override.band if beside.override else why.band, "beside": beside}
    return Answer(told, "\n".join([addition(why), *text(beside)]))


def _beside(run: Run, why: Explanation) -> Beside:
    """What people and children say of a customer; of others nobody says anything."""
    from sabai.health.cell import column_of
    from sabai.health.revenue import monthly_revenue
    from sabai.report.beside import Beside, all_beside

    if why.why == "no customer":
        return Beside()
    column = column_of(run.scores.grid, why.as_of_day)
    revenue = monthly_revenue(run.scores.grid, run.definitions, run.facts, column)
    return all_beside(run, column, revenue).get(why.account_id, Beside())


def text(beside: Beside) -> Iterator[str]:
    """A line for each thing that stands beside the score."""
    if beside.override:
        yield f"Override: shown as {_said(beside.override)}"
    if beside.pulse:
        yield f"Pulse: {_said(beside.pulse)}"
    if beside.from_children:
        yield _from_children(beside.from_children)


def _said(by: Override) -> str:
    band = by.band.replace("_", " ")
    return f"{band} from {from_day(by.from_day)} until {from_day(by.until_day)}, says {by.who}: {by.reason}"


def _from_children(rolled: RolledUp) -> str:
    children = f"{rolled.children} {'child' if rolled.children == 1 else 'children'}"
    how = "mean by revenue" if rolled.how == "revenue" else "mean"
    score = "unknown" if rolled.score is None else f"{rolled.score:.1f}"
    return f"From {children}: {how} {score}."
