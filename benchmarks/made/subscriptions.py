"""A million subscription rows of 200,000 customers over five years: upgrades on the day, pauses, discounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sabai.dates import NEVER, to_day

FIRST, LAST = date(2019, 1, 1), date(2024, 1, 1)
ROWS, ACCOUNTS = 1_000_000, 200_000


@dataclass(frozen=True, slots=True)
class MadeSubscriptions:
    """Sorted by account; `end` is NEVER for one in five, `monthly` minor units, negative for one in fifty."""

    account: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    monthly: NDArray[np.int64]


@cache
def made_subscriptions() -> MadeSubscriptions:
    rng = np.random.default_rng(19)
    account = np.sort(rng.integers(0, ACCOUNTS, ROWS)).astype(np.int32)
    start = rng.integers(to_day(FIRST) - 200, to_day(LAST), ROWS).astype(np.int32)
    end = start + rng.integers(20, 900, ROWS).astype(np.int32)
    monthly = rng.integers(1_000, 200_000, ROWS)
    return MadeSubscriptions(
        account,
        start,
        np.where(rng.random(ROWS) < 0.2, NEVER, end).astype(np.int32),
        np.where(rng.random(ROWS) < 0.02, -monthly // 10, monthly),
    )
