"""What became of the recurring revenue: new, expansion, contraction, churn, reactivation, to the minor unit.

Start + new + reactivation + expansion − contraction − churn + exchange = end, for each customer and for all together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Days
from sabai.retention.periods import Periods
from sabai.retention.revenue import Minor

KINDS = ("new", "reactivation", "expansion", "contraction", "churn")
"""The last two are amounts that went; all are zero or more. What exchange moved goes both ways, and stands apart."""


@dataclass(frozen=True, slots=True)
class Movements:
    """Minor units a month, shape (accounts, periods); at most one kind for each customer and period, and exchange.

    `unchanged` is the end as it would be had no exchange rate changed: what moved leads there, and exchange to the end.

    >>> moves = movements(np.array([[0, 500, 300, 0, 200]]), np.array([1]), Periods("month", np.arange(5)))
    >>> moves.new.tolist(), moves.contraction.tolist(), moves.churn.tolist(), moves.reactivation.tolist()
    ([[500, 0, 0, 0]], [[0, 200, 0, 0]], [[0, 0, 300, 0]], [[0, 0, 0, 200]])
    """

    start: Minor
    end: Minor
    unchanged: Minor
    new: Minor
    reactivation: Minor
    expansion: Minor
    contraction: Minor
    churn: Minor

    def __iter__(self) -> Iterator[tuple[str, Minor]]:
        """Each kind of movement with its amounts."""
        return ((kind, getattr(self, kind)) for kind in KINDS)

    @property
    def exchange(self) -> Minor:
        """What customers are worth more at the rates of the end; less than zero: less."""
        return self.end - self.unchanged

    @property
    def foots(self) -> bool:
        """Whether every customer's movements lead from start to end."""
        came = self.new + self.reactivation + self.expansion
        return bool(np.array_equal(self.start + came - self.contraction - self.churn + self.exchange, self.end))

    def only(self, accounts: NDArray[np.bool_]) -> Movements:
        """Zero where `accounts`, of the same shape or (accounts, 1), is false."""
        amounts = (getattr(self, name) for name in ("start", "end", "unchanged", *KINDS))
        return Movements(*(np.where(accounts, each, 0) for each in amounts))


def movements(monthly: Minor, first_paid: Days, bounds: Periods, unchanged: Minor | None = None) -> Movements:
    """From the revenue at each bound, shape (accounts, bounds), and the day on which each account first paid.
    `unchanged` is the revenue at each end had no exchange rate changed, (accounts, periods); without it none did.

    Whoever paid at both ends expanded or contracted by the difference; whoever paid at one end only came, came back or
    left. What began and ended inside a period leaves no trace in it, as it recurred at neither end.
    """
    start, end = monthly[:, :-1], monthly[:, 1:]
    unchanged = end if unchanged is None else unchanged
    paid, pays = start > 0, unchanged > 0
    came_back = first_paid[:, None] < bounds.starts
    change = unchanged - start
    stayed = paid & pays

    def where(rows: NDArray[np.bool_], amounts: Minor) -> Minor:
        return np.where(rows, amounts, 0)

    return Movements(
        start, end, unchanged,
        new=where(~paid & pays & ~came_back, change),
        reactivation=where(~paid & pays & came_back, change),
        expansion=where((stayed | (~paid & ~pays)) & (change > 0), change),
        contraction=where((stayed | (~paid & ~pays)) & (change < 0), -change),
        churn=where(paid & ~pays, -change),
    )  # fmt: skip
