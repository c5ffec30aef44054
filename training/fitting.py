"""Learns the two halves of the model, and makes them small."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from sabai.text.sentences import Vectors
from sabai.text.sentiment.grams import CELLS, Floats, Grams
from sabai.text.sentiment.model import NETS, Model
from training.sets import SETS, Texts

SHARE_OF_GRAMS = 0.25
HIDDEN, PASSES, BATCH, SHRINK = 128, 6, 256, 0.2
GRAM_STEPS, GRAM_RIDGE = 60, 0.25
SEEN_AT_LEAST = 2  # texts in which a cell stands, or it says nothing
BALANCE = 0.5  # of labels in a set, and of sets among each other: 0 as they come, 1 all alike
CUT = 0.9995  # of the weights of runs; the few above are held at it, so that the others keep their steps

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All texts with their runs of characters: one row each."""

    texts: Texts
    runs: csr_matrix

    @classmethod
    def of(cls, texts: Texts, found: Grams) -> Corpus:
        return cls(texts, csr_matrix((found.weight, (found.text, found.cell)), shape=(found.texts, CELLS)))


def model_of(corpus: Corpus, rows: Mask, temperature: float = 1.0) -> Model:
    """Learned from `rows` alone."""
    counts = counting(corpus.texts, rows)
    rarity, rarity_scale = _rarity(corpus.runs[rows])
    weights, gram_scale, bias = _gram_weights(corpus, rows, counts, rarity * np.float32(rarity_scale))
    hidden, hidden_scale, hidden_bias, out, out_bias = _networks(corpus.texts, rows, counts)
    return Model(
        rarity, rarity_scale, weights, gram_scale, bias,
        hidden, hidden_scale, hidden_bias, out, out_bias, SHARE_OF_GRAMS, temperature,
    )  # fmt: skip


def counting(texts: Texts, rows: Mask) -> Floats:
    """How much each of all texts counts: rarer labels of a set more, and texts of smaller sets more."""
    counts = np.zeros(len(texts.text), dtype=np.float32)
    for at in range(len(SETS)):
        here = rows & (texts.of == at)
        many = np.bincount(texts.label[here], minlength=3)
        if here.any():
            alike = (here.sum() / np.maximum(many, 1)) ** BALANCE
            counts[here] = alike[texts.label[here]] * float(here.sum()) ** (BALANCE - 1)
    return counts / counts[rows].mean()


def _rarity(runs: csr_matrix) -> tuple[NDArray[np.uint8], float]:
    """ln(texts / texts with it) + 1 in 255 steps; 0 for what hardly stands anywhere."""
    often = np.bincount(runs.indices, minlength=CELLS)
    rare = np.where(often >= SEEN_AT_LEAST, np.log((1 + runs.shape[0]) / (1 + often)) + 1, 0)
    scale = float(rare.max()) / 255
    return np.round(rare / scale).astype(np.uint8), scale


def _gram_weights(
    corpus: Corpus, rows: Mask, counts: Floats, rarity: Floats
) -> tuple[NDArray[np.int8], Floats, Floats]:
    x = corpus.runs[rows].multiply(rarity[None, :]).tocsr().astype(np.float32)
    length = np.sqrt(np.asarray(x.multiply(x).sum(axis=1)).ravel())
    x.data /= np.repeat(np.where(length > 0, length, 1), np.diff(x.indptr)).astype(np.float32)
    line = LogisticRegression(C=1 / GRAM_RIDGE, max_iter=GRAM_STEPS, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is meant
        line.fit(x, corpus.texts.label[rows], sample_weight=counts[rows])
    against_neutral = (line.coef_[[0, 2]] - line.coef_[1]).T
    small, scale = _small(against_neutral, np.quantile(np.abs(against_neutral), CUT, axis=0))
    return small, scale, line.intercept_.astype(np.float32)


def _networks(texts: Texts, rows: Mask, counts: Floats) -> tuple[NDArray[np.int8], Floats, Floats, Floats, Floats]:
    nets = [_network(texts.vectors[rows], texts.label[rows], counts[rows], seed) for seed in range(NETS)]
    hidden, scale = _small(*_and_largest(np.concatenate([net.coefs_[0] for net in nets], axis=1)))
    bias = np.concatenate([net.intercepts_[0] for net in nets]).astype(np.float32)
    out = np.stack([net.coefs_[1] for net in nets]).astype(np.float32)
    return hidden, scale, bias, out, np.stack([net.intercepts_[1] for net in nets]).astype(np.float32)


def _network(vectors: Vectors, label: NDArray[np.int64], counts: Floats, seed: int) -> MLPClassifier:
    net = MLPClassifier((HIDDEN,), alpha=SHRINK, max_iter=PASSES, batch_size=BATCH, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return net.fit(vectors, label, sample_weight=counts)


def _and_largest(weights: Floats) -> tuple[Floats, Floats]:
    return weights, np.abs(weights).max(axis=0)


def _small(weights: Floats, largest: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Whole numbers −127 … 127 and a scale for each column."""
    scale = (largest / 127).astype(np.float32)
    return np.clip(np.round(weights / scale), -127, 127).astype(np.int8), scale
