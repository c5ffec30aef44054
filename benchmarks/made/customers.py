"""Who the made customers are: when they came, when some of them left, and how anything is spread over their time."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Ints = NDArray[np.int64]

FIRST, LAST = 19_358, 20_089  # 2023-01-01 and 2025-01-01, the second not included
DAY_US = 86_400_000_000
NEVER_LEFT = LAST + 1_000
PLANS, PLAN_SHARES = ("basic", "team", "business"), (0.5, 0.35, 0.15)


@dataclass(frozen=True, slots=True)
class Customers:
    """One entry for each account; days since 1970-01-01. `share` is an account's part of all events: few have most."""

    ids: pl.Series
    start: Ints
    end: Ints
    share: NDArray[np.float64]

    @classmethod
    def made(cls, accounts: int, seed: int) -> Customers:
        """Half of them older than the facts; one in ten leaves again, after a year or more."""
        rng = chance(seed, "customers")
        ids = pl.Series("account_id", [f"a{number:07d}" for number in range(accounts)])
        start = FIRST + rng.integers(-365, 365, accounts)
        left = start + rng.integers(365, 730, accounts)
        share = rng.pareto(1.6, accounts) + 0.2
        return cls(ids, start, np.where(rng.random(accounts) < 0.1, left, NEVER_LEFT), share / share.sum())

    def instants(self, place: Ints, rng: np.random.Generator, growth: float = 1.0) -> Ints:
        """Microseconds since 1970, at any time between an account's coming and going; `growth` below 1 leans late."""
        first = np.maximum(self.start[place], FIRST) * DAY_US
        last = np.minimum(self.end[place], LAST) * DAY_US
        return np.asarray(first + rng.random(len(place)) ** growth * (last - first), dtype=np.int64)

    def each(self, mean: float, rng: np.random.Generator) -> Ints:
        """About `mean` rows for each account: the index of the account of every row, ascending."""
        return np.repeat(np.arange(len(self.ids)), rng.poisson(mean, len(self.ids)))


def chance(seed: int, what: str) -> np.random.Generator:
    """Its own dice for each table, so that one can change without the others."""
    return np.random.default_rng([seed, zlib.crc32(what.encode())])


def account_rows(customers: Customers, seed: int) -> pl.DataFrame:
    plans = chance(seed, "plans").choice(len(PLANS), len(customers.ids), p=PLAN_SHARES)
    started = pl.Series(customers.start).cast(pl.Int32).cast(pl.Date)
    ended = pl.Series(customers.end).cast(pl.Int32)
    return pl.DataFrame(
        {
            "account_id": customers.ids,
            "name": customers.ids,
            "segment": pl.Series(PLANS).gather(plans),
            "started_on": started,
            "ended_on": ended.set(ended == NEVER_LEFT, None).cast(pl.Date),
        }
    ).with_columns(lifecycle=pl.lit("customer"), test=pl.lit(False))
