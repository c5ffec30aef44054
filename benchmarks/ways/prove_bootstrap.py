"""All that proof counts on 1,000 draws of whole accounts: the AUC of every factor, and everything else of the score."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.made.past import KNOWN_FOR, made_past
from benchmarks.work import Answer, Work
from sabai.proof import probability, ranking
from sabai.proof.by_band import ByBand
from sabai.proof.draws import account_draws
from sabai.proof.lead import first_red_to_notice, lead_curve

DRAWS, SEED = 1_000, 7


def run(work: Work, out: Path) -> Answer:
    past = made_past(work.accounts)
    y, score, account = past.y, past.risks[:, -1], past.account
    counts = account_draws(work.accounts, DRAWS, SEED)
    ranking.auc_draws(y, past.risks, account, counts)
    ranking.average_precision_draws(y, score, account, counts)
    for worst in (0.1, 0.2):
        ranking.lift_draws(y, score, account, counts, worst)
    p = probability.chance(score, probability.platt(y, score))
    probability.brier_skill_draws(y, p, account, counts)
    probability.calibration_draws(y, p, account, counts)
    probability.calibration_error_floor(p, SEED, DRAWS)
    probability.reliability(y, p, account, counts)
    ByBand.of(y, past.band, account, counts).trend()
    lead_curve(past.leaves_in, score, np.full(len(y), KNOWN_FOR), account, counts)
    notice_in = np.where(past.leaves_in < KNOWN_FOR, past.leaves_in, np.inf)
    first_red_to_notice(past.as_of, past.band, notice_in, account, counts)
    return Answer(len(y))
