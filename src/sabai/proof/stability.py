"""Does the score keep still while nothing happens, and mean today what it meant when it was set up? Year by year.

Flapping is counted on the bands as they were held. Drift of a factor is the population stability index of its points,

    PSI = Σ (a − b) ln(a / b)    over ten equal bins of points, a and b the shares of rows then and now,

with half a row added to every bin. Usage calls .1 small and .25 great (Siddiqi 2006); below `chance` it may be nothing:
without any drift it is about (1/n + 1/m) χ² with nine degrees of freedom (Yurdakul & Naranjo 2020), n and m accounts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from sabai.dates import ALWAYS, NEVER, from_day
from sabai.health.standing import UNKNOWN
from sabai.metrics.grid import Floats
from sabai.proof.draws import Flags
from sabai.proof.past import Past
from sabai.proof.replay import Replay
from sabai.proof.weeks import Weeks

BINS = 10
SMALL, GREAT = 0.1, 0.25
SOON_WEEKS = 4
_WEEKS_A_YEAR = 365.25 / 7


@dataclass(frozen=True, slots=True)
class Flapping:
    """`year` None: all years. A move is a change from one known band to another from one Monday to the next.

    `a_year`: moves per account and year; `reversed_soon`: of the moves that could be followed for four weeks, the share
    that was taken back within them. None where no account was seen two Mondays in a row, or nothing moved.
    """

    year: int | None
    account_years: float
    moves: int
    a_year: float | None
    reversed_soon: float | None


@dataclass(frozen=True, slots=True)
class Drift:
    """How far the points of a factor in later months of `year` stand from what is usual. `psi` is None where either
    side knows nothing, and `chance` is what 95 of 100 factors without drift stay under."""

    factor: str
    year: int
    psi: float | None
    chance: float | None
    mean_before: float | None
    mean: float | None

    @property
    def is_great(self) -> bool:
        """More than a factor without drift would show, and more than may be waited for."""
        return self.psi is not None and self.chance is not None and self.psi >= max(GREAT, self.chance)

    @property
    def sentence(self) -> str:
        if self.psi is None or self.chance is None or self.mean is None or self.mean_before is None:
            return f"{self.factor} cannot be compared in {self.year}: nothing is known of it on one side."
        if self.psi < SMALL:
            return f"{self.factor} in {self.year} is spread as it was."
        if self.psi < self.chance:
            return f"{self.factor} in {self.year} may have shifted, but too few customers have it to tell."
        moved = f"from {self.mean_before:.0f} to {self.mean:.0f} points on average (PSI {self.psi:.2f})"
        if self.psi < GREAT:
            return f"{self.factor} in {self.year} has shifted, {moved}: keep an eye on it."
        return f"{self.factor} in {self.year} is not what it was, {moved}: see whether its meaning or source changed."


@dataclass(frozen=True, slots=True)
class Missing:
    """The share of customers whose factor was unknown, at each as-of day, and in each calendar year."""

    factor: str
    as_of: tuple[int, ...]
    unknown: tuple[float, ...]
    by_year: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Stability:
    """`by_year` and `drift` are one entry for each calendar year; `drift` and `missing` for each factor."""

    flapping: Flapping
    by_year: tuple[Flapping, ...]
    drift: tuple[Drift, ...]
    missing: tuple[Missing, ...]


def stability(replay: Replay) -> Stability:
    """Of all weeks and months of the past. What is usual is that of the months that weights may learn from; without a
    split, that of the first year."""
    return Stability(
        flapping=flapping(replay.weeks),
        by_year=tuple(flapping(replay.weeks, year) for year in np.unique(_years(replay.weeks.mondays)).tolist()),
        drift=tuple(_drifts(*_before_and_after(replay))),
        missing=tuple(_missing(replay.past)),
    )


def flapping(weeks: Weeks, year: int | None = None) -> Flapping:
    """Of the Mondays of that year, each compared with the Monday after it."""
    band, known = weeks.band, weeks.band != UNKNOWN
    here = np.ones(len(weeks.mondays), np.bool_) if year is None else _years(weeks.mondays) == year
    pairs = (known[:, :-1] & known[:, 1:])[:, here[:-1]]
    moved = known[:, :-1] & known[:, 1:] & (band[:, :-1] != band[:, 1:]) & here[:-1]
    account_years, moves = int(pairs.sum()) / _WEEKS_A_YEAR, int(moved.sum())
    a_year = moves / account_years if account_years else None
    return Flapping(year, account_years, moves, a_year, _reversed_soon(band, moved))


def psi(before: Floats, now: Floats) -> float | None:
    """The population stability index of points 0-100; None where nothing is known on one side.

    >>> psi(np.linspace(0, 100, 500), np.linspace(0, 100, 900)) < 0.001
    True
    """
    shares = [_shares(points[~np.isnan(points)]) for points in (before, now)]
    if any(share is None for share in shares):
        return None
    one, other = (np.asarray(share) for share in shares)
    return float(((one - other) * np.log(one / other)).sum())


def _shares(points: Floats) -> Floats | None:
    counts = np.histogram(points, BINS, (0, 100))[0] + 0.5
    return counts / counts.sum() if points.size else None


def _reversed_soon(band: NDArray[np.int8], moved: Flags) -> float | None:
    account, week = np.nonzero(moved[:, : max(0, moved.shape[1] - SOON_WEEKS)])
    if not account.size:
        return None
    after = week[:, None] + 2 + np.arange(SOON_WEEKS)  # a move at a week is seen on the Monday after it
    back = band[account[:, None], after] == band[account, week][:, None]
    return float(back.any(axis=1).mean())


def _before_and_after(replay: Replay) -> tuple[Past, Past]:
    """The rows that say what is usual, and those of all later dates."""
    past, usual = replay.past, replay.train
    if not len(usual):
        years = _years(past.as_of)
        usual = past.only(years == years.min(initial=NEVER))
    return usual, past.only(past.as_of > usual.as_of.max(initial=ALWAYS))


def _drifts(usual: Past, later: Past) -> Iterator[Drift]:
    years = _years(later.as_of)
    for name, before in usual.points.items():
        for year in np.unique(years).tolist():
            here = years == year
            now = later.points[name][here]
            accounts = (usual.account[~np.isnan(before)], later.account[here][~np.isnan(now)])
            yield Drift(name, year, psi(before, now), _chance(*accounts), _mean(before), _mean(now))


def _chance(before: NDArray[np.int32], now: NDArray[np.int32]) -> float | None:
    accounts = [len(np.unique(side)) for side in (before, now)]
    return float(chi2.ppf(0.95, BINS - 1)) * sum(1 / count for count in accounts) if all(accounts) else None


def _mean(points: Floats) -> float | None:
    known = points[~np.isnan(points)]
    return float(known.mean()) if known.size else None


def _missing(past: Past) -> Iterator[Missing]:
    months, month = np.unique(past.as_of, return_inverse=True)
    years, year = np.unique(_years(past.as_of), return_inverse=True)
    for name, points in past.points.items():
        by_month, by_year = (_share(np.isnan(points), place) for place in (month, year))
        yield Missing(name, tuple(months.tolist()), tuple(by_month), tuple(zip(years.tolist(), by_year, strict=True)))


def _share(flags: Flags, place: NDArray[np.int64]) -> list[float]:
    shares: list[float] = (np.bincount(place, flags) / np.bincount(place)).tolist()
    return shares


def _years(days: NDArray[np.int32]) -> NDArray[np.int64]:
    """The calendar year that each as-of date looks back on: the first of January closes the year before."""
    different, place = np.unique(days, return_inverse=True)
    return np.array([from_day(day - 1).year for day in different.tolist()], dtype=np.int64)[place]
