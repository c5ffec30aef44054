"""Rows of the past as the columns of a logistic regression: what is not the account's doing, then its factors.

    logit P(leaves in the window) = b + g · z − Σ w_j x_j

x_j = (points − mean points) / 50, so that 1 is half the scale; an unknown factor is 0, as if it were usual. z is what
changes the chance to leave whatever the health: a renewal due in the window, how long it has been a customer, segment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Floats
from sabai.proof.draws import Accounts, Flags, dense
from sabai.proof.past import Label, Past

TENURE_DAYS = (90.0, 180.0, 365.0, 730.0)
MOST_KINDS = 20  # segments beyond the largest are told apart by nothing

_HALF_THE_SCALE = 50

Kinds = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Terms:
    """`columns` (rows, 1 + controls + factors): ones, then z, then −x, so that a positive weight keeps an account.

    `left` (rows,) is the label, `account` (rows,) counts from 0 to `accounts`.
    """

    left: Flags
    account: Accounts
    accounts: int
    columns: Floats
    factors: tuple[str, ...]

    @property
    def free(self) -> int:
        """How many columns come before those of factors: they may have any sign."""
        return int(self.columns.shape[1]) - len(self.factors)


@dataclass(frozen=True, slots=True)
class Usual:
    """What the rows that are learned from say is usual, so that later rows are read in the same way.

    `points` (factors,) is the mean of what is known, 50 where nothing is. `kinds` are, for each control, its kinds but
    for the commonest, which the others are compared with.
    """

    points: Floats
    kinds: tuple[tuple[int, ...], ...]


def usual(past: Past, horizon_days: int) -> Usual:
    known = [of[~np.isnan(of)] for of in past.points.values()]
    kinds = tuple(_but_the_commonest(control) for control in _controls(past, horizon_days))
    return Usual(np.array([of.mean() if of.size else 50.0 for of in known]), kinds)


def terms(past: Past, label: Label, horizon_days: int, seen: Usual) -> Terms:
    """The rows of `past` as columns, around what was `seen` to be usual."""
    account, accounts = dense(past.account)
    controls = zip(_controls(past, horizon_days), seen.kinds, strict=True)
    kinds = (control == kind for control, kinds in controls for kind in kinds)
    columns = np.column_stack([np.ones(len(past)), *kinds, -_centred(past, seen.points)])
    return Terms(past.leaves(label, horizon_days), account, accounts, columns, tuple(past.points))


def _centred(past: Past, centre: Floats) -> Floats:
    points = np.stack(list(past.points.values()), axis=1) if past.points else np.empty((len(past), 0))
    return np.nan_to_num((points - centre) / _HALF_THE_SCALE)


def _controls(past: Past, horizon_days: int) -> tuple[Kinds, ...]:
    """Whether a renewal is due, how long a customer, which segment; what is unknown is a kind of its own, -1."""
    exposed = past.exposed(horizon_days)
    due = np.where(np.isnan(exposed), -1, exposed).astype(np.int64)
    tenure = np.where(np.isnan(past.tenure_days), -1, np.digitize(past.tenure_days, TENURE_DAYS))
    return due, tenure, past.segment.astype(np.int64)


def _but_the_commonest(control: Kinds) -> tuple[int, ...]:
    """
    >>> _but_the_commonest(np.array([2, 2, 2, 5, 5, -1]))
    (5, -1)
    """
    kinds, rows = np.unique(control, return_counts=True)
    return tuple(kinds[np.argsort(-rows, kind="stable")][1:MOST_KINDS].tolist())
