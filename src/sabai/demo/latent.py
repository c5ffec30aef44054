"""The hidden truth: how well each account is doing week by week, what befalls it, and who leaves for what cause.

A common mood returns to its own mean and drives each of seven dimensions with a delay of its own; shocks push some
dimensions down and fade. Each week an account gives notice with the probability

    1 / (1 + exp(-(BASE - STEEPNESS * Σ_d weight_d * x_d)))

where x_d is near 0 for a usual account and 1 is one standard deviation better. That is what a score can hope to see.
Bankruptcies and acquisitions come on top at a constant rate, and nothing that anybody measures foretells them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.demo.calendar import Calendar
from sabai.demo.customers import Customers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DIMENSIONS = ("usage", "engagement", "return", "advocacy", "support", "sentiment", "payment")
WEIGHTS = np.array([30, 15, 15, 5, 15, 10, 10]) / 100
DELAY_WEEKS = (0, 1, 6, 4, 0, 2, 3)
BASE = -7.4
STEEPNESS = 2.6
UNSEEN_PER_WEEK = 0.0009
FIRST_NOTICE_WEEKS = 8  # nobody leaves sooner after the start
NOTICE_DAYS = (20, 75)
NEVER = 10**6  # a day that no calendar reaches

_RETURN_TO_MEAN = 0.93  # weekly autocorrelation of the mood
_SHARED = 0.75  # how much of a dimension is the common mood


@dataclass(frozen=True, slots=True)
class Shock:
    """What befalls an account: its push on each dimension, how often in a year, and when half of it is gone."""

    name: str
    push: tuple[float, ...]
    per_year: float
    half_life_weeks: float


SHOCKS = (
    Shock("champion left", (-1.6, -2.2, -0.4, -1.0, -0.2, -0.6, -0.3), 0.16, 14),
    Shock("bad rollout", (-0.8, -0.3, -0.9, -0.6, -2.6, -1.6, 0.0), 0.14, 8),
    Shock("price rise", (-0.3, -0.4, -1.8, -0.5, -0.2, -1.3, -1.3), 0.10, 12),
    Shock("competitor", (-1.5, -1.0, -0.9, -1.6, 0.0, -0.8, 0.0), 0.10, 20),
    Shock("cash trouble", (-0.4, -0.5, -0.4, 0.0, 0.0, -0.2, -3.2), 0.07, 16),
)
UNSEEN = ("bankruptcy", "acquired")


@dataclass(frozen=True, slots=True)
class Truth:
    """`health` (account, week, dimension); `shocks` (account, week) indexes SHOCKS, -1: none.

    `notice` and `effective` are days, NEVER for who stays; `cause` is empty for who stays; `seen` says whether the
    cause worked through the dimensions, so that a score could see it.
    """

    health: Floats
    shocks: Ints
    notice: Ints
    effective: Ints
    cause: tuple[str, ...]
    seen: NDArray[np.bool_]

    @property
    def left(self) -> NDArray[np.bool_]:
        return self.effective < NEVER


def true_course(rng: np.random.Generator, calendar: Calendar, who: Customers) -> Truth:
    shocks = _shocks(rng, len(who), calendar.weeks)
    health = _health(rng, shocks)
    hazard = notice_probability(health)
    week, unseen = _leaving(rng, calendar, who, hazard)
    notice = np.where(week >= 0, calendar.first + 7 * week + rng.integers(0, 7, size=len(who)), NEVER)
    effective = np.where(week >= 0, notice + rng.integers(*NOTICE_DAYS, size=len(who)), NEVER)
    effective = np.where(unseen, notice + 3, effective)  # a bankrupt café gives no notice worth the name
    return Truth(health, shocks, notice, effective, _causes(rng, health, shocks, week, unseen), (week >= 0) & ~unseen)


def notice_probability(health: Floats) -> Floats:
    """The probability of giving notice in a week, by its dimensions (last axis).

    >>> usual, poor = notice_probability(np.array([[0.0] * 7, [-2.0] * 7]))
    >>> round(float(usual), 4), round(float(poor), 4)
    (0.0006, 0.0998)
    """
    chances: Floats = 1 / (1 + np.exp(-(BASE - STEEPNESS * (health @ WEIGHTS))))
    return chances


def _shocks(rng: np.random.Generator, accounts: int, weeks: int) -> Ints:
    chances = np.array([shock.per_year / 52 for shock in SHOCKS])
    kind = rng.choice(len(SHOCKS), size=(accounts, weeks), p=chances / chances.sum())
    return np.where(rng.random((accounts, weeks)) < chances.sum(), kind, -1)


def _health(rng: np.random.Generator, shocks: Ints) -> Floats:
    accounts, weeks = shocks.shape
    mood = _wander(rng, accounts, weeks, mean_spread=0.8)
    health = np.empty((accounts, weeks, len(DIMENSIONS)))
    for index, delay in enumerate(DELAY_WEEKS):
        own = _wander(rng, accounts, weeks, mean_spread=0.5)
        late = np.concatenate([np.repeat(mood[:, :1], delay, axis=1), mood[:, : weeks - delay]], axis=1)
        health[:, :, index] = _SHARED * late + np.sqrt(1 - _SHARED**2) * own
    return health + _fading(shocks)


def _wander(rng: np.random.Generator, accounts: int, weeks: int, mean_spread: float) -> Floats:
    """Paths that return to a mean of their own, with standard deviation 1 over all."""
    own_mean = rng.normal(0, mean_spread, accounts)
    spread = np.sqrt(1 - mean_spread**2)
    steps = rng.normal(0, spread * np.sqrt(1 - _RETURN_TO_MEAN**2), (accounts, weeks))
    path = np.empty((accounts, weeks))
    path[:, 0] = rng.normal(0, spread, accounts)
    for week in range(1, weeks):
        path[:, week] = _RETURN_TO_MEAN * path[:, week - 1] + steps[:, week]
    return path + own_mean[:, None]


def _fading(shocks: Ints) -> Floats:
    """What the shocks of the past still take away, (account, week, dimension)."""
    accounts, weeks = shocks.shape
    total = np.zeros((accounts, weeks, len(DIMENSIONS)))
    for index, shock in enumerate(SHOCKS):
        fade = 0.5 ** (1 / shock.half_life_weeks)
        felt = (shocks == index).astype(float)
        for week in range(1, weeks):
            felt[:, week] += fade * felt[:, week - 1]
        total += felt[:, :, None] * np.array(shock.push)
    return total


def _leaving(
    rng: np.random.Generator, calendar: Calendar, who: Customers, hazard: Floats
) -> tuple[Ints, NDArray[np.bool_]]:
    """The week of notice (-1: stays), and whether nothing measured had foretold it."""
    weeks = np.arange(calendar.weeks)
    first = (who.started - calendar.first) // 7 + FIRST_NOTICE_WEEKS
    may = (weeks >= first[:, None]) & (weeks < calendar.weeks - 1) & who.paying[:, None]
    by_cause = (rng.random(hazard.shape) < hazard) & may
    by_fate = (rng.random(hazard.shape) < UNSEEN_PER_WEEK) & may
    any_week = by_cause | by_fate
    week = np.where(any_week.any(axis=1), any_week.argmax(axis=1), -1)
    unseen = (week >= 0) & by_fate[np.arange(len(who)), week] & ~by_cause[np.arange(len(who)), week]
    return week, unseen


def _causes(
    rng: np.random.Generator, health: Floats, shocks: Ints, week: Ints, unseen: NDArray[np.bool_]
) -> tuple[str, ...]:
    """The latest shock of the half year before, or else the dimension that weighed most."""
    causes = []
    for account, (last, fate) in enumerate(zip(week, unseen, strict=True)):
        recent = shocks[account, max(0, last - 26) : last + 1]
        if last < 0:
            causes.append("")
        elif fate:
            causes.append(UNSEEN[rng.integers(len(UNSEEN))])
        elif (recent >= 0).any():
            causes.append(SHOCKS[recent[recent >= 0][-1]].name)
        else:
            causes.append(f"low {DIMENSIONS[int(np.argmin(health[account, last] * WEIGHTS))]}")
    return tuple(causes)
