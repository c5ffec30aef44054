"""Gamma-Gamma: what a purchase of a customer is worth on average (Fader and Hardie 2013, after Colombo and Jiang 1999).

Amounts of one customer are gamma(p, ν), and ν is gamma(q, γ) among customers; γ is written v here. What is spent must
not hang together with how often: their correlation among those who came back says whether it does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, gammaln

from sabai.metrics.grid import Floats
from sabai.value.customers import Places
from sabai.value.fitting import Fit, greatest
from sabai.value.sums import spending

NAMES = ("p", "q", "v")
_STARTS = ([1.0, 2.0], [6.0, 4.0])
_FEW = 3_000  # customers that the first climb looks at


@dataclass(frozen=True, slots=True)
class Amounts:
    """Shape (customers,): `paid` days after the first with an amount above 0, `mean` their mean amount, in major units
    of the currency; where `paid` is 0 the mean does not matter."""

    paid: Floats
    mean: Floats


def log_likelihood(values: Floats, amounts: Amounts) -> tuple[float, Floats]:
    """Σ ln L and its gradient by (p, q, v), of customers with `paid` > 0:
    L = Γ(px + q) ÷ (Γ(px) Γ(q)) × v^q m^(px − 1) x^(px) ÷ (v + m x)^(px + q) (Fader and Hardie 2013, equation 1a)."""
    return _log_likelihood(values, *_prepared(amounts))


def _prepared(amounts: Amounts) -> tuple[Floats, Places, Floats, Floats, float]:
    counts, which = np.unique(amounts.paid, return_inverse=True)
    return counts, which, amounts.paid, amounts.paid * amounts.mean, float(np.log(amounts.mean).sum())


def _log_likelihood(
    values: Floats, counts: Floats, which: Places, paid: Floats, spent: Floats, logs: float
) -> tuple[float, Floats]:
    p, q, v = values
    own, most = p * counts, digamma(p * counts + q)
    level = gammaln(own + q) - gammaln(own) - gammaln(q) + q * np.log(v)
    by_q = most - digamma(q) + np.log(v)
    table = np.column_stack([level, counts * (most - digamma(own)), by_q, np.full_like(counts, q / v)])
    total = spending(which, table, paid, spent, values)
    return float(total[0] - logs), total[1:]


def fit(amounts: Amounts) -> Fit:
    """The greatest likelihood over those who came back and paid.

    >>> fit(Amounts(np.array([2.0, 1, 7, 3]), np.array([22.35, 11.77, 73.74, 30.0]))).names
    ('p', 'q', 'v')
    """
    kept = amounts.paid > 0
    known = Amounts(amounts.paid[kept], amounts.mean[kept])
    few = Amounts(known.paid[:: len(known.paid) // _FEW + 1], known.mean[:: len(known.paid) // _FEW + 1])
    scale = float(known.mean.mean()) if kept.any() else 1.0
    starts = [[p, q, scale * (q - 1) / p] for p, q in _STARTS]  # so that the mean is theirs
    whole, part = _prepared(known), _prepared(few)
    sample = (
        (lambda values: _log_likelihood(values, *part), float(len(few.paid))) if len(few.paid) < kept.sum() else None
    )
    return greatest(lambda values: _log_likelihood(values, *whole), NAMES, starts, float(max(kept.sum(), 1)), sample)


def expected_average(values: Floats, amounts: Amounts) -> Floats:
    """What a purchase of each will be worth on average: between its own mean and that of all, NaN where q ≤ 1.

    E = (v + m x) p ÷ (p x + q − 1) (equation 5); whoever has not paid again has the mean of all, p v ÷ (q − 1).

    >>> seen = Amounts(np.array([2.0, 0.0]), np.array([22.35, np.nan]))
    >>> expected_average(np.array([6.2488, 3.7446, 15.4477]), seen).round(2).tolist()
    [24.66, 35.17]
    """
    p, q, v = values
    spent = np.where(amounts.paid > 0, amounts.paid * np.nan_to_num(amounts.mean), 0.0)
    below = p * amounts.paid + q - 1
    return np.asarray(np.where((below > 0) & (q > 1), (v + spent) * p / np.where(below > 0, below, 1.0), np.nan))
