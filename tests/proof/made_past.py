"""A past whose truth is known: accounts leave by the weights that were planted, and by nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.special import expit, ndtr

from sabai.definitions.model import Factor, Health
from sabai.metrics.grid import Floats
from sabai.proof.past import Past

HORIZON = 30
FIRST_DAY = 19_000


def made_health(weights: Mapping[str, float], **rest: Any) -> Health:
    factors = tuple(Factor(name, "usage", weight, better="higher") for name, weight in weights.items())
    return Health(factors, ("usage",), **rest)


def made_past(
    accounts: int, months: int, truth: Mapping[str, float], base: float = -3.0, seed: int = 1
) -> tuple[Past, Floats]:
    """`months` rows of 30 days for each account until it leaves, and the logit of leaving of each row.

    `truth[factor]` is how much half the scale of points lowers that logit. Points are uniform from 0 to 100 and stay
    much the same from month to month; the score weighs all factors the same.
    """
    rng = np.random.default_rng(seed)
    steady = rng.normal(size=(accounts, 1, len(truth)))
    points = 100 * ndtr(0.8 * steady + 0.6 * rng.normal(size=(accounts, months, len(truth))))
    logit = base - (points - 50) / 50 @ np.array(list(truth.values()))
    leaves = rng.random((accounts, months)) < expit(logit)
    leaving = np.where(leaves.any(axis=1), leaves.argmax(axis=1), np.inf)
    account, month = np.nonzero(np.arange(months) <= leaving[:, None])
    until = (leaving[account] - month) * HORIZON + rng.integers(0, HORIZON, len(account))
    return _past(accounts, account, month, points[account, month], until, tuple(truth)), logit[account, month]


def _past(accounts: int, account: Any, month: Any, points: Floats, until: Floats, factors: tuple[str, ...]) -> Past:
    rows = len(account)
    as_of = (FIRST_DAY + HORIZON * month).astype(np.int32)
    return Past(
        accounts=tuple(f"a{each}" for each in range(accounts)),
        segments=("all",),
        known_until=int(as_of.max(initial=FIRST_DAY)) + HORIZON,
        settle_days=0,
        account=account.astype(np.int32),
        as_of=as_of,
        score=points.mean(axis=1),
        band=np.zeros(rows, dtype=np.int8),
        coverage=np.ones(rows),
        young=np.zeros(rows, dtype=np.bool_),
        deducted=np.zeros(rows),
        segment=np.zeros(rows, dtype=np.int32),
        tenure_days=np.full(rows, 1000.0),
        revenue=np.full(rows, np.nan),
        renewal_in=np.full(rows, np.nan),
        notice_in=until,
        effective_in=until,
        points=dict(zip(factors, points.T, strict=True)),
    )


def halves(past: Past) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The earlier and the later half of the months, with the labels of the earlier known by then."""
    middle = np.median(np.unique(past.as_of))
    return past.as_of + HORIZON <= middle, past.as_of >= middle
