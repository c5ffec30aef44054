"""The same counted by what customers paid: a large one that leaves is worth many small ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sabai.health.standing import BANDS
from sabai.intervals import Interval
from sabai.metrics.grid import Floats
from sabai.proof.by_band import ByBand
from sabai.proof.judged import Rows
from sabai.proof.past import Past

WORST = (10, 20)  # percent of the revenue
FEWEST = 10
"""Accounts that left, below which revenue is counted and not judged."""


@dataclass(frozen=True, slots=True)
class BandRevenue:
    """`share` of all revenue stands in the band; `churned` is the share of the band's revenue that left in the window,
    of what was paid a month at the as-of date. NaN where there is none."""

    band: str
    rows: int
    share: float
    churned: Interval


@dataclass(frozen=True, slots=True)
class ByRevenue:
    """Of the `rows` whose revenue is known and above 0, `churned` accounts left; `base_rate` of the revenue left.

    The worst so many percent of `lift` are of the revenue, not of the rows. NaN where fewer than FEWEST accounts left.
    """

    rows: int
    churned: int
    base_rate: float
    auc: Interval
    average_precision: Interval
    lift: dict[int, Interval]
    bands: tuple[BandRevenue, ...]


def by_revenue(past: Past, judged: Rows, risk: Floats) -> ByRevenue | None:
    """`past` has the rows of `judged`, with the `risk` (rows,) that was stated for them; None where nobody says what is
    paid. Whole accounts are drawn, with all that they pay."""
    pays = past.revenue > 0
    if not pays.any():
        return None
    rows, risk, paid = judged.only(pays), risk[pays], past.revenue[pays]
    told = rows.churned >= FEWEST
    return ByRevenue(
        rows=len(rows),
        churned=rows.churned,
        base_rate=float(np.average(rows.y, weights=paid)),
        auc=rows.auc(risk, paid).interval if told else _UNKNOWN,
        average_precision=rows.average_precision(risk, paid) if told else _UNKNOWN,
        lift={percent: rows.lift(risk, percent / 100, paid) if told else _UNKNOWN for percent in WORST},
        bands=_bands(ByBand.of(rows.y, past.band[pays], rows.account, rows.counts, paid)),
    )


_UNKNOWN = Interval(np.nan, np.nan, np.nan)


def _bands(found: ByBand) -> tuple[BandRevenue, ...]:
    shares = (found.rows / found.rows.sum()).tolist()
    return tuple(
        BandRevenue(band, churn.rows, share, churn.rate)
        for band, churn, share in zip(BANDS, found.churn, shares, strict=True)
    )
