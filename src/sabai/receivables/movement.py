"""How the receivable of one date became that of a later one: what was invoiced, paid, credited and refunded."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from sabai.receivables.balances import balances, receivable
from sabai.receivables.ledger import Ledger
from sabai.receivables.postings import KINDS


@dataclass(frozen=True, slots=True)
class Movement:
    """From `first` to `last`, both starts of days, in minor units: opening + invoiced − paid − credited + refunded =
    closing, to the cent."""

    first: int
    last: int
    opening_minor: int
    invoiced_minor: int
    paid_minor: int
    credited_minor: int  # credits, and credit notes: invoices below zero
    refunded_minor: int
    closing_minor: int

    @property
    def holds(self) -> bool:
        """
        >>> Movement(0, 30, 100, 50, 70, 10, 5, 75).holds
        True
        """
        back = self.refunded_minor - self.paid_minor - self.credited_minor
        return self.opening_minor + self.invoiced_minor + back == self.closing_minor


def movement(ledger: Ledger, first: int, last: int) -> Movement:
    """How the receivable at `first` became the one at `last`."""
    return moved(ledger, first, last, receivable(balances(ledger, first)), receivable(balances(ledger, last)))


def moved(ledger: Ledger, first: int, last: int, opening_minor: int, closing_minor: int) -> Movement:
    """The same, where both ends are known already."""
    inside = pl.col("day").is_between(first, last, closed="left")
    sums = dict(ledger.postings.filter(inside).group_by("kind").agg(pl.col("base_minor").sum()).iter_rows())
    paid, credited, refunded = (int(sums.get(kind, 0)) for kind in KINDS)
    new = ledger.invoices.filter(pl.col("posted_day").is_between(first, last, closed="left"))["base_minor"]
    invoiced, notes = int(new.clip(0).sum()), -int(new.clip(upper_bound=0).sum())
    return Movement(first, last, opening_minor, invoiced, paid, credited + notes, refunded, closing_minor)
