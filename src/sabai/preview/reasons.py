"""Why a score would move, as numbers: English sentences for the terminal, and for who says them in other words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cause = Literal[
    "weight", "deduction", "floor", "young", "grown", "points", "known now", "anew", "unknown now", "no longer"
]
"""Of a factor: another weight, other points, known or unknown now, in or out of the score. Of a customer: more or less
is deducted, the score is cut at 0 and 100, and onboarding, which is judged differently or ends at another time."""


@dataclass(frozen=True, slots=True)
class Reason:
    """`before` and `after`: shares of all weights (0 to 1) where the weight is the cause, else points; None where there
    is nothing to compare. `points` is what the score moves by it."""

    cause: Cause
    points: float
    name: str = ""
    before: float | None = None
    after: float | None = None

    def __str__(self) -> str:
        """
        >>> print(Reason("weight", 2.25, "logins", 0.1, 0.2))
        logins weighs 20% instead of 10% (+2.2)
        """
        return f"{self._sentence} ({self.points:+.1f})"

    @property
    def _sentence(self) -> str:
        before, after = self.before or 0.0, self.after or 0.0
        return {
            "weight": f"{self.name} weighs {after:.0%} instead of {before:.0%}",
            "deduction": f"{after:.1f} points are deducted instead of {before:.1f}",
            "floor": "the score is cut at 0 and 100",
            "young": "onboarding is judged differently",
            "grown": "onboarding ends sooner or later",
            "points": f"{self.name} gives {after:.0f} points instead of {before:.0f}",
            "known now": f"{self.name} is known now, with {after:.0f} points",
            "anew": f"{self.name} counts anew, with {after:.0f} points",
            "unknown now": f"{self.name} is unknown now, and had {before:.0f} points",
            "no longer": f"{self.name} no longer counts, and had {before:.0f} points",
        }[self.cause]
