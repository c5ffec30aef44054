"""What lifetime values come as: money is whole minor units of the workspace's currency, None where nobody can tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import polars as pl

from sabai.intervals import Interval
from sabai.value.curve_fit import Renewals

Family = Literal["contract", "purchases"]


@dataclass(frozen=True, slots=True)
class Worth:
    """`value_minor` is expected to lie between the two with 95% confidence in the parameters of the model."""

    value_minor: int | None
    low_minor: int | None
    high_minor: int | None


def worth(interval: Interval) -> Worth:
    """
    >>> worth(Interval(10.4, 8.6, float("nan")))
    Worth(value_minor=10, low_minor=9, high_minor=None)
    """
    return Worth(whole(interval.value), whole(interval.low), whole(interval.high))


def whole(value: float) -> int | None:
    return round(value) if isfinite(value) else None


@dataclass(frozen=True, slots=True)
class ModelTold:
    """A model as it was fitted: of which accounts, its parameters, and the standard errors of their logarithms.

    `customers` came to be asked or bought; `naive_rate`: the share renewing at each renewal, as one number.
    """

    of: str
    model: str
    parameters: Mapping[str, float]
    errors: Mapping[str, float]
    log_likelihood: float
    customers: int
    naive_rate: float | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentValue:
    """`accounts` are here, `valued` of them have a value, whose mean and sum these are; `naive_mean_minor` beside it.

    `new_minor`: what a new customer is worth from its first payment on. `cost_to_win_minor` for each account won in the
    months that costs cover, `ratio` = new ÷ that (CLV : CAC); `cost_to_keep_minor`: serving cost an account and month.
    """

    segment: str
    accounts: int
    valued: int
    mean: Worth
    total: Worth
    naive_mean_minor: int | None
    new_minor: int | None
    cost_to_win_minor: int | None = None
    ratio: float | None = None
    cost_to_keep_minor: int | None = None


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The last part of history, foretold from before it: [from_day, until_day). Errors are means over accounts of the
    absolute difference; the naive forecast is a constant rate."""

    from_day: int
    until_day: int
    accounts: int
    seen_minor: int
    model_minor: int
    naive_minor: int
    model_error_minor: int
    naive_error_minor: int


@dataclass(frozen=True, slots=True)
class PointWorth:
    """What `points` (hundredths) of yearly retention more, at every renewal to come, add to today's customers."""

    points: int
    gain_minor: int
    share: float


@dataclass(frozen=True, slots=True)
class Referrals:
    """`accounts` that others named, of whom `came` were customers ever and `here` are now; `revenue_minor` is theirs (a
    month by contract; all that they spent, without), `total` their value. `by_referrer`: account_id, brought (those who
    came), revenue_minor, value_minor."""

    accounts: int
    came: int
    here: int
    revenue_minor: int
    total: Worth
    by_referrer: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Values:
    """`accounts`, most valuable first: account_id, name, segment, model, then renewed, term, due_on, revenue_minor (a
    month) by contract, or repeats, last_weeks, age_weeks, alive, purchases, average_minor, spent_minor without;
    value_minor, low_minor, high_minor, naive_minor, why (there is none). `horizon_months` None: by contract, without
    end.

    `discount_a_year` and `margin` are shares. The first of `segments` is of all; `naive_minor` sums what those who have
    a value would be worth naively. `renewals`: by what a model is `of`, the renewals that it was fitted to; empty
    without contracts.
    """

    as_of: int
    family: Family
    currency: str
    margin: float
    discount_a_year: float
    horizon_months: int | None
    by: str | None
    accounts: pl.DataFrame
    models: tuple[ModelTold, ...]
    total: Worth
    naive_minor: int | None
    segments: tuple[SegmentValue, ...]
    points: tuple[PointWorth, ...]
    held_out: HeldOut | None
    referrals: Referrals | None
    renewals: Mapping[str, Renewals]
    notices: tuple[str, ...]

    def most_valuable(self, top: int) -> pl.DataFrame:
        """The first so many, with the share of all value that each has, and all up to it together."""
        known = self.accounts.filter(pl.col("value_minor").is_not_null())
        share = known["value_minor"] / max(1, int(known["value_minor"].sum()))
        return known.with_columns(share=share, together=share.cum_sum()).head(top)
