"""What customers differ in: a column of theirs, as groups or as a number, and the product that they began with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.facts.landed import Facts
from sabai.metrics.grid import Floats
from sabai.retention.cohorts.members import first_products
from sabai.retention.groups import UNKNOWN, grouped
from sabai.retention.stays import Stays, newest_accounts

NUMBERS_FROM = 10
"""So many different numbers are a quantity; fewer are names of groups that happen to be numbers."""


@dataclass(frozen=True, slots=True)
class Factor:
    """Either `codes` into `levels`, or `numbers` in units of their standard deviation `unit`; shape (accounts,).
    `as_of_now`: as it stands today, whatever it was."""

    name: str
    levels: tuple[str, ...] = ()
    codes: NDArray[np.int64] | None = None
    numbers: Floats | None = None
    unit: float = 1.0
    as_of_now: bool = False


def factor(facts: Facts, stays: Stays, name: str, as_of: int) -> Factor:
    """Of all accounts. Raises UsageError RET-002 where there is no such thing.

    A product is the one that an account began with: the one that it ended with would know how long it stayed.
    """
    numbers = _numbers(facts, name)
    if numbers is not None:
        unit = float(np.nanstd(numbers))
        return Factor(name, numbers=(numbers - np.nanmean(numbers)) / unit, unit=unit, as_of_now=True)
    return levels_of(facts, stays, name, as_of)


def levels_of(facts: Facts, stays: Stays, name: str, as_of: int) -> Factor:
    """The same, never as a number."""
    if name == "product":
        names, codes = first_products(facts, stays.first)
        return Factor(name, names, codes)
    groups = grouped(facts, stays, name, np.array([as_of], dtype=np.int32))
    return Factor(name, groups.names, groups.code[:, 0].astype(np.int64), as_of_now=name != "cohort")


def _numbers(facts: Facts, name: str) -> Floats | None:
    rows = newest_accounts(facts)
    column = next((each for each in (name, f"properties.{name}") if each in rows.columns), None)
    if column is None:
        return None
    known = rows[column].drop_nulls()
    read = known.cast(pl.Float64, strict=False) if not known.dtype.is_temporal() else known.head(0)
    if known.dtype == pl.Boolean or read.null_count() or read.n_unique() < NUMBERS_FROM:
        return None
    placed = pl.DataFrame({"account_id": facts.account_ids}, schema={"account_id": pl.String})
    return placed.join(rows.select("account_id", pl.col(column).cast(pl.Float64)), on="account_id", how="left")[
        column
    ].to_numpy()


def shown(level: str) -> str:
    """A group's name as people read it."""
    return level if level != UNKNOWN else "unknown"
