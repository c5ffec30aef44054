"""Multinomial logistic regression with a ridge, small and always the same: no chance, no clock."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sabai.text.sentiment.grams import Floats
from sabai.text.sentiment.model import softmax

RIDGE = 0.3
STEPS = 200
BALANCE = 0.5  # 0: labels as they come; 1: each label counts the same


def fitted(features: Floats, label: NDArray[np.int64], counts: Floats) -> Floats:
    """Weights (features, labels) that make the labels likeliest; row i counts `counts[i]` times.

    Nesterov's steps with the length that the curvature allows, so nothing needs to be tuned.

    >>> x = np.array([[1, 0, 1], [0, 1, 1]] * 20, dtype=np.float32)
    >>> weights = fitted(x, np.array([0, 1] * 20), np.ones(40, dtype=np.float32))
    >>> (x[:2] @ weights).argmax(axis=1).tolist()
    [0, 1]
    """
    targets = np.eye(int(label.max()) + 1, dtype=np.float32)[label]
    many = counts @ targets
    each = counts * ((many.mean() / many) ** BALANCE)[label]
    steepest = 0.5 * float(each @ (features * features).sum(axis=1)) + RIDGE  # no curvature is above it
    step = np.float32(1 / steepest)
    weights = ahead = np.zeros((features.shape[1], targets.shape[1]), dtype=np.float32)
    for turn in range(1, STEPS + 1):
        missed = (softmax(features @ ahead) - targets) * each[:, None]
        before, weights = weights, ahead - step * (features.T @ missed + np.float32(RIDGE) * ahead)
        ahead = weights + np.float32((turn - 1) / (turn + 2)) * (weights - before)
    return weights
