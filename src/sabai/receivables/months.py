"""The receivable month by month, and how well each month was collected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from sabai.dates import as_of_dates, from_day, to_day
from sabai.receivables.balances import balances, receivable
from sabai.receivables.efficiency import (
    average_days_delinquent,
    collection_effectiveness,
    countback_dso,
    simple_dso,
)
from sabai.receivables.ledger import Ledger
from sabai.receivables.movement import Movement, moved

NO_SALES = "No sales in this month, so there is nothing to divide by."
NOTHING_TO_COLLECT = "Nothing could be collected in this month."
OLDER_THAN_SALES = "The receivable is more than all sales since the first invoice."


@dataclass(frozen=True, slots=True)
class Month:
    """A whole calendar month from its first day to that of the next. Sales are as invoiced, with tax, like receivables.

    Days and percent are None where `why` says so.
    """

    movement: Movement
    current_minor: int  # not past due at its end
    dso: float | None
    countback_dso: float | None
    best_possible_dso: float | None
    average_days_delinquent: float | None
    collection_effectiveness: float | None
    why: tuple[str, ...]

    @property
    def first(self) -> date:
        return from_day(self.movement.first)

    @property
    def sales_minor(self) -> int:
        return self.movement.invoiced_minor - self.movement.credited_minor


def months_until(ledger: Ledger, count: int) -> tuple[Month, ...]:
    """The last `count` whole months that end by the ledger's as-of date, oldest first; none before an invoice."""
    first = ledger.invoices["posted_day"].min()
    if not isinstance(first, int):
        return ()
    begin, end = from_day(first).replace(day=1), from_day(ledger.as_of).replace(day=1)
    edges = [to_day(day) for day in as_of_dates(begin, end, "month")]
    stood = {edge: _stood(ledger, edge) for edge in edges[-count - 1 :]}
    found: list[Month] = []
    sold: list[tuple[int, int]] = []  # sales and days of each month, newest first
    for a, b in pairwise(edges):
        ends = stood.get(a, _UNASKED), stood.get(b, _UNASKED)
        step = moved(ledger, a, b, ends[0].receivable, ends[1].receivable)
        sold.insert(0, (step.invoiced_minor - step.credited_minor, b - a))
        if a in stood:
            found.append(_month(step, ends[1].current, sold))
    return tuple(found)


class _Stood(NamedTuple):
    receivable: int
    current: int  # owed and not past due, disputed or not: terms run on. Without a due day it is not known to be


_UNASKED = _Stood(0, 0)
"""Of months before the range only the sales are wanted."""


def _stood(ledger: Ledger, as_of: int) -> _Stood:
    rows = balances(ledger, as_of)
    current = rows.filter(rows["balance_minor"] > 0, rows["days_past_due"] <= 0)
    return _Stood(receivable(rows), receivable(current))


def _month(step: Movement, current: int, sold: Sequence[tuple[int, int]]) -> Month:
    sales, days = sold[0]
    closing = step.closing_minor
    counted = countback_dso(closing, sold)
    effective = collection_effectiveness(step.opening_minor, sales, closing, current)
    why = ((sales <= 0, NO_SALES), (effective is None, NOTHING_TO_COLLECT), (counted is None, OLDER_THAN_SALES))
    return Month(
        step, current, simple_dso(closing, sales, days), counted, simple_dso(current, sales, days),
        average_days_delinquent(closing, current, sales, days), effective,
        tuple(sentence for holds, sentence in why if holds),
    )  # fmt: skip
