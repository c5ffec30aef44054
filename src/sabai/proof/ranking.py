"""Does the score put those who leave before those who stay? AUC, average precision, capture and lift, with their draws.

`y` (rows,) says who left, `risk` (rows,) is higher for worse, `weight` (rows,) lets rows count by their revenue.
The draws of a measure take many columns of risk at once, shape (rows, columns), and give (columns, draws); a row whose
risk is NaN is left out of that column. Only the order of risks matters, and rows of equal risk are never put in order.
A measure is NaN where nobody left or nobody stayed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from sabai.cores import on_every_core
from sabai.metrics.grid import Floats
from sabai.proof import sweeps
from sabai.proof.draws import Accounts, Counts, Flags, blocks
from sabai.proof.sweeps import Ranked, ranked

Sweep = Callable[[Ranked, Counts], Floats]


def auc(y: Flags, risk: Floats, weight: Floats | None = None) -> float:
    """The chance that one who left was ranked worse than one who stayed (Hanley & McNeil 1982); equal risks count half.

    >>> auc(np.array([False, False, True, True]), np.array([0.1, 0.4, 0.35, 0.8]))
    0.75
    """
    return _plain(sweeps.auc, y, risk, weight)


def auc_draws(y: Flags, risk: Floats, account: Accounts, counts: Counts, weight: Floats | None = None) -> Floats:
    """The AUC of every column on every draw, shape (columns, draws)."""
    return _draws(sweeps.auc, y, risk, account, counts, weight)


def average_precision(y: Flags, risk: Floats, weight: Floats | None = None) -> float:
    """Precision averaged over those who left, in steps and not interpolated; compare it with the base rate.

    >>> round(average_precision(np.array([False, False, True, True]), np.array([0.1, 0.4, 0.35, 0.8])), 4)
    0.8333
    """
    return _plain(sweeps.average_precision, y, risk, weight)


def average_precision_draws(
    y: Flags, risk: Floats, account: Accounts, counts: Counts, weight: Floats | None = None
) -> Floats:
    """The average precision of every column on every draw, shape (columns, draws)."""
    return _draws(sweeps.average_precision, y, risk, account, counts, weight)


def capture(y: Flags, risk: Floats, worst: float, weight: Floats | None = None) -> float:
    """The share of all who left that was among the `worst` share of rows; equal risks on the edge count in part.

    >>> capture(np.array([False, False, True, True]), np.array([0.1, 0.4, 0.35, 0.8]), worst=0.25)
    0.5
    """
    return _plain(partial(sweeps.capture, worst=worst), y, risk, weight)


def capture_draws(
    y: Flags, risk: Floats, account: Accounts, counts: Counts, worst: float, weight: Floats | None = None
) -> Floats:
    """The capture of every column on every draw, shape (columns, draws)."""
    return _draws(partial(sweeps.capture, worst=worst), y, risk, account, counts, weight)


def lift(y: Flags, risk: Floats, worst: float, weight: Floats | None = None) -> float:
    """How many times as often as all the `worst` share of rows left; 1 is what drawing lots gives.

    >>> lift(np.array([False, False, True, True]), np.array([0.1, 0.4, 0.35, 0.8]), worst=0.25)
    2.0
    """
    return capture(y, risk, worst, weight) / worst


def lift_draws(
    y: Flags, risk: Floats, account: Accounts, counts: Counts, worst: float, weight: Floats | None = None
) -> Floats:
    """The lift of every column on every draw, shape (columns, draws)."""
    return capture_draws(y, risk, account, counts, worst, weight) / worst


def _plain(sweep: Sweep, y: Flags, risk: Floats, weight: Floats | None) -> float:
    """The one draw that takes every row once."""
    everybody = np.zeros(len(y), dtype=np.int32)
    return float(sweep(_ranked(y, risk, everybody, weight), np.ones((1, 1), dtype=np.uint8))[0])


def _draws(sweep: Sweep, y: Flags, risk: Floats, account: Accounts, counts: Counts, weight: Floats | None) -> Floats:
    columns = np.atleast_2d(risk.T)
    out = np.empty((len(columns), counts.shape[1]))
    side_by_side = [(block, np.ascontiguousarray(counts[:, block])) for block in blocks(counts.shape[1])]

    def fill(rows: Ranked, place: int, block: slice, drawn: Counts) -> None:
        out[place, block] = sweep(rows, drawn)

    rankings = on_every_core(lambda risk: _ranked(y, risk, account, weight), columns)
    parts = ((rows, place, *part) for place, rows in enumerate(rankings) for part in side_by_side)
    for _ in on_every_core(lambda part: fill(*part), parts):
        pass
    return out


def _ranked(y: Flags, risk: Floats, account: Accounts, weight: Floats | None) -> Ranked:
    return ranked(y, risk, account, np.ones(len(y)) if weight is None else weight)
