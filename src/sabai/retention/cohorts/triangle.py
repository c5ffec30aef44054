"""The triangle, cohort by age, and the curve over all cohorts, as frames: what is not known yet is null, never 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.intervals import Interval, wilson
from sabai.proof.draws import account_draws
from sabai.retention.cohorts.ages import Ages
from sabai.retention.cohorts.seen import Flags
from sabai.retention.cohorts.tally import Cohort
from sabai.retention.rates import DRAWS, SEED, of_accounts
from sabai.retention.revenue import Minor

TRIANGLE = pl.Schema(
    {
        "cohort": pl.String, "age": pl.String, "size": pl.Int64, "reached": pl.Int64, "active": pl.Int64,
        "share": pl.Float64, "low": pl.Float64, "high": pl.Float64, "first_minor": pl.Int64, "minor": pl.Int64,
    }
)  # fmt: skip
"""`size` began, `reached` of them came to that age, `active` of these were there: share = active / reached. Of revenue,
share = minor / first_minor, over those who reached the age."""


def of_shares(cohorts: Iterable[Cohort], ages: Ages) -> pl.DataFrame:
    """One row for each cohort and age, with Wilson intervals."""
    rows = [_row(cohort, ages, place) for cohort in cohorts for place in range(len(ages))]
    return pl.DataFrame(rows, schema=TRIANGLE, orient="row")


def _row(cohort: Cohort, ages: Ages, place: int) -> tuple[object, ...]:
    reached, active = int(cohort.reached[place]), int(cohort.active[place])
    seen = active if reached else None
    head = (cohort.name, ages.labels[place], cohort.size, reached, seen)
    return (*head, *_told(wilson(active, reached)), None, None)


def of_revenue(
    names: Sequence[str], cohort: NDArray[np.int64], paid: tuple[Minor, Minor], reached: Flags, ages: Ages
) -> pl.DataFrame:  # fmt: skip
    """The same of revenue; `paid` is at first, shape (accounts,), and at each age. Intervals draw whole accounts."""
    counts = account_draws(len(cohort), DRAWS, SEED)
    rows = []
    for place, name in enumerate(names):
        mine = np.flatnonzero(cohort == place)
        if len(mine):
            for age in range(len(ages)):
                there = mine[reached[mine, age]]
                first, then = paid[0][there], paid[1][there, age]
                rate = of_accounts(then, first, counts[there])
                known = len(there) > 0
                sums = (int(first.sum()), int(then.sum())) if known else (None, None)
                head = (name, ages.labels[age], len(mine), len(there), int((then > 0).sum()) if known else None)
                rows.append((*head, *_told(rate), *sums))
    return pl.DataFrame(rows, schema=TRIANGLE, orient="row")


def _told(rate: Interval) -> tuple[float | None, ...]:
    return tuple(None if isnan(value) else value for value in (rate.value, rate.low, rate.high))
