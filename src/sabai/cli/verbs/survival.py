"""`sabai survival`: how long customers stay, and who leaves sooner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.columns import columns, days, span
from sabai.cli.outcome import verb
from sabai.cli.pages import language_option, noted, with_files
from sabai.cli.place import data_argument, definitions_option, out_option, place
from sabai.cli.waiting import waiting
from sabai.cli.when import Date

if TYPE_CHECKING:
    from sabai.retention.survival.kaplan_meier import Curve
    from sabai.retention.survival.ratios import Cox
    from sabai.retention.survival.survival import Survival


SHOWN = 12  # so many groups, the largest, are read at a glance


@verb
@data_argument
@definitions_option
@click.option("--by", help="Curves apart by a column of accounts, or by owner, product or cohort.")
@click.option("--factors", help="What to weigh against each other: columns of accounts, with commas between them.")
@click.option(
    "--known-from", type=Date(),
    help="Since when it is known who left. Default: the first churn that was written down, or all of the past.",
)  # fmt: skip
@click.option("--as-of", "as_of", type=Date(), help="What was known then. Default: the day after the last fact.")
@out_option
@language_option
def survival(
    data: Path, definitions: Path | None, by: str | None, factors: str | None, known_from: date | None,
    as_of: date | None, out: Path | None, lang: str,
) -> Answer:  # fmt: skip
    """How long do customers stay, and who leaves sooner? Curves by Kaplan–Meier, ratios by Cox.

    Writes survival.html, pictures and CSV files below OUT/survival.

    \b
        sabai survival
        sabai survival --by segment --factors segment,country,product
    """
    from sabai.dates import to_day
    from sabai.pipeline import Request
    from sabai.report.money.survival import write_survival
    from sabai.retention.known import known_until
    from sabai.retention.survival.survival import Question, survival
    from sabai.retention.survival.told import files, told_survival

    weighed = tuple(dict.fromkeys(name.strip() for name in (factors or "").split(",") if name.strip()))
    question = Question(by, weighed, None if known_from is None else to_day(known_from))
    with place(data, definitions, out).alone() as here, waiting() as progress:
        request = Request(here.definitions(), here.data, here.out, progress=progress)
        facts = request.facts()
        found = survival(facts, request.definitions, known_until(facts, as_of), question)
        page = write_survival(found, request.definitions, here.out / "survival", lang)
    return Answer({**told_survival(found), "page": page}, with_files(lines(found), page, files(found)))


def lines(found: Survival) -> Iterator[str]:
    """How many are still there after so many days, whether groups differ, and by how much."""
    from sabai.dates import from_day

    yield f"Still customers after so many days, watched from {from_day(found.known_from)} to {from_day(found.until)}."
    if found.everybody.left:  # else all would stay for ever, only because nobody writes down who leaves
        yield ""
        yield from _curves(found)
    if found.difference is not None:
        yield ""
        said = "leave at different rates" if found.difference.is_shown else "are not shown to differ"
        yield f"By {found.by} they {said} (log-rank, p = {found.difference.p:.2g})."
    if found.cox is not None:
        yield ""
        yield from _ratios(found.cox)
    yield from noted(found.notices)


def _curves(found: Survival) -> Iterator[str]:
    from sabai.retention.survival.told import AFTER

    shown = sorted(found.groups, key=lambda curve: -curve.watched)[:SHOWN]
    after = [day for day in AFTER if day <= found.everybody.longest]
    rows = [
        (
            curve.name or "all",
            f"{curve.watched:,}",
            f"{curve.left:,}",
            *(_share(curve, day) for day in after),
            days(curve.median, "not half yet"),
        )
        for curve in (found.everybody, *shown)
    ]
    heads = (found.by or "", "customers", "left", *(f"{day} days" for day in after), "half have left after")
    yield from columns(heads, rows)
    if len(found.groups) > SHOWN:
        yield f"curves.csv has {len(found.groups) - SHOWN:,} smaller groups more."
    if any(curve.since for curve in (found.everybody, *found.groups)):
        yield "Curves that begin late are of customers who had stayed so long already."


def _share(curve: Curve, day: int) -> str:
    return span(curve.at(day), 0)


def _ratios(cox: Cox) -> Iterator[str]:
    yield f"All else alike ({cox.watched:,} customers, {cox.left:,} left{'; held by a ridge' if cox.held else ''}):"
    for ratio in cox.ratios:
        yield f"  {'* ' if cox.held else ''}{ratio.sentence}"
    for warning in (ratio.warning for ratio in cox.ratios):
        if warning:
            yield f"  Caution: {warning}"
