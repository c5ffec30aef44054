"""Renewals of the past whose outcome is known, and the plain rate at which they came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.intervals import Interval, wilson
from sabai.metrics.grid import Days, Floats

LATE_DAYS = 14
"""Whoever is gone within two weeks after the day did not renew: cancellations are written down late."""

NOT_DUE, DUE, ROLLING = 0, 1, 2

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Seen:
    """Rows (account × month-end) of customers who had not given notice, whose outcome is known; shape (rows,).

    `kind` is NOT_DUE, DUE (a renewal within the horizon, in `wait` days, NaN else) or ROLLING (month by month).
    `risk` is 100 − score, NaN unknown. `lost`: gone by two weeks after the renewal, or, with none due, within the
    horizon. `value` is that of the renewal term in minor units, NaN unknown.
    """

    horizon_days: int
    account: NDArray[np.int32]
    as_of: Days
    kind: NDArray[np.int8]
    wait: Floats
    risk: Floats
    value: Floats
    lost: Flags

    def __len__(self) -> int:
        return len(self.account)

    def only(self, rows: Flags) -> Seen:
        return Seen(
            self.horizon_days, self.account[rows], self.as_of[rows], self.kind[rows], self.wait[rows],
            self.risk[rows], self.value[rows], self.lost[rows],
        )  # fmt: skip

    @property
    def renewals(self) -> Seen:
        """Only those that were due."""
        return self.only(self.kind == DUE)

    def leavers(self) -> int:
        """Accounts that left in the window of any row."""
        return len(np.unique(self.account[self.lost]))

    def apart(self) -> Iterator[Seen]:
        """Renewals due at dates so far apart that no window overlaps another, the newest first: each counts once."""
        due, after = self.renewals, None
        for day in np.unique(self.as_of)[::-1].tolist():
            if after is None or day + self.horizon_days <= after:
                after = day
                yield due.only(due.as_of == day)

    def rate(self) -> Interval:
        """The plain share of past renewals that came, each counted once; NaN where none was due."""
        lost = np.concatenate([np.zeros(0, np.bool_), *(each.lost for each in self.apart())])
        return wilson(float((~lost).sum()), len(lost))

    def rate_about(self, day: int) -> float | None:
        """The share that came of what was due at the date nearest to `day`; None where there is none within a month."""
        due = self.renewals
        if not len(due) or np.abs(due.as_of - day).min() > 31:
            return None
        nearest = due.as_of[np.abs(due.as_of - day).argmin()]
        return float((~due.lost[due.as_of == nearest]).mean())
