"""How old what is owed is: buckets of days past due, with what is not simply owed shown apart."""

from __future__ import annotations

import polars as pl

from sabai.receivables.balances import APART, BUCKETS

COLUMNS = (*BUCKETS, *APART)


def ageing(open_invoices: pl.DataFrame, by: str | None = None) -> pl.DataFrame:
    """One row for each value of the column `by`, the largest total first (None: a single row): sums in minor units for
    each of BUCKETS and APART, and their `total`, the receivable.

    A part of an invoice that is open only because of a refund stands under "given back", unless it is disputed.

    >>> rows = {"place": ["1-30", "credit"], "balance_minor": [900, -100], "given_back_minor": [0, 0], "country": "TH"}
    >>> ageing(pl.DataFrame(rows), "country").select("country", "1-30", "credit", "total").rows()
    [('TH', 900, -100, 800)]
    """
    sums = [*(_sum(name).alias(name) for name in COLUMNS), pl.col("balance_minor").sum().alias("total")]
    if by is None:
        return open_invoices.select(sums)
    return open_invoices.group_by(by).agg(sums).sort("total", by, descending=[True, False], nulls_last=True)


def _sum(name: str) -> pl.Expr:
    place, back = pl.col("place"), pl.col("given_back_minor")
    if name == "given back":
        return back.filter(place.is_in((*BUCKETS, name))).sum()
    kept = pl.col("balance_minor") - (0 if name in APART else back)
    return kept.filter(place == name).sum()
