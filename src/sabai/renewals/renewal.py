"""A renewal with its chance, where that is from, and what its owner says."""

from __future__ import annotations

from dataclasses import dataclass

from sabai.renewals.calls import Call
from sabai.renewals.chance import How
from sabai.renewals.due import Due
from sabai.renewals.reasons import Reason


@dataclass(frozen=True, slots=True)
class Renewal:
    """`p` is the chance that it comes, None where nothing tells; `how` says where it is from. `naive` is the chance
    that last year's rate gives it, `if_healthy` what p would be with the score of a healthy customer."""

    due: Due
    p: float | None
    how: How
    naive: float | None
    score: float | None
    if_healthy: float | None
    reasons: tuple[Reason, ...]
    call: Call | None

    @property
    def value_minor(self) -> int:
        """What can be counted of it; credits that outweigh a renewal are no money to come."""
        return max(0, self.due.value_minor or 0)

    @property
    def expected_minor(self) -> float | None:
        return None if self.p is None else self.p * self.value_minor
