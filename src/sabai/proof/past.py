"""The table of the past: every account at every month-end, with only what was known then, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Days, Floats, Places

Label = Literal["notice", "effective"]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Past:
    """Arrays of shape (rows,), ordered by date, then account: customers who had not given notice by then.

    `account` indexes `accounts`, `as_of` is a day since 1970-01-01. `score` is NaN where unknown, `band` indexes BANDS,
    `points[factor]` are 0-100 or NaN, `deducted` is ≤ 0 (all deductions together, 0 where there is no score).
    `tenure_days` is NaN where the start is unknown. `revenue` is what is paid a month in minor units, NaN where nobody
    says so. `renewal_in`: days until the next renewal due, from start and term; NaN unknown.
    `notice_in` and `effective_in`: days from as_of until the account says that it leaves, and until it has left; inf
    where it has not, as far as is known by the day `known_until`. Whoever leaves without notice leaves on both days.
    `settle_days` is how long after a leaving it is known for sure: grace and reporting lag.
    """

    accounts: tuple[str, ...]
    segments: tuple[str, ...]
    known_until: int
    settle_days: int
    account: NDArray[np.int32]
    as_of: Days
    score: Floats
    band: NDArray[np.int8]
    coverage: Floats
    young: Flags
    deducted: Floats
    segment: NDArray[np.int32]
    tenure_days: Floats
    revenue: Floats
    renewal_in: Floats
    notice_in: Floats
    effective_in: Floats
    points: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.account)

    def leaves(self, label: Label, horizon_days: int) -> Flags:
        """Whether the account leaves in [as_of, as_of + horizon); only `mature` rows can be sure of a no."""
        return (self.notice_in if label == "notice" else self.effective_in) < horizon_days

    def mature(self, horizon_days: int) -> Flags:
        """Rows whose window, and the time after which its leavings are all known, lies within the data."""
        return self.as_of + horizon_days + self.settle_days <= self.known_until

    def exposed(self, horizon_days: int) -> Floats:
        """1 where a renewal falls in [as_of, as_of + horizon), 0 where none does, NaN where no term is known."""
        return np.where(np.isnan(self.renewal_in), np.nan, self.renewal_in < horizon_days)

    def only(self, rows: Flags | Places) -> Past:
        """These rows, in their order."""
        arrays: dict[str, Any] = {name: getattr(self, name)[rows] for name in _arrays(self)}
        return replace(self, **arrays, points={name: of[rows] for name, of in self.points.items()})


def together(parts: Sequence[Past]) -> Past:
    """Rows of several runs of accounts as one table, ordered by date, then account."""
    first, segments = parts[0], tuple(sorted({name for part in parts for name in part.segments}))
    parts = [_with_segments(part, segments) for part in parts]
    arrays: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _arrays(first)}
    points = {name: np.concatenate([part.points[name] for part in parts]) for name in first.points}
    whole = replace(first, segments=segments, **arrays, points=points)
    return whole.only(np.lexsort((whole.account, whole.as_of)))


def _with_segments(past: Past, segments: Sequence[str]) -> Past:
    renumbered = np.array([segments.index(name) for name in past.segments], dtype=np.int32)
    return replace(past, segment=renumbered[past.segment])


def _arrays(past: Past) -> list[str]:
    return [each.name for each in fields(past) if isinstance(getattr(past, each.name), np.ndarray)]
