"""How well is collected: days sales outstanding both ways, average days delinquent, collection effectiveness.

Receivables and sales are in one currency's minor units; sales are what was invoiced less what was credited. Where the
formula has nothing to divide by the answer is None. The formulas are those that credit managers agreed upon in the
Credit Research Foundation; the countback is also known as the exhaustion method.
"""

from __future__ import annotations

from collections.abc import Iterable


def simple_dso(receivable: int, sales: int, days: int) -> float | None:
    """receivable / sales × days of the period in which the sales were made.

    >>> round(simple_dso(150_000, 1_800_000, 365), 1)
    30.4
    """
    return receivable / sales * days if sales > 0 else None


def countback_dso(receivable: int, newest_first: Iterable[tuple[int, int]]) -> float | None:
    """How many days back one must go until the sales of those days make up the receivable.

    `newest_first` are (sales, days) of each month. None where the receivable is more than all of them.

    >>> round(countback_dso(212_000, [(100_000, 30), (80_000, 30), (70_000, 30)]), 1)
    73.7
    """
    left, counted = max(receivable, 0), 0.0
    for sales, days in newest_first:
        if left == 0:
            break
        covered = min(left, max(sales, 0))
        counted += days * covered / sales if 0 < covered == left else days
        left -= covered
    return None if left else counted


def average_days_delinquent(receivable: int, current: int, sales: int, days: int) -> float | None:
    """DSO − best possible DSO, which is the DSO if only what is not yet due were outstanding.

    >>> average_days_delinquent(10_000, 8_000, 30_000, 30)
    2.0
    """
    dso, best = simple_dso(receivable, sales, days), simple_dso(current, sales, days)
    return None if dso is None or best is None else dso - best


def collection_effectiveness(opening: int, sales: int, closing: int, current: int) -> float | None:
    """(opening + sales − closing total) / (opening + sales − closing current) × 100: of what could be collected, how
    much was. None where nothing could be.

    >>> collection_effectiveness(100_000, 1_000_000, 120_000, 100_000)
    98.0
    """
    available = opening + sales - current
    return 100 * (opening + sales - closing) / available if available > 0 else None
