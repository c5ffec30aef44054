"""How long each customer was watched: from when, until when, and whether it left then.

Whoever was a customer before anybody wrote down who left is watched from that day only: of those who came when they
did, the ones that had left already are not in the data, and those that stayed would flatter (delayed entry; Klein &
Moeschberger 2003, 4.6).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Floats
from sabai.retention.stays import Stays


@dataclass(frozen=True, slots=True)
class Spans:
    """One entry for each customer, shape (spans,), in days since it began.

    It was watched in (`entry`, `days`] and `left` on the day `days`, or was still there. `account` says whose it is.
    """

    days: Floats
    left: NDArray[np.bool_]
    entry: Floats
    account: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.days)

    def only(self, rows: NDArray[np.bool_]) -> Spans:
        return Spans(self.days[rows], self.left[rows], self.entry[rows], self.account[rows])

    def risk(self, times: Floats) -> NDArray[np.int64]:
        """How many were watched and still there on each of `times`.

        >>> spans(np.array([5, 9]), np.array([True, False]), np.array([0, 5])).risk(np.array([5.0, 6.0]))
        array([1, 1])
        """
        stayed = len(self) - np.searchsorted(np.sort(self.days), times, side="left")
        not_yet = len(self) - np.searchsorted(np.sort(self.entry), times, side="left")
        return stayed - not_yet

    def after(self, day: float) -> Spans:
        """Those who stayed longer than `day` days, watched from then on."""
        longer = self.only(self.days > day)
        return Spans(longer.days, longer.left, np.maximum(longer.entry, day), longer.account)


def spans(
    days: NDArray[np.integer] | Floats, left: NDArray[np.bool_], entry: NDArray[np.integer] | Floats | None = None
) -> Spans:
    """Spans of whoever; nobody entered late where `entry` is left out."""
    late = np.zeros(len(days)) if entry is None else np.asarray(entry, dtype=np.float64)
    return Spans(np.asarray(days, dtype=np.float64), np.asarray(left), late, np.arange(len(days), dtype=np.int32))


def of_stays(stays: Stays, until: int, known_from: int) -> tuple[Spans, int, int]:
    """The first stay of each account that was not over before the day `known_from`, watched until the day `until`;
    how many later stays are left out, and how many that were over before."""
    seen = np.flatnonzero((stays.end >= known_from) & (stays.start < until) & (stays.start < stays.end))
    account, first = np.unique(stays.account[seen], return_index=True)
    rows = seen[first]
    start, end = stays.start[rows].astype(np.float64), stays.end[rows].astype(np.float64)
    watched = Spans(
        np.minimum(end, until) - start, end <= until, np.maximum(known_from - 1 - start, 0.0), account.astype(np.int32)
    )
    over = int((stays.end < known_from).sum())
    return watched.only(watched.days > watched.entry), len(seen) - len(rows), over
