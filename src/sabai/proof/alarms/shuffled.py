"""LEAK-01. Labels shuffled within each month mean nothing; who still foretells them was judged on what taught it.

One shuffle would be too noisy, so the mean of many counts. It finds rows that are used twice, and not factors that were
made of the label.
"""

from __future__ import annotations

import numpy as np

from sabai.metrics.grid import Days, Floats
from sabai.proof.alarms.alarm import Alarm, quiet, unchecked
from sabai.proof.alarms.refits import refitted_to
from sabai.proof.alarms.sides import Sides, as_terms, enough, two_sides
from sabai.proof.draws import Flags
from sabai.proof.past import Past
from sabai.proof.ranking import auc
from sabai.proof.replay import Replay
from sabai.proof.weights import USUAL_RIDGE

CODE = "LEAK-01"
REFITS = 200
ROWS = 1_200  # of each side; fewer rows are sooner learned by heart, and so show sooner
CHANCE, MOST_BEYOND = 0.5, 0.03


def shuffled_labels(replay: Replay, seed: int) -> Alarm:
    sides = two_sides(replay, ROWS, seed)
    if not enough(sides, replay):
        return unchecked(CODE, "Shuffled labels were not tried: too few accounts left.")
    mean = float(np.nanmean(_aucs(sides, replay, seed)))
    told = f"weights learned on labels shuffled within each month have a mean AUC of {mean:.3f} over {REFITS} refits"
    if abs(mean - CHANCE) <= MOST_BEYOND:
        return quiet(CODE, f"As chance would, {told}.", mean)
    advice = "Rows that weights learn from are judged again: look at the split, and for accounts under two ids."
    return Alarm(CODE, f"There is nothing to learn, and yet {told}, where chance gives .5.", advice, mean, fired=True)


def _aucs(sides: Sides, replay: Replay, seed: int) -> Floats:
    """Sides keep their own labels in common: a row that stands on both has the same shuffled label on both."""
    learn, judge = as_terms(sides, replay)
    keys, place = np.unique(np.concatenate([_key(past) for past in sides]), return_inverse=True)
    left = np.empty(len(keys), dtype=np.bool_)
    left[place] = np.concatenate([learn.left, judge.left])
    as_of = keys >> 32
    labels = np.stack([_shuffled(left, as_of, np.random.default_rng([seed, turn]))[place] for turn in range(REFITS)])
    learned, judged = labels[:, : len(learn.left)], labels[:, len(learn.left) :]
    tell = learned.any(axis=1) & ~learned.all(axis=1)
    betas = refitted_to(learned[tell].T, learn, USUAL_RIDGE)
    risks = (_within(sides[1].as_of, judge.columns @ beta) for beta in betas.T)
    return np.array([auc(y, risk) for y, risk in zip(judged[tell], risks, strict=True)])


def _key(past: Past) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """One number for date and account, in the order of both."""
    return np.asarray(past.as_of.astype(np.int64) << 32 | past.account)


def _shuffled(left: Flags, as_of: Days, rng: np.random.Generator) -> Flags:
    """`left`, ordered by date, in another order within each date."""
    return left[np.lexsort((rng.random(len(left)), as_of))]


def _within(as_of: Days, risk: Floats) -> Floats:
    """The place of each row among those of its date, 0-1; a year in which more leave is no reason to foretell it.

    Rows are ordered by date. Equal risks stand in the order of their rows, which shuffled labels know nothing of.
    """
    _, first, date, rows = np.unique(as_of, return_index=True, return_inverse=True, return_counts=True)
    place = np.empty(len(risk))
    place[np.lexsort((risk, as_of))] = (np.arange(len(risk)) - first[date]) / rows[date]
    return place
