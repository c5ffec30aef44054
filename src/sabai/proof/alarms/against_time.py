"""LEAK-04. Weights that foretell rows drawn at random, and later months not, knew of a time what only it can tell."""

from __future__ import annotations

import numpy as np

from sabai.intervals import Interval
from sabai.proof.alarms.alarm import Alarm, quiet, unchecked
from sabai.proof.alarms.sides import Sides, as_terms, enough, risk, two_sides
from sabai.proof.draws import Drawn, account_draws
from sabai.proof.past import together
from sabai.proof.ranking import auc, auc_draws
from sabai.proof.replay import Replay

CODE = "LEAK-04"
ROWS = 10_000
HALVES = 5
DRAWS = 300
MOST = 0.05


def against_time(replay: Replay, seed: int) -> Alarm:
    """Fires where the gap is more than .05, and more than the interval of the later months leaves to chance."""
    if replay.split is None:
        return unchecked(CODE, "Random rows were not compared with later months: the past is not split in time.")
    sides = two_sides(replay, ROWS, seed)
    if not enough(sides, replay):
        return unchecked(CODE, "Random rows were not compared with later months: too few accounts left.")
    later, anywhere = _of_later(sides, replay, seed), _of_random(sides, replay, seed)
    gap = anywhere - later.value
    told = f"weights have AUC {anywhere:.3f} on rows drawn at random and {later.value:.3f} on later months"
    if gap <= MOST or anywhere <= later.high:
        return quiet(CODE, f"Time makes no great difference: {told}.", gap)
    advice = (
        "Believe the later months. Look for factors that changed their meaning, came into use or were filled in "
        "afterwards: their missingness and drift over time show which."
    )
    return Alarm(CODE, f"Time makes a difference: {told}.", advice, gap, fired=True)


def _of_later(sides: Sides, replay: Replay, seed: int) -> Interval:
    learn, judge = as_terms(sides, replay)
    found = risk(learn, judge)
    counts = account_draws(judge.accounts, DRAWS, seed)
    return Drawn(auc(judge.left, found), auc_draws(judge.left, found[:, None], judge.account, counts)[0]).interval


def _of_random(sides: Sides, replay: Replay, seed: int) -> float:
    """The mean over several halves, each learned from and judged on the other."""
    whole = together(sides)
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(HALVES):
        one = rng.random(len(whole)) < len(sides[0]) / len(whole)  # as many rows to learn from as time gives
        learn, judge = as_terms((whole.only(one), whole.only(~one)), replay)
        if learn.left.any() and not learn.left.all():
            found.append(auc(judge.left, risk(learn, judge)))
    return float(np.nanmean(found)) if found else np.nan
