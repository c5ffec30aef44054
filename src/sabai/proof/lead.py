"""How early the score knew: its AUC for leaving in exactly one later month, and how long red stood before notice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sabai.health.standing import UNHEALTHY, BandArray
from sabai.intervals import Interval, of_draws, wilson
from sabai.metrics.grid import Days, Floats, Places
from sabai.proof.draws import Accounts, Counts, Flags
from sabai.proof.ranking import auc, auc_draws

MONTH = 30  # days


@dataclass(frozen=True, slots=True)
class Lead:
    """AUC for leaving in [month, month + 1) months of 30 days from the as-of date, among those still there."""

    month: int
    rows: int
    churned: int
    auc: Interval


def lead_curve(
    leaves_in: Floats, risk: Floats, known_for: Floats, account: Accounts, counts: Counts, months: int = 9
) -> tuple[Lead, ...]:
    """One point for each of the `months` to come.

    `leaves_in` (rows,): days from the as-of date until the account leaves, inf where it does not. `known_for` (rows,):
    for how many days after the as-of date it is known for sure; a row counts only for months that end within.
    """
    return tuple(_lead(month, leaves_in, risk, known_for, account, counts) for month in range(months))


def _lead(month: int, leaves_in: Floats, risk: Floats, known_for: Floats, account: Accounts, counts: Counts) -> Lead:
    rows = (leaves_in >= month * MONTH) & (known_for >= (month + 1) * MONTH)
    y = leaves_in[rows] < (month + 1) * MONTH
    drawn = auc_draws(y, risk[rows], account[rows], counts)[0]
    return Lead(month, len(y), int(y.sum()), of_draws(auc(y, risk[rows]), drawn))


@dataclass(frozen=True, slots=True)
class FirstRed:
    """Of the accounts that gave notice: the share that was never red before, and the others' months from their first
    red to notice (median). Whoever recovered in between was warned early and wrongly, so beside it stand the share that
    was `still_red` at the last date before notice, and their months since that stretch of red began."""

    accounts: int
    never_red: Interval
    median_months: Interval
    still_red: Interval
    last_stretch_months: Interval


def first_red_to_notice(as_of: Days, band: BandArray, notice_in: Floats, account: Accounts, counts: Counts) -> FirstRed:
    """From all rows before notice; `notice_in` (rows,) is days from `as_of` until notice, inf where none is known.

    NaN where nobody left, and a median where nobody was red.
    """
    rows = np.flatnonzero(np.isfinite(notice_in))
    rows = rows[np.lexsort((as_of[rows], account[rows]))]
    of, red, months = account[rows], band[rows] == UNHEALTHY, notice_in[rows] / MONTH
    left = len(np.unique(of))
    warned, first = np.unique(of[red], return_index=True)
    still, began = _last_stretches(of, red)
    return FirstRed(
        left,
        wilson(left - len(warned), left),
        _median(months[red][first], counts[warned]),
        wilson(len(still), left),
        _median(months[began], counts[still]),
    )


def _last_stretches(account: Accounts, red: Flags) -> tuple[Accounts, Places]:
    """The accounts whose last row is red, and for each the place of the row with which that stretch of red began.

    Rows are ordered by account, then date.
    """
    opens = np.append(True, (np.diff(account) != 0) | (red[1:] != red[:-1]))[: len(red)]
    began = np.maximum.accumulate(np.where(opens, np.arange(len(red)), 0))
    last = np.flatnonzero(np.append(np.diff(account) != 0, True)[: len(red)])
    last = last[red[last]]
    return account[last], began[last]


def _median(months: Floats, counts: Counts) -> Interval:
    """The median over accounts, and over the accounts of each draw."""
    if not len(months):
        return Interval(np.nan, np.nan, np.nan)
    order = np.argsort(months)
    reached = np.cumsum(counts[order], axis=0, dtype=np.float64)
    middle = (reached >= reached[-1] / 2).argmax(axis=0)
    return of_draws(float(np.median(months)), np.where(reached[-1] > 0, months[order][middle], np.nan))
