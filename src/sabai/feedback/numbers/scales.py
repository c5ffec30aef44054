"""What was asked, and on which scale: answers on different scales are never put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sabai.feedback.numbers.votes import leaning
from sabai.metrics.grid import Floats

Kind = Literal["nps", "csat", "ces", "rating"]
Main = Literal["nps", "share", "mean"]
KINDS: tuple[Kind, ...] = ("nps", "csat", "ces", "rating")
NPS_SCALE = (0.0, 10.0)
_STEPS, _UPPER = 10, 0.8  # of longer scales nobody knows the steps: their upper fifth is the top


@dataclass(frozen=True, slots=True)
class Question:
    """One question on one scale. `survey` is its name where surveys of that kind ask different things ("")."""

    kind: Kind
    low: float
    high: float
    survey: str = ""

    @property
    def main(self) -> Main:
        """What is read first: the score, the share of satisfied, or the mean."""
        return {"nps": "nps", "csat": "share", "ces": "mean", "rating": "mean"}[self.kind]  # type: ignore[return-value]

    @property
    def top(self) -> float:
        """From here on it is one of the two best answers; of two or three steps, the best.

        >>> Question("csat", 1, 5).top, Question("ces", 1, 7).top, Question("csat", 0, 1).top
        (4, 6, 1)
        """
        steps = self.high - self.low
        if steps > _STEPS:
            return self.low + _UPPER * steps
        return self.high - 1 if steps >= 3 else self.high

    def values(self, scores: Floats) -> Floats:
        """Their mean is what is read first."""
        if self.main == "nps":
            return leaning(scores)
        return self.best(scores).astype(np.float64) if self.main == "share" else scores

    def best(self, scores: Floats) -> NDArray[np.bool_]:
        """Which are among the two best answers."""
        return np.greater_equal(scores, self.top)
