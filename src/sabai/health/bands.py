"""Bands with hysteresis and dwell, folded over the canonical weeks, so that accounts do not flap.

The rule, for an account that has a band and a score on this Monday:

    it leaves its band when, on every Monday of the last `hold_days`, the score was beyond the cut by `hold_points`,
    and goes to the nearest band that all those Mondays support.

Each Monday stands for a week: 14 days are this Monday and the one before it. Upwards, the score must reach the cut
plus `hold_points`; downwards, fall below the cut minus `hold_points`. An unknown score makes the band unknown at once.
On the first known week, after an unknown one, and where the onboarding score ends (another scale), the band is the raw
one at once, and earlier Mondays no longer count.

A band thus depends on its path, and the path is always the Mondays: any other date reads the last Monday on or before
it, and has no band where its own score is unknown.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Bands
from sabai.health.scores import Scores
from sabai.health.standing import AT_RISK, HEALTHY, UNHEALTHY, UNKNOWN, BandArray, Standing, nowhere
from sabai.health.weeks import last_monday, mondays
from sabai.metrics.grid import Floats


def banded(scores: Scores, bands: Bands, cut: tuple[float, float], before: Standing | None = None) -> Scores:
    """The same scores with raw and held bands by these cut points; a non-Monday without a score has no band.

    `before`: where the same accounts stood after the Monday before the first of these dates; None: nobody stood yet.
    """
    weeks = mondays(scores.grid.as_of)
    folded, standing = fold(scores.score[:, weeks], scores.young[:, weeks], bands, cut, before)
    earlier = before.band if before else np.full(len(folded), UNKNOWN)
    read = np.hstack([folded, earlier[:, None]])[:, last_monday(scores.grid.as_of)]  # -1 reads the column added
    band = np.where(np.isnan(scores.score), UNKNOWN, read)
    return replace(scores, raw_band=raw_bands(scores.score, cut), band=band, cut=cut, standing=standing)


def raw_bands(score: Floats, cut: tuple[float, float]) -> BandArray:
    """The band that the score alone says, as an index into BANDS; unknown where the score or the cut is.

    >>> raw_bands(np.array([70.0, 69.9, 39.9, np.nan]), (70, 40)).tolist()
    [0, 1, 2, 3]
    """
    healthy_from, at_risk_from = cut
    band = np.where(score >= healthy_from, HEALTHY, np.where(score >= at_risk_from, AT_RISK, UNHEALTHY))
    return np.where(np.isnan(score) | np.isnan(cut).any(), UNKNOWN, band)


def fold(
    score: Floats, young: NDArray[np.bool_], bands: Bands, cut: tuple[float, float], before: Standing | None = None
) -> tuple[BandArray, Standing]:
    """Bands of consecutive Mondays by the rule above, and where accounts stand after the last of them.

    `score`, `young` and the bands have shape (accounts, weeks); `before` is where accounts stood before the first, None
    where nobody stood yet.
    """
    raw = raw_bands(score, cut)
    band = np.full_like(raw, UNKNOWN)
    best, worst = raw_bands(score + bands.hold_points, cut), raw_bands(score - bands.hold_points, cut)
    last = before or nowhere(len(score), weeks_held(bands))
    for week in range(score.shape[1]):
        fresh = (last.band == UNKNOWN) | (raw[:, week] == UNKNOWN) | (young[:, week] != last.young)
        could_be = _moved_on(last.best, best[:, week], fresh, HEALTHY)
        must_be = _moved_on(last.worst, worst[:, week], fresh, UNHEALTHY)
        held = np.clip(last.band, could_be.min(axis=0), must_be.max(axis=0))
        band[:, week] = np.where(fresh, raw[:, week], held)
        last = Standing(band[:, week], young[:, week], could_be, must_be)
    return band, last


def weeks_held(bands: Bands) -> int:
    """How many Mondays in a row must agree.

    >>> weeks_held(Bands(hold_days=14)), weeks_held(Bands(hold_days=0))
    (2, 1)
    """
    return max(1, ceil(bands.hold_days / 7))


def _moved_on(window: BandArray, now: BandArray, fresh: NDArray[np.bool_], neutral: np.int8) -> BandArray:
    """The window a Monday later; for a fresh account, one without a band to hold on this scale or without a score now,
    the earlier Mondays ask for nothing."""
    moved = np.vstack([window[1:], now[None]])
    moved[:-1, fresh] = neutral
    return moved
