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
from sabai.health.scores import BANDS, Scores
from sabai.health.weeks import last_monday, mondays
from sabai.metrics.grid import Floats

BandArray = NDArray[np.int8]
HEALTHY, AT_RISK, UNHEALTHY, UNKNOWN = (np.int8(index) for index in range(len(BANDS)))


def banded(scores: Scores, bands: Bands, cut: tuple[float, float]) -> Scores:
    """The same scores with raw and held bands by these cut points; a non-Monday without a score has no band."""
    weeks = mondays(scores.grid.as_of)
    folded = fold(scores.score[:, weeks], scores.young[:, weeks], bands, cut)
    before_all = np.full((len(folded), 1), UNKNOWN)
    read = np.hstack([folded, before_all])[:, last_monday(scores.grid.as_of)]  # -1 reads the column added
    band = np.where(np.isnan(scores.score), UNKNOWN, read)
    return replace(scores, raw_band=raw_bands(scores.score, cut), band=band, cut=cut)


def raw_bands(score: Floats, cut: tuple[float, float]) -> BandArray:
    """The band that the score alone says, as an index into BANDS; unknown where the score or the cut is.

    >>> raw_bands(np.array([70.0, 69.9, 39.9, np.nan]), (70, 40)).tolist()
    [0, 1, 2, 3]
    """
    healthy_from, at_risk_from = cut
    band = np.where(score >= healthy_from, HEALTHY, np.where(score >= at_risk_from, AT_RISK, UNHEALTHY))
    return np.where(np.isnan(score) | np.isnan(cut).any(), UNKNOWN, band)


def fold(score: Floats, young: NDArray[np.bool_], bands: Bands, cut: tuple[float, float]) -> BandArray:
    """Bands of consecutive Mondays by the rule above; `score`, `young` and the answer have shape (accounts, weeks)."""
    raw = raw_bands(score, cut)
    band = np.full_like(raw, UNKNOWN)
    best, worst = raw_bands(score + bands.hold_points, cut), raw_bands(score - bands.hold_points, cut)
    span = weeks_held(bands)
    supports_best = np.full((span, len(score)), HEALTHY)  # the last Mondays: at best this band ...
    supports_worst = np.full((span, len(score)), UNHEALTHY)  # ... at worst this one; nothing asked for yet
    for week in range(score.shape[1]):
        fresh = _fresh(band, raw, young, week)
        _next(supports_best, best[:, week], fresh, HEALTHY)
        _next(supports_worst, worst[:, week], fresh, UNHEALTHY)
        held = np.clip(band[:, week - 1], supports_best.min(axis=0), supports_worst.max(axis=0))
        band[:, week] = np.where(fresh, raw[:, week], held)
    return band


def weeks_held(bands: Bands) -> int:
    """How many Mondays in a row must agree.

    >>> weeks_held(Bands(hold_days=14)), weeks_held(Bands(hold_days=0))
    (2, 1)
    """
    return max(1, ceil(bands.hold_days / 7))


def _fresh(band: BandArray, raw: BandArray, young: NDArray[np.bool_], week: int) -> NDArray[np.bool_]:
    """Accounts that have no earlier band to hold, or none on this scale, or no score now."""
    if week == 0:
        return np.ones(len(band), dtype=np.bool_)
    return np.asarray(
        (band[:, week - 1] == UNKNOWN) | (raw[:, week] == UNKNOWN) | (young[:, week] != young[:, week - 1])
    )


def _next(window: BandArray, now: BandArray, fresh: NDArray[np.bool_], neutral: np.int8) -> None:
    """Moves the window on by one Monday; for a fresh account the earlier Mondays ask for nothing."""
    window[:-1] = window[1:]
    window[-1] = now
    window[:-1, fresh] = neutral
