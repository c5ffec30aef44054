"""What health says of every account at every as-of date; NaN in memory is unknown, and null on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.health.standing import BANDS, Standing, together
from sabai.metrics.grid import Floats, Grid, Places, joined

__all__ = ["BANDS", "Scores", "joined_scores"]


@dataclass(frozen=True, slots=True)
class Scores:
    """Every array has shape (accounts, as_of) of `grid`.

    Where the score is known: score = Σ contributions + Σ deductions + floor, to 1e-9.
    `contributions[factor]` = weight × points / Σ known weights (NaN where the factor is unknown, which adds nothing);
    `deductions[name]` is ≤ 0 (the cap shared out in proportion); `floor` is what a cut at 0 or 100 added or took.
    An account in its onboarding has `young` true, and its score is milestones reached: `contributions` of milestones
    stand under "milestone.<name>". `band` indexes BANDS, after holding; `raw_band` before it.
    """

    grid: Grid
    points: Mapping[str, Floats]
    contributions: Mapping[str, Floats]
    deductions: Mapping[str, Floats]
    floor: Floats
    score: Floats
    coverage: Floats
    young: NDArray[np.bool_]
    raw_band: NDArray[np.int8]
    band: NDArray[np.int8]
    cut: tuple[float, float]  # healthy from, at risk from
    standing: Standing | None = None  # of the bands, after the last Monday; None before there are bands

    def at(self, columns: Places) -> Scores:
        """The same accounts at only these of the dates."""
        return Scores(
            grid=self.grid.at(columns),
            points={name: of[:, columns] for name, of in self.points.items()},
            contributions={name: of[:, columns] for name, of in self.contributions.items()},
            deductions={name: of[:, columns] for name, of in self.deductions.items()},
            floor=self.floor[:, columns],
            score=self.score[:, columns],
            coverage=self.coverage[:, columns],
            young=self.young[:, columns],
            raw_band=self.raw_band[:, columns],
            band=self.band[:, columns],
            cut=self.cut,
            standing=self.standing,
        )


def joined_scores(parts: Sequence[Scores]) -> Scores:
    """Runs of accounts put together again; all have the same dates, factors and cut points."""
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    return Scores(
        grid=joined([part.grid for part in parts]),
        points=_together([part.points for part in parts]),
        contributions=_together([part.contributions for part in parts]),
        deductions=_together([part.deductions for part in parts]),
        floor=np.concatenate([part.floor for part in parts]),
        score=np.concatenate([part.score for part in parts]),
        coverage=np.concatenate([part.coverage for part in parts]),
        young=np.concatenate([part.young for part in parts]),
        raw_band=np.concatenate([part.raw_band for part in parts]),
        band=np.concatenate([part.band for part in parts]),
        cut=first.cut,
        standing=together([part.standing for part in parts if part.standing]) if first.standing else None,
    )


def _together(parts: Sequence[Mapping[str, Floats]]) -> dict[str, Floats]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
