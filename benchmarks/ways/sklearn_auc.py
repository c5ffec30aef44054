"""What a notebook would do for the AUC alone: scikit-learn in a loop, every draw as weights of rows.

Only a few draws of a few columns are measured, and scaled to all. Each must be the same as Sabai's.
"""

from __future__ import annotations

import time
from pathlib import Path

from sklearn.metrics import roc_auc_score

from benchmarks.agree import Disagreement
from benchmarks.made.past import made_past
from benchmarks.ways.prove_bootstrap import DRAWS, SEED
from benchmarks.work import Answer, Work
from sabai.proof.draws import account_draws
from sabai.proof.ranking import auc_draws

COLUMNS, SOME_DRAWS = (0, 1, -1), 10


def run(work: Work, out: Path) -> Answer:
    past = made_past(work.accounts)
    counts = account_draws(work.accounts, SOME_DRAWS, SEED)
    weights = counts[past.account]
    begun = time.perf_counter()
    theirs = [
        [roc_auc_score(past.y, past.risks[:, column], sample_weight=weights[:, draw]) for draw in range(SOME_DRAWS)]
        for column in COLUMNS
    ]
    seconds = time.perf_counter() - begun
    _compare(theirs, auc_draws(past.y, past.risks[:, COLUMNS], past.account, counts).tolist())
    done, all_of_them = len(COLUMNS) * SOME_DRAWS, past.risks.shape[1] * DRAWS
    return Answer(len(past.y), seconds=seconds * all_of_them / done, note=f"{done} of {all_of_them:,} AUCs, scaled")


def _compare(theirs: list[list[float]], ours: list[list[float]]) -> None:
    apart = max(abs(a - b) for each, other in zip(theirs, ours, strict=True) for a, b in zip(each, other, strict=True))
    if apart > 1e-9:
        raise Disagreement(f"an AUC of scikit-learn and Sabai's are {apart} apart")
