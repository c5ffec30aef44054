"""`sabai cohorts`: of those who began together, how many are still there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sabai.cli.answer import Answer
from sabai.cli.columns import columns, days, share, span
from sabai.cli.outcome import verb
from sabai.cli.pages import language_option, noted, with_files
from sabai.cli.place import data_argument, definitions_option, out_option, place
from sabai.cli.waiting import waiting
from sabai.cli.when import Date

if TYPE_CHECKING:
    from sabai.retention.cohorts.cohorts import Cohorts
    from sabai.retention.cohorts.question import Since

SINCE: dict[str, Since] = {"start": "start", "first-action": "first action"}
COLUMNS, ROWS = 13, 30  # of the triangle, as a person reads it; all of it is in the files


class Bracket(click.ParamType[tuple[int, int]]):
    """From one age to another, both included.

    >>> Bracket().convert("1-7", None, None)
    (1, 7)
    """

    name = "ages"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        written = re.fullmatch(r"(\d{1,4})\s*[-–]\s*(\d{1,4})", str(value))
        if not written or int(written[2]) < int(written[1]):
            self.fail(f'"{value}" is not a span of ages; write it like 1-7.', param, ctx)
        return int(written[1]), int(written[2])


@verb
@data_argument
@definitions_option
@click.option("--of", type=click.Choice(["accounts", "contacts", "revenue"]), default="accounts", show_default=True)
@click.option(
    "--by", default="start", show_default=True,
    help="Who belongs together: start (month), quarter, product, owner, first-action, or a column of accounts.",
)  # fmt: skip
@click.option(
    "--on", type=click.Choice(["day", "after", "bracket"]), default="day", show_default=True,
    help="There at exactly that age, at that age or any later, or at any age of a bracket.",
)  # fmt: skip
@click.option("--every", type=click.Choice(["day", "week", "month"]), default="month", show_default=True)
@click.option("--calendar", is_flag=True, help="Months of the calendar, not months since one's own start.")
@click.option("--bracket", "brackets", type=Bracket(), multiple=True, help="Ages such as 1-7; may be given again.")
@click.option("--ages", type=click.IntRange(1, 1000), help="How far to look. Default: as far as fits.")
@click.option(
    "--since", type=click.Choice(list(SINCE)), default="start", show_default=True,
    help="From where ages count.",
)  # fmt: skip
@click.option(
    "--activity", type=click.Choice(["events", "customer"]),
    help="What being there is: doing something, or being a customer. Default: events, where there are any.",
)  # fmt: skip
@click.option("--event", "events", multiple=True, help="Only events of this name count; may be given again.")
@click.option("--metric", help="Only the events count that this metric of the definitions counts.")
@click.option("--value", help="The event that means first value. Default: the milestones of the definitions.")
@click.option("--as-of", "as_of", type=Date(), help="What was known then. Default: the day after the last fact.")
@out_option
@language_option
def cohorts(
    data: Path, definitions: Path | None, out: Path | None, as_of: date | None, since: str, on: Any,
    brackets: tuple[tuple[int, int], ...], lang: str, **asked: Any,
) -> Answer:  # fmt: skip
    """Of those who began together, how many are still there? A triangle, a curve over all, and the time to value.

    Writes cohorts.html, pictures and CSV files below OUT/cohorts.

    \b
        sabai cohorts
        sabai cohorts --of revenue --by product
        sabai cohorts --every day --bracket 1-7 --bracket 8-30 --event report_made
        sabai cohorts --of contacts --every week --on after
    """
    from sabai.pipeline import Request
    from sabai.report.money.cohorts import write_cohorts
    from sabai.retention.cohorts.cohorts import cohorts
    from sabai.retention.cohorts.question import Question
    from sabai.retention.cohorts.told import files, told_cohorts
    from sabai.retention.known import known_until

    on = "bracket" if brackets else on
    question = Question(since=SINCE[since], on=on, brackets=brackets, **asked)
    with place(data, definitions, out).alone() as here, waiting() as progress:
        request = Request(here.definitions(), here.data, here.out, progress=progress)
        facts = request.facts()
        found = cohorts(facts, request.definitions, known_until(facts, as_of), question, progress)
        page = write_cohorts(found, request.definitions, here.out / "cohorts", lang)
    return Answer({**told_cohorts(found), "page": page}, with_files(lines(found), page, files(found)))


def lines(found: Cohorts) -> Iterator[str]:
    """The triangle, then the curve with its intervals, then the time to value."""
    yield _title(found)
    yield ""
    yield from _triangle(found)
    yield ""
    yield from _curve(found)
    if found.values:
        yield ""
        yield from _values(found)
    yield from noted(found.notices)


def _title(found: Cohorts) -> str:
    from sabai.dates import from_day

    asked = found.question
    there = {"events": "did something", "customer": "were customers"}[asked.activity or "events"]
    if asked.events or asked.metric:
        there = f"did what {asked.metric} counts" if asked.metric else f"did {' or '.join(asked.events)}"
    what = "Share of their first revenue" if asked.of == "revenue" else f"Share of {asked.of} that {there}"
    of = {
        "day": f"in each {asked.every}",
        "after": f"in that {asked.every} or later",
        "bracket": f"in these {asked.every}s",
    }
    calendar = " of the calendar" if asked.calendar and asked.every == "month" else ""
    since = "first payment" if asked.of == "revenue" else "first action" if asked.from_first_action else "start"
    return f"{what} {of[asked.on]}{calendar} since their {since}, as of {from_day(found.as_of)}."


def _triangle(found: Cohorts) -> Iterator[str]:
    ages, names = found.ages[:COLUMNS], found.names
    cells = {(row["cohort"], row["age"]): row for row in found.triangle.iter_rows(named=True)}
    everybody = {row["age"]: row for row in found.curve.iter_rows(named=True)}
    rows = [
        (name or "not said", f"{cells[name, ages[0]]['size']:,}", *(_cell(cells[name, age]) for age in ages))
        for name in names[-ROWS:]
    ]
    if rows:
        rows.append(("all", f"{everybody[ages[0]]['size']:,}", *(_cell(everybody[age]) for age in ages)))
    size = {"accounts": "accounts", "contacts": "contacts", "revenue": "accounts"}[found.question.of]
    yield from columns((found.question.by, size, *ages), rows)
    if any(row["reached"] < row["size"] for row in cells.values()):
        yield "* only some of them have come to that age: the share is of those. Blank: nobody has, or nobody watched."
    if len(names) > ROWS or len(found.ages) > COLUMNS:
        earlier, older = max(0, len(names) - ROWS), len(found.ages) - len(ages)
        yield f"triangle.csv has {earlier:,} earlier cohorts and {older:,} ages more."


def _cell(row: dict[str, Any]) -> str:
    if not row["reached"] or row["share"] is None:
        return ""
    return f"{row['share']:.0%}" + ("*" if row["reached"] < row["size"] else " ")


def _curve(found: Cohorts) -> Iterator[str]:
    from sabai.intervals import Interval

    known = found.curve.head(COLUMNS).filter(found.curve.head(COLUMNS)["reached"] > 0)
    rows = [
        (age, span(Interval(*interval)) if interval[1] is not None else share(interval[0]), f"{reached:,}")
        for age, reached, *interval in known.select("age", "reached", "share", "low", "high").iter_rows()
    ]
    yield from columns((found.question.every, "all of them (95%)", "have come to it"), rows)


def _values(found: Cohorts) -> Iterator[str]:
    rows = [
        (each.name, f"{each.customers:,}", f"{each.reached:,}", days(each.median, "not half of them yet"))
        for each in found.values
        if not each.cohort
    ]
    yield from columns(("first value", "customers", "have it", "half have it after (95%)"), rows)
