"""Which as-of dates are measured: those asked for, and the canonical Mondays that bands are folded over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from sabai.dates import ALWAYS, from_day, monday_on_or_before, to_day
from sabai.definitions.model import Health
from sabai.errors import FactsError, Issue
from sabai.facts.catalogue import TABLES
from sabai.facts.landed import Facts
from sabai.facts.strays import happenings

STRAY = "FCT-095"
FURTHEST_AHEAD = 20 * 365
"""Days after the last fact that may be asked about: a slip of the keyboard is not a billion weeks of work."""


def asked_days(facts: Facts, as_of: Sequence[date], scored: int | None = None) -> tuple[int, ...]:
    """The days asked for, ascending; none asked: every Monday from the first fact to the last. Only those after the
    last day `scored`, where there is one.

    Raises FactsError where there is no fact at all, none before the first date, none within years of the last, or no
    day that has not been scored.
    """
    first = first_known(facts)
    if as_of:
        _refuse_before(facts, first, min(as_of))
        _refuse_after(last_known(facts), max(as_of))
        days = sorted({to_day(when) for when in as_of})
    else:
        last = _monday(last_known(facts) + 1)
        days = list(range(min(_monday(first) + 7, last), last + 1, 7))
    later = tuple(day for day in days if scored is None or day > scored)
    if not later and scored is not None:
        raise FactsError(_scored_already(scored))
    return later


def canonical_days(facts: Facts, asked: Sequence[int]) -> tuple[int, ...]:
    """The asked days, and every Monday from the first fact until the last of them."""
    mondays = range(_monday(first_known(facts)), max(asked) + 1, 7)
    return tuple(sorted({*asked, *mondays}))


def reference_days(facts: Facts, health: Health) -> tuple[int, ...]:
    """The Mondays that say what is usual: those of the stated span that have facts, whatever dates are asked for.

    Where the span has none, the first Monday stands in, and nothing will be found usual on it.
    """
    first, last = _monday(first_known(facts)) + 7, _monday(last_known(facts) + 1)
    if health.reference:
        first = max(first, _monday(to_day(health.reference[0]) + 6))
        last = min(last, to_day(health.reference[1]))
    return tuple(range(first, last + 1, 7)) or (_monday(first_known(facts)) + 7,)


def first_known(facts: Facts) -> int:
    """The first day on which something was known to have happened, strays long before all others left out.

    Contracts and goals may be years older than the first export of what customers did; where nothing but such things
    was landed, they count.
    """
    days = [day for table in _dated(facts) for day in facts.first_days[table].values() if day is not None]
    if not days:
        raise FactsError(_nothing_dated(facts))
    return min(days)


def last_known(facts: Facts) -> int:
    """The last day on which a fact was received, whatever lies planned in the future."""
    known = pl.col("received_day").filter(pl.col("received_day") > ALWAYS).max()
    latest = [facts.scan(table).select(known).collect().item() for table in _dated(facts)]
    return max([day for day in latest if day is not None], default=first_known(facts))


def _dated(facts: Facts) -> list[str]:
    """Happenings of accounts, or else things of accounts."""
    held = [name for name, table in TABLES.items() if name in facts.first_days and "account_id" in table.columns]
    return [table.name for table in happenings(facts)] or held


def _nothing_dated(facts: Facts) -> Issue:
    return Issue(
        "FCT-091",
        "There is not a single dated fact.",
        str(facts.folder),
        "A score at a date needs something that happened before it.",
        "See rejects.csv and the sums of `sabai facts` for what became of the rows.",
    )


def _scored_already(last: int) -> Issue:
    return Issue(
        "FCT-094",
        f"Nothing new: scores are there up to {from_day(last)}.",
        "",
        "No later date was asked for, and no fact has come in since the Monday after it.",
        "Land newer exports first, or leave --since-last out to compute everything again.",
    )


def _monday(day: int) -> int:
    return to_day(monday_on_or_before(from_day(day)))


def _refuse_after(last: int, asked: date) -> None:
    if to_day(asked) > last + FURTHEST_AHEAD:
        raise FactsError(
            Issue(
                "FCT-093",
                f"Nothing has been known for years at {asked}: the last fact became known on {from_day(last)}.",
                "",
                "Bands are followed week by week until then, with nothing to follow.",
                f"Ask for an earlier date, for instance --as-of {monday_on_or_before(from_day(last + 7))}.",
            )
        )


def _refuse_before(facts: Facts, first: int, asked: date) -> None:
    if to_day(asked) <= first:
        strays = [issue for issue in facts.issues if issue.code == STRAY]
        raise FactsError(
            Issue(
                "FCT-092",
                f"Nothing was known before {asked}: the first fact became known on {from_day(first)}.",
                "",
                "A score would be unknown for everybody.",
                f"Ask for a later date, for instance --as-of {monday_on_or_before(from_day(first + 34))}.",
            ),
            *strays,
        )
