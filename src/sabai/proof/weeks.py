"""Score and band of every account on every Monday: what tells whether accounts flap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.health.scores import Scores
from sabai.health.weeks import mondays
from sabai.metrics.grid import Days


@dataclass(frozen=True, slots=True)
class Weeks:
    """`score` (NaN unknown) and `band` (indexes BANDS) have shape (accounts, mondays); `mondays` are days."""

    mondays: Days
    score: NDArray[np.float32]
    band: NDArray[np.int8]


class WeekByWeek:
    """Keeps the Mondays of scores that pass by, run of accounts after run."""

    def __init__(self) -> None:
        self._parts: list[Weeks] = []

    def watch(self, scored: Iterable[Scores]) -> Iterator[Scores]:
        for scores in scored:
            on = mondays(scores.grid.as_of)
            self._parts.append(Weeks(scores.grid.as_of[on], scores.score[:, on].astype(np.float32), scores.band[:, on]))
            yield scores

    @property
    def weeks(self) -> Weeks:
        parts = self._parts
        score, band = (np.concatenate([getattr(part, name) for part in parts]) for name in ("score", "band"))
        return Weeks(parts[0].mondays, score, band)
