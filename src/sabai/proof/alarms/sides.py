"""What alarms learn from and judge on: few rows of few accounts, so that hundreds of fits take seconds."""

from __future__ import annotations

import numpy as np

from sabai.metrics.grid import Floats
from sabai.proof.fitting import fitted
from sabai.proof.past import Label, Past
from sabai.proof.replay import Replay
from sabai.proof.terms import Terms, terms, usual
from sabai.proof.weights import USUAL_RIDGE

FEWEST = 10
"""Accounts that left, below which one of them more or less would decide."""

Sides = tuple[Past, Past]


def two_sides(replay: Replay, rows: int, seed: int) -> Sides:
    """Rows that weights learn from and rows that judge them, without young accounts, about `rows` of each at most.

    Both have the same accounts, drawn by `seed`: a row that stands on both sides by mistake is still on both. A table
    without dates is divided by account.
    """
    if replay.question.cross_section:
        side = replay.folds(2, seed)
        both = (replay.test.only(side == 0), replay.test.only(side == 1))
    else:
        both = (replay.train, replay.test)
    turn = np.random.default_rng(seed).permutation(len(replay.past.accounts))
    learn, judge = (_first(past.only(~past.young), turn, rows) for past in both)
    return learn, judge


def leavers(past: Past, label: Label, horizon_days: int) -> int:
    """How many accounts of these rows left within the horizon."""
    return len(np.unique(past.account[past.leaves(label, horizon_days)]))


def enough(sides: Sides, replay: Replay) -> bool:
    """Whether on both sides some accounts left, and some rows stayed."""
    labels = [past.leaves(replay.label, replay.horizon_days) for past in sides]
    left = [leavers(past, replay.label, replay.horizon_days) for past in sides]
    return min(left) >= FEWEST and not any(label.all() for label in labels)


def as_terms(sides: Sides, replay: Replay) -> tuple[Terms, Terms]:
    """Both sides, read by what is usual on the first."""
    seen = usual(sides[0], replay.horizon_days)
    learn, judge = (terms(past, replay.label, replay.horizon_days, seen) for past in sides)
    return learn, judge


def risk(learn: Terms, judge: Terms, start: Floats | None = None) -> Floats:
    """How likely each row of `judge` is to leave, by weights learned from `learn`; only the order means anything."""
    return np.asarray(judge.columns @ fitted(learn, USUAL_RIDGE, start))


def _first(past: Past, turn: np.ndarray[tuple[int], np.dtype[np.int64]], rows: int) -> Past:
    """All rows of the accounts whose turn comes first, until there are `rows`."""
    of_turn = np.cumsum(np.bincount(turn[past.account], minlength=len(turn)))
    last = max(1, int(np.searchsorted(of_turn, rows, side="right")))
    return past.only(turn[past.account] < last)
