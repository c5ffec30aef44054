"""Which accounts belong to which cohort: those that began together, or that a column holds together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.dates import NEVER
from sabai.facts.landed import Facts
from sabai.metrics.grid import Days
from sabai.retention.cohorts.ages import month_numbers
from sabai.retention.cohorts.question import FIRST_ACTION, STARTS
from sabai.retention.groups import UNKNOWN, grouped
from sabai.retention.stays import Stays

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Members:
    """`zero` is the day on which each account began (NEVER: it is not counted). `cohort` indexes `names`; without
    names the cohort comes from the day on which one began, or from what one did first.

    `as_of_now`: nobody wrote down to which group one belonged at that time, so it is the group of today.
    """

    by: str
    zero: Days
    names: tuple[str, ...] = ()
    cohort: Codes | None = None
    as_of_now: bool = False

    def named(self, zero: Days, account: Codes) -> tuple[tuple[str, ...], Codes]:
        """The cohorts of units that began on `zero` and belong to `account`."""
        if self.cohort is not None:
            return self.names, self.cohort[account]
        return begun(zero, self.by)


def members(facts: Facts, stays: Stays, zero: Days, by: str, as_of: int) -> Members:
    """Raises UsageError RET-002 where customers cannot be told apart by `by`."""
    if by in (*STARTS, FIRST_ACTION):
        return Members(by, zero)
    if by == "product":
        names, cohort = first_products(facts, zero)
        return Members(by, zero, names, cohort)
    groups = grouped(facts, stays, by, np.array([as_of], dtype=np.int32))
    return Members(by, zero, groups.names, groups.code[:, 0].astype(np.int64), by != "cohort")


def begun(zero: Days, by: str) -> tuple[tuple[str, ...], Codes]:
    """The month or the quarter of each day.

    >>> begun(np.array([19753, 19814, 19753], dtype=np.int32), "start")
    (('2024-01', '2024-04'), array([0, 1, 0]))
    >>> begun(np.array([19753], dtype=np.int32), "quarter")[0]
    ('2024 Q1',)
    """
    length = 3 if by == "quarter" else 1
    numbers, code = np.unique(month_numbers(zero) // length, return_inverse=True)
    return tuple(_label(int(number) * length, by) for number in numbers), code.astype(np.int64)


def _label(month: int, by: str) -> str:
    year, place = 1970 + month // 12, month % 12
    return f"{year} Q{place // 3 + 1}" if by == "quarter" else f"{year}-{place + 1:02}"


def first_products(facts: Facts, zero: Days) -> tuple[tuple[str, ...], Codes]:
    """The product that each account began with, on the day `zero`: of several the one that costs most."""
    accounts = pl.LazyFrame({"account_id": facts.account_ids, "zero": zero}).with_row_index("account")
    code = np.full(len(zero), -1, dtype=np.int64)
    if not facts.has("subscriptions"):
        return (UNKNOWN,), np.zeros(len(zero), dtype=np.int64)
    held = (pl.col("starts_day") <= pl.col("zero")) & (pl.col("ends_day").fill_null(NEVER) > pl.col("zero"))
    rows = facts.scan("subscriptions").filter(pl.col("superseded_day").is_null(), pl.col("product").is_not_null())
    first = rows.join(accounts, on="account_id").filter(held).sort("recurring_minor", "product", nulls_last=False)
    found = first.select("account", "product").collect()
    names = (*sorted(set(found["product"].to_list()) - {UNKNOWN}), UNKNOWN)
    place = {name: number for number, name in enumerate(names)}
    code[found["account"].to_numpy()] = [place[name] for name in found["product"].to_list()]
    return names, np.where(code < 0, len(names) - 1, code)
