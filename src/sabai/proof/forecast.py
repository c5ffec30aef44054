"""From score to chance: learned on the earlier side, and asked on the later one whether 10% meant one in ten."""

from __future__ import annotations

from dataclasses import dataclass

from sabai.intervals import Interval, of_draws
from sabai.metrics.grid import Floats
from sabai.proof.judged import Rows
from sabai.proof.probability import (
    Bin,
    brier,
    brier_draws,
    brier_skill,
    brier_skill_draws,
    calibration,
    calibration_draws,
    calibration_error,
    calibration_error_floor,
    reliability,
)


@dataclass(frozen=True, slots=True)
class Forecast:
    """`error` (ECE) is read beside `floor`, which a perfect forecast of these rows stays under 95 times in 100."""

    brier: Interval
    skill: Interval
    slope: Interval
    intercept: Interval
    error: float
    floor: float
    bins: tuple[Bin, ...]


def forecast(judged: Rows, chance: Floats, seed: int) -> Forecast:
    """`chance` (rows,) to leave, in 0-1, which no row of `judged` was used for."""
    given = (judged.y, chance, judged.account, judged.counts)
    intercept, slope = calibration(judged.y, chance)
    intercepts, slopes = calibration_draws(*given)
    return Forecast(
        brier=of_draws(brier(judged.y, chance), brier_draws(*given)),
        skill=of_draws(brier_skill(judged.y, chance), brier_skill_draws(*given)),
        slope=of_draws(slope, slopes),
        intercept=of_draws(intercept, intercepts),
        error=calibration_error(judged.y, chance),
        floor=calibration_error_floor(chance, seed, together=judged.account),
        bins=reliability(*given),
    )
