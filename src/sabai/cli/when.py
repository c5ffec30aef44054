"""As-of dates as they are written on the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import wraps
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.dates import as_of_dates
from sabai.errors import Issue, UsageError

if TYPE_CHECKING:
    from sabai.facts.landed import Facts

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class Date(click.ParamType[date]):
    """A date within reach of every calendar.

    >>> Date().convert("2026-01-05", None, None)
    datetime.date(2026, 1, 5)
    """

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            read = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f'"{value}" is not a date; write it like 2026-01-31.', param, ctx)
        if not EARLIEST <= read <= LATEST:
            self.fail(f"{read} is out of reach; dates lie from {EARLIEST} to {LATEST}.", param, ctx)
        return read


def now() -> datetime:
    """When a command was called: the only look at the clock, so that the library itself gives the same bytes twice."""
    return datetime.now(UTC)


def day_of(facts: Facts, as_of: date | None) -> int:
    """The day asked for, or the one after the last fact. Raises FactsError where no fact can tell of it."""
    from sabai.metrics.calendar import asked_days, last_known

    return asked_days(facts, [as_of])[0] if as_of else last_known(facts) + 1


def dates_options(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """`--as-of` (again and again), or `--from`, `--to` and `--every`, as `days`."""

    @click.option("--as-of", "as_of", type=Date(), multiple=True, help="A date to speak of; may be given again.")
    @click.option("--from", "first", type=Date(), help="First as-of date of a series.")
    @click.option("--to", "last", type=Date(), help="Last as-of date of a series.")
    @click.option("--every", type=click.Choice(["day", "week", "month"]), default="week", show_default=True)
    @wraps(function)
    def dated(as_of: tuple[date, ...], first: date | None, last: date | None, every: str, **given: object) -> Answer:
        return function(days=chosen(as_of, first, last, every), **given)

    return dated


def chosen(as_of: Sequence[date], first: date | None, last: date | None, every: str) -> tuple[date, ...]:
    """The dates asked for, ascending; none: whatever the facts allow.

    >>> [str(day) for day in chosen([date(2024, 2, 1)], date(2024, 1, 1), date(2024, 1, 15), "week")]
    ['2024-01-01', '2024-01-08', '2024-01-15', '2024-02-01']
    """
    if (first is None) != (last is None):
        raise UsageError(_half("--to" if last is None else "--from"))
    if first is None or last is None:
        return tuple(sorted(set(as_of)))
    if last < first:
        raise UsageError(_backwards(first, last))
    return tuple(sorted({*as_of, *as_of_dates(first, last, every)}))


def _half(option: str) -> Issue:
    return Issue(
        "CLI-003",
        f"A series of dates needs {option} too.",
        why="It has two ends.",
        hint="sabai score --from 2025-01-06 --to 2025-06-30",
    )


def _backwards(first: date, last: date) -> Issue:
    return Issue(
        "CLI-004",
        f"The series ends ({last}) before it begins ({first}).",
        why="It holds no date.",
        hint="Exchange --from and --to.",
    )
