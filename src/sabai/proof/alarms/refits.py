"""Weights learned from the same rows with hundreds of other labels, all of them at once.

The loss is that of `fitting`. Every step is a few products of matrices, by accelerated gradients that are cut at the
bounds (Beck & Teboulle 2009, FISTA), and goes as far as an order of rows needs, not to the last digit.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from scipy.special import expit, logit

from sabai.metrics.grid import Floats
from sabai.proof.draws import Flags
from sabai.proof.fitting import ridges
from sabai.proof.terms import Terms

STEPS = 40
_MOST_BEND = 0.25  # of the logistic function, at a chance of one half


def refitted_to(labels: Flags, terms: Terms, ridge: float) -> Floats:
    """β of every column of `labels` (rows, refits), shape (columns, refits); in a column somebody left and stayed."""
    x, left, pull = (each.astype(np.float32) for each in (terms.columns, labels, ridges(terms, ridge)[:, None]))
    slowest = np.float32(_MOST_BEND * np.linalg.eigvalsh(x.T @ x)[-1] + pull.max())
    lowest = np.where(np.arange(len(pull)) < terms.free, -np.inf, 0.0).astype(np.float32)[:, None]
    beta = np.zeros((len(pull), left.shape[1]), dtype=np.float32)
    beta[0] = logit(left.mean(axis=0))
    ahead, pace = beta, 1.0
    for _ in range(STEPS):
        slope = x.T @ (expit(x @ ahead) - left) + pull * ahead
        then, faster = np.maximum(ahead - slope / slowest, lowest), (1 + sqrt(1 + 4 * pace * pace)) / 2
        ahead = then + (pace - 1) / faster * (then - beta)
        beta, pace = then, faster
    return beta.astype(np.float64)
