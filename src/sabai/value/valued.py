"""Accounts with their values, whichever family told them: what sums, segments and comparisons are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.intervals import Interval
from sabai.metrics.grid import Floats
from sabai.value.curve_fit import Renewals
from sabai.value.uncertain import Told, sum_of
from sabai.value.values import ModelTold

Part = tuple[Told, NDArray[np.int64]]
"""Values in minor units told by one fit, and which rows of the frame they are."""


@dataclass(frozen=True, slots=True)
class Valued:
    """`frame`: account_id, name, segment, details, revenue_minor or spent_minor, naive_minor, why; one row an account.

    `new_minor`: by segment, what a new customer is worth. `won`: account_id, day of all who ever began. `seen`:
    by what a model is `of`, the renewals that it was fitted to.
    """

    frame: pl.DataFrame
    parts: Sequence[Part]
    models: tuple[ModelTold, ...]
    new_minor: Mapping[str, float]
    won: pl.DataFrame
    notices: tuple[str, ...]
    seen: Mapping[str, Renewals] = field(default_factory=dict)

    def total(self, weight: Floats) -> Interval:
        """Σ weight × value over the rows of the frame."""
        return sum_of((told, weight[places]) for told, places in self.parts)

    def with_values(self) -> pl.DataFrame:
        """The frame with value_minor, low_minor, high_minor; most valuable first, unknown last."""
        columns = np.full((3, self.frame.height), np.nan)
        for told, places in self.parts:
            columns[:, places] = [told.values, *told.ends()]
        names = ("value_minor", "low_minor", "high_minor")
        told_all = self.frame.with_columns(minor(name, values) for name, values in zip(names, columns, strict=True))
        return told_all.sort("value_minor", "account_id", descending=[True, False], nulls_last=True)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which rows have a value."""
        found = np.zeros(self.frame.height, dtype=np.bool_)
        for told, places in self.parts:
            found[places] = np.isfinite(told.values)
        return found


def minor(name: str, values: Floats) -> pl.Series:
    """Whole minor units; NaN and infinite are unknown.

    >>> minor("value_minor", np.array([1.5, np.nan])).to_list()
    [2, None]
    """
    known = pl.Series(name, np.where(np.isfinite(values), values, np.nan), nan_to_null=True)
    return known.round(0, mode="half_to_even").cast(pl.Int64)
