"""Since when anything is known, and until when."""

from __future__ import annotations

from datetime import date

import polars as pl

from sabai.dates import to_day
from sabai.facts.catalogue import TABLES
from sabai.facts.landed import Facts
from sabai.metrics.calendar import first_known, last_known


def known_until(facts: Facts, as_of: date | None = None) -> int:
    """The day asked for, or the one after the last of which anything is known: all that is known then is read, and
    nothing else."""
    return known_days(facts)[1] if as_of is None else to_day(as_of)


def known_days(facts: Facts) -> tuple[int, int]:
    """The first day of which anything is known, and the day after the last.

    Where customers did nothing but leave, their contracts and starts say since when they are known: the first churn is
    not the beginning, nor the last one the end.
    """
    first, last = first_known(facts), last_known(facts)
    happened = {name for name in facts.first_days if TABLES[name].kind == "happening"}
    if happened == {"churn"}:
        for table, day in (("accounts", "started_day"), ("subscriptions", "starts_day")):
            if facts.has(table):
                seen = facts.scan(table).select(first=pl.col(day).min(), last=pl.col("received_day").max()).collect()
                first = min(first, *seen["first"].drop_nulls())
                last = max(last, *seen["last"].drop_nulls())
    return first, last + 1
