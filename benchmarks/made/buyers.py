"""Made customers without a contract, who buy at their own rates, leave at their own, and spend their own amounts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from benchmarks.made.customers import chance
from sabai.value.customers import Customers
from sabai.value.gammagamma import Amounts

DAYS = 730  # from the first customer to the last day that is known
RATE, LEAVING, SPENDING = (0.55, 10.6), (0.6, 11.7), (6.2, 3.7, 15.4)
"""Gamma (shape, rate in weeks) of purchases and of leaving; p, q, v of amounts: about those of CDNOW."""


@dataclass(frozen=True, slots=True)
class MadeBuyers:
    customers: Customers
    amounts: Amounts


@cache
def made_buyers(number: int, seed: int = 7) -> MadeBuyers:
    """Days are whole; whoever never came back has no amounts."""
    rng = chance(seed, "buyers")
    age = np.ceil(rng.uniform(7, DAYS, number))
    rate, leaving = (rng.gamma(shape, 1 / scale, number) / 7 for shape, scale in (RATE, LEAVING))
    life = np.minimum(age, rng.exponential(1 / leaving))
    count = rng.poisson(rate * life).astype(np.float64)
    last = np.where(count > 0, np.ceil(life * rng.uniform(size=number) ** (1 / np.maximum(count, 1))), 0.0)
    p, q, v = SPENDING
    scale = rng.gamma(q, 1 / v, number)
    mean = np.where(count > 0, rng.gamma(p * np.maximum(count, 1), 1 / scale) / np.maximum(count, 1), np.nan)
    return MadeBuyers(Customers(count, np.minimum(last, age) / 7, age / 7), Amounts(count, mean))


def back(amounts: Amounts) -> Amounts:
    """Those who came back: others know nothing else."""
    kept = amounts.paid > 0
    return Amounts(amounts.paid[kept], amounts.mean[kept])
