"""Why a score is what it is: every line of the addition, with the number that it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sabai.definitions.model import Definitions, Health
from sabai.health.cell import column_of, known, row_of
from sabai.health.scores import BANDS, Scores
from sabai.health.weeks import mondays
from sabai.health.young import PREFIX

Why = Literal["raw", "held", "read", "no customer", "too little known", "no cut", "no monday"]
"""Where a band comes from: the score alone; held by hysteresis or dwell; read from the last Monday; unknown because it
is not a customer then, too few metrics are known, there are no cut points, or no Monday lies before."""


@dataclass(frozen=True, slots=True)
class Line:
    """One factor. `share` is its weight over the known weight; None is unknown, and an unknown factor adds nothing."""

    dimension: str
    factor: str
    value: float | None
    points: float | None
    weight: float
    share: float | None
    contribution: float | None


@dataclass(frozen=True, slots=True)
class TakenAway:
    """One deduction: `points` as stated, `contribution` (0 or less) as counted after the cap."""

    deduction: str
    points: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Reached:
    """One milestone of an account in its onboarding."""

    milestone: str
    reached: bool
    contribution: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Σ contributions of `lines`, `milestones` and `deductions` + `floor` = `score`, to 1e-9, where the score is known.

    The lines of a young account say what its factors would count for once grown; they contribute nothing yet.
    """

    account_id: str
    as_of_day: int
    score: float | None
    coverage: float | None
    young: bool
    lines: tuple[Line, ...]
    milestones: tuple[Reached, ...]
    deductions: tuple[TakenAway, ...]
    floor: float
    band: str
    raw_band: str
    why: Why
    cut: tuple[float, float]  # healthy from, at risk from
    hold_points: float
    hold_days: int

    @property
    def unknown(self) -> tuple[str, ...]:
        """Factors whose metric is unknown."""
        return tuple(line.factor for line in self.lines if line.points is None)


def explain(scores: Scores, definitions: Definitions, account_id: str, as_of_day: int) -> Explanation:
    """The addition behind one account's score at one date of the grid.

    Raises UsageError where the account or the date is not in the grid.
    """
    row, column = row_of(scores.grid, account_id), column_of(scores.grid, as_of_day)
    health = definitions.health
    return Explanation(
        account_id,
        as_of_day,
        score=known(scores.score, row, column),
        coverage=known(scores.coverage, row, column),
        young=bool(scores.young[row, column]),
        lines=tuple(_lines(scores, health, row, column)),
        milestones=tuple(_milestones(scores, row, column)),
        deductions=tuple(_deductions(scores, health, row, column)),
        floor=known(scores.floor, row, column) or 0.0,
        band=BANDS[scores.band[row, column]],
        raw_band=BANDS[scores.raw_band[row, column]],
        why=_why(scores, row, column),
        cut=scores.cut,
        hold_points=health.bands.hold_points,
        hold_days=health.bands.hold_days,
    )


def _lines(scores: Scores, health: Health, row: int, column: int) -> Iterator[Line]:
    points = {name: known(of, row, column) for name, of in scores.points.items()}
    known_weight = sum(factor.weight for factor in health.factors if points[factor.name] is not None)
    for factor in health.factors:
        has_points = points[factor.name] is not None
        yield Line(
            factor.dimension,
            factor.name,
            known(scores.grid.values[factor.name], row, column),
            points[factor.name],
            factor.weight,
            factor.weight / known_weight if has_points and known_weight else None,
            known(scores.contributions[factor.name], row, column),
        )


def _milestones(scores: Scores, row: int, column: int) -> Iterator[Reached]:
    for name, of in scores.contributions.items():
        contribution = known(of, row, column)
        if name.startswith(PREFIX) and contribution is not None:
            yield Reached(name.removeprefix(PREFIX), contribution > 0, contribution)


def _deductions(scores: Scores, health: Health, row: int, column: int) -> Iterator[TakenAway]:
    for deduction in health.deductions:
        contribution = known(scores.deductions[deduction.name], row, column)
        if contribution:
            yield TakenAway(deduction.name, deduction.points, contribution)


def _why(scores: Scores, row: int, column: int) -> Why:
    if not scores.grid.alive[row, column]:
        return "no customer"
    if np.isnan(scores.score[row, column]):
        return "too little known"
    if np.isnan(scores.cut).any():
        return "no cut"
    return _why_this(scores, row, column)


def _why_this(scores: Scores, row: int, column: int) -> Why:
    monday = bool(mondays(scores.grid.as_of)[column])
    if scores.band[row, column] == scores.raw_band[row, column]:
        return "raw" if monday else "read"
    if BANDS[scores.band[row, column]] == "unknown":
        return "no monday"
    return "held" if monday else "read"
