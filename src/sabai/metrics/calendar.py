"""Which as-of dates are measured: those asked for, and the canonical Mondays that bands are folded over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from sabai.dates import ALWAYS, from_day, monday_on_or_before, to_day
from sabai.errors import FactsError, Issue
from sabai.facts.catalogue import TABLES
from sabai.facts.landed import Facts


def asked_days(facts: Facts, as_of: Sequence[date]) -> tuple[int, ...]:
    """The days asked for, ascending; none asked: every Monday from the first fact to the last.

    Raises FactsError where there is no fact at all, or none before the first date.
    """
    first = first_known(facts)
    if as_of:
        _refuse_before(first, min(as_of))
        return tuple(sorted({to_day(when) for when in as_of}))
    last = _monday(_last_known(facts) + 1)
    return tuple(range(min(_monday(first) + 7, last), last + 1, 7))


def canonical_days(facts: Facts, asked: Sequence[int]) -> tuple[int, ...]:
    """The asked days, and every Monday from the first fact until the last of them."""
    mondays = range(_monday(first_known(facts)), max(asked) + 1, 7)
    return tuple(sorted({*asked, *mondays}))


def first_known(facts: Facts) -> int:
    """The first day on which anything but the accounts themselves was known."""
    days = [day for table, day in facts.first_day.items() if table not in ("accounts", "identities", "rates", "costs")]
    if not days:
        raise FactsError(
            Issue(
                "FCT-091",
                "There is not a single dated fact.",
                str(facts.folder),
                "A score at a date needs something that happened before it.",
                "See rejects.csv and the sums of `sabai facts` for what became of the rows.",
            )
        )
    return min(days)


def _last_known(facts: Facts) -> int:
    """The last day on which a fact happened or was received, whatever lies planned in the future."""
    latest = [
        facts.scan(table).select(pl.col("received_day").filter(pl.col("received_day") > ALWAYS).max()).collect().item()
        for table in TABLES
        if table != "accounts" and facts.has(table)
    ]
    return max([day for day in latest if day is not None], default=first_known(facts))


def _monday(day: int) -> int:
    return to_day(monday_on_or_before(from_day(day)))


def _refuse_before(first: int, asked: date) -> None:
    if to_day(asked) <= first:
        raise FactsError(
            Issue(
                "FCT-092",
                f"Nothing was known before {asked}: the first fact became known on {from_day(first)}.",
                "",
                "A score would be unknown for everybody.",
                f"Ask for a later date, for instance --as-of {monday_on_or_before(from_day(first + 34))}.",
            )
        )
