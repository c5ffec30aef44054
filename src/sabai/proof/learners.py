"""What learns from the earlier side and is judged on the later one; in a cross-section, from the other folds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec

import numpy as np

from sabai.errors import FactsError, Issue
from sabai.metrics.grid import Floats
from sabai.proof.calibration import Calibration, calibrate
from sabai.proof.past import Label, Past
from sabai.proof.probability import chance, platt
from sabai.proof.replay import Replay
from sabai.proof.rescored import rescored
from sabai.proof.weights import Learned, learned

FOLDS = 5
FEWEST_CHURNED = 5  # accounts that left, to learn anything from

Learner = Callable[[Past, Past], Floats]
"""Learns from the first rows, and says something of each of the second (rows,)."""


def unseen(replay: Replay, learner: Learner, seed: int) -> Floats | None:
    """What `learner` says of the rows of `replay.test` without having seen them; None where there is too little to
    learn from."""
    if not can_learn(replay):
        return None
    test = replay.test
    if not replay.question.cross_section:
        return learner(replay.train, test)
    fold, said = replay.folds(FOLDS, seed), np.full(len(test), np.nan)
    for here in range(FOLDS):
        said[fold == here] = learner(test.only(fold != here), test.only(fold == here))
    return said


def can_learn(replay: Replay) -> bool:
    """Whether enough left, and stayed, of accounts whose score is a matter of weights."""
    past = _known(replay)
    past = past.only(~past.young)
    left = past.leaves(replay.label, replay.horizon_days)
    churned, stayed = (len(np.unique(past.account[side])) for side in (left, ~left))
    return min(churned, stayed) >= FEWEST_CHURNED


def learned_from(replay: Replay, draws: int, seed: int) -> Calibration:
    """The weights that the earlier side supports, or in a cross-section all rows, judged on rows they were not learned
    from.

    Raises FactsError PRF-021 or PRF-022 where nobody or everybody left, PRF-024 where too few did.
    """
    known = _known(replay)
    if not can_learn(replay):
        raise FactsError(_too_few(replay, known))
    risk = unseen(replay, by_learned_weights(replay, seed), seed) if replay.question.cross_section else None
    return calibrate(
        known, replay.test, replay.label, replay.horizon_days, replay.definitions.health, seed, draws, risk
    )


def _known(replay: Replay) -> Past:
    """The rows that may teach; in a cross-section all may, each judged by the others."""
    return replay.test if replay.question.cross_section else replay.train


def by_learned_weights(replay: Replay, seed: int, found: Learned | None = None) -> Learner:
    """The chance to leave by the product's own score with learned weights, as whole numbers. `found`: those of the
    earlier side; folds learn their own."""
    health, earlier = replay.definitions.health, None if replay.question.cross_section else found

    def said(known: Past, asked: Past) -> Floats:
        whole = (earlier or learned(known, replay.label, replay.horizon_days, seed, draws=0)).whole
        line = _line(known, rescored(known, whole, health), replay.label, replay.horizon_days)
        return chance(rescored(asked, whole, health), line)

    return said


def by_score(replay: Replay) -> Learner:
    """The chance to leave by the score alone (Platt 1999), learned where the score was known."""
    return partial(_chance, replay.label, replay.horizon_days)


def by_trees(replay: Replay, seed: int) -> Learner | None:
    """The most that these points could tell: gradient boosting, in which more points never mean more risk. None
    without the extra `sabai[ceiling]`."""
    return partial(_trees, replay.label, replay.horizon_days, seed) if find_spec("sklearn") else None


def _chance(label: Label, horizon_days: int, known: Past, asked: Past) -> Floats:
    return chance(100 - asked.score, _line(known, 100 - known.score, label, horizon_days))


def _line(known: Past, risk: Floats, label: Label, horizon_days: int) -> tuple[float, float]:
    """From a risk (rows,) to a chance, learned where the risk is known."""
    there = ~np.isnan(risk)
    return platt(known.leaves(label, horizon_days)[there], risk[there])


def _trees(label: Label, horizon_days: int, seed: int, known: Past, asked: Past) -> Floats:
    from sklearn.ensemble import HistGradientBoostingClassifier

    given, there = (np.column_stack(list(past.points.values())) for past in (known, asked))
    trees = HistGradientBoostingClassifier(
        monotonic_cst=[-1] * given.shape[1], random_state=seed, max_iter=100, learning_rate=0.05,
        max_leaf_nodes=8, min_samples_leaf=50, l2_regularization=1.0, early_stopping=False,
    )  # fmt: skip
    trees.fit(given, known.leaves(label, horizon_days))
    return np.asarray(trees.predict_proba(there)[:, 1])


def _too_few(replay: Replay, known: Past) -> Issue:
    churned = len(np.unique(known.account[known.leaves(replay.label, replay.horizon_days)]))
    return Issue(
        "PRF-024",
        f"Too few accounts to learn from: {churned:,} left in the {len(known):,} rows of the earlier side.",
        "",
        f"Weights are learned from the difference between those that left and those that stayed, at least "
        f"{FEWEST_CHURNED} of each, months before they are judged.",
        "Give a longer history or ask for a shorter --horizon, and keep the weights you have.",
    )
