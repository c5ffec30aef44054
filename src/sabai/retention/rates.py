"""Rates of revenue retention, each with the interval that drawing whole customers again gives.

GRR = Σ min(end, start) / Σ start, NRR = Σ end / Σ start, both over those who paid at the start only, at the exchange
rates of the start: a currency that falls is nobody's contraction. STATISTICS "Retention and revenue". Customers are few
and unequal: one large one moves these rates, and the interval says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.intervals import Interval, of_draws
from sabai.metrics.grid import Floats
from sabai.proof.draws import account_draws, blocks, share
from sabai.retention.movements import Movements
from sabai.retention.revenue import Minor

DRAWS, SEED = 1000, 7
LARGEST = 10  # so many customers are named when asking how much hangs on few


@dataclass(frozen=True, slots=True)
class Rates:
    """Of one period, or of any set of customers in it; `customers` is how many paid at the start.

    `quick` = (new + expansion) / (contraction + churn). `existing` is the share of the revenue at the
    end that comes from those who paid at the start. `net_exchanged` is the net rate with what exchange moved;
    None where there was nothing at the start.
    """

    customers: int
    start_minor: int
    end_minor: int
    new_minor: int
    reactivation_minor: int
    expansion_minor: int
    contraction_minor: int
    churn_minor: int
    exchange_minor: int
    gross: Interval
    net: Interval
    quick: float | None
    existing: float | None
    net_exchanged: float | None


def rates(moves: Movements, draws: int = DRAWS) -> tuple[Rates, ...]:
    """One for each period.

    The book's company: 100k at the start, 5k churn, 3k contraction, 12k expansion: GRR 92%, NRR 104%.
    """
    counts = account_draws(len(moves.start), draws, SEED) if draws else None
    return tuple(_of_period(moves, column, counts) for column in range(moves.start.shape[1]))


def _of_period(moves: Movements, column: int, counts: NDArray[np.uint8] | None) -> Rates:
    sums = {kind: int(amounts[:, column].sum()) for kind, amounts in moves}
    start, end = moves.start[:, column], moves.end[:, column]
    kept = np.where(start > 0, moves.unchanged[:, column], 0)
    stayed = int(np.where(start > 0, end, 0).sum())
    base = np.where(start > 0, start, 0)
    held = np.minimum(base, kept)
    came = sums["new"] + sums["expansion"]
    went = sums["contraction"] + sums["churn"]
    return Rates(
        customers=int((start > 0).sum()),
        start_minor=int(start.sum()),
        end_minor=int(end.sum()),
        new_minor=sums["new"],
        reactivation_minor=sums["reactivation"],
        expansion_minor=sums["expansion"],
        contraction_minor=sums["contraction"],
        churn_minor=sums["churn"],
        exchange_minor=int(moves.exchange[:, column].sum()),
        gross=of_accounts(held, base, counts),
        net=of_accounts(kept, base, counts),
        quick=came / went if went else None,
        existing=stayed / int(end.sum()) if end.any() else None,
        net_exchanged=stayed / int(base.sum()) if base.any() else None,
    )


def of_accounts(part: Minor, whole: Minor, counts: NDArray[np.uint8] | None) -> Interval:
    """Σ part / Σ whole over all customers, shape (accounts,), and the same on every draw of them."""
    sums = float(part.sum()), float(whole.sum())
    if not sums[1]:
        return Interval(float("nan"), float("nan"), float("nan"))
    value = sums[0] / sums[1]
    if counts is None:
        return Interval(value, float("nan"), float("nan"))
    counted = np.flatnonzero(whole)
    drawn = _drawn(np.stack([part[counted], whole[counted]]).astype(np.float64), counts[counted])
    return of_draws(value, share(drawn[0], drawn[1]))


def _drawn(values: Floats, counts: NDArray[np.uint8]) -> Floats:
    """Sums of each row of `values` on every draw; shape (2, draws)."""
    return np.concatenate([values @ counts[:, block].astype(np.float64) for block in blocks(counts.shape[1])], axis=1)


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much hangs on few: `largest` are indices of accounts, most paid first; `shares` their part of the whole.

    `effective` is how many equal customers would be as concentrated (the inverse of the Herfindahl index).
    """

    largest: tuple[int, ...]
    shares: tuple[float, ...]
    effective: float | None


def concentration(monthly: Minor, most: int = LARGEST) -> Concentration:
    """Of the revenue of one day, shape (accounts,).

    >>> found = concentration(np.array([50, 25, 25]))
    >>> found.largest[0], found.shares[0], round(found.effective, 2)
    (0, 0.5, 2.67)
    """
    paid = np.where(monthly > 0, monthly, 0).astype(np.float64)
    whole = paid.sum()
    if not whole:
        return Concentration((), (), None)
    order = np.argsort(-paid, kind="stable")[:most]
    largest = tuple(int(place) for place in order if paid[place])
    shares = paid / whole
    return Concentration(largest, tuple(float(shares[place]) for place in largest), float(1 / (shares**2).sum()))
