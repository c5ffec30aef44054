"""Whose score moved most between two dates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sabai.health.cell import column_of
from sabai.health.scores import Scores


@dataclass(frozen=True, slots=True)
class Move:
    account_id: str
    before: float
    after: float

    @property
    def points(self) -> float:
        return self.after - self.before


def biggest_moves(scores: Scores, day_a: int, day_b: int, n: int) -> tuple[Move, ...]:
    """The `n` accounts whose score moved most, largest first, equal moves by account id; unknown scores do not move."""
    before, after = (scores.score[:, column_of(scores.grid, day)] for day in (day_a, day_b))
    rows = np.flatnonzero(~np.isnan(after - before))
    order = sorted(rows, key=lambda row: (-abs(after[row] - before[row]), scores.grid.accounts[row]))
    return tuple(Move(scores.grid.accounts[row], float(before[row]), float(after[row])) for row in order[:n])
