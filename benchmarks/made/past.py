"""A made past: twelve months of every account, with factors that know a little of who leaves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.made.customers import chance
from benchmarks.sizes import MONTHS

FACTORS = 30
HORIZON, KNOWN_FOR = 90, 300  # days


@dataclass(frozen=True, slots=True)
class MadePast:
    """Arrays of shape (rows,); `risks` (rows, factors and the three scores made of them), the last is the score."""

    account: NDArray[np.int32]
    as_of: NDArray[np.int32]
    leaves_in: NDArray[np.float64]
    risks: NDArray[np.float64]
    band: NDArray[np.int8]

    @property
    def y(self) -> NDArray[np.bool_]:
        return self.leaves_in < HORIZON


@cache
def made_past(accounts: int, seed: int = 7) -> MadePast:
    """About one account-month in twelve ends in leaving; every second factor has whole points, and so many ties."""
    rng = chance(seed, "past")
    account, month = (each.ravel().astype(np.int32) for each in np.mgrid[:accounts, :MONTHS])
    health = rng.normal(size=accounts)[account] + 0.6 * rng.normal(size=len(account))
    leaves_in = rng.exponential(1_000 * np.exp(0.6 * health))
    points = 50 + 12 * (0.3 * health[:, None] + rng.normal(size=(len(account), FACTORS)))
    points[:, ::2] = np.round(points[:, ::2])
    factors = 100 - np.clip(points, 0, 100)
    scores = [factors[:, :number].mean(axis=1) for number in (5, 15, FACTORS)]
    band = np.digitize(scores[-1], np.quantile(scores[-1], (0.6, 0.85))).astype(np.int8)
    return MadePast(account, 30 * month, leaves_in, np.column_stack([factors, *scores]), band)
