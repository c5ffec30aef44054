"""What a model is worth on texts that it has not seen."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sabai.intervals import wilson
from sabai.text.language import languages
from sabai.text.scripts import NAMES, script_counts
from sabai.text.sentiment.grams import Floats
from sabai.text.sentiment.judged import SURE

BINS = 10
SCRIPTS = {"th": ("thai",), "ar": ("arabic",), "ja": ("kana", "han"), "en": ("latin",)}


def figures(chance: Floats, label: NDArray[np.int64]) -> dict[str, Any]:
    """Of one held-out set; shares are rounded to four digits, the interval of the accuracy is Wilson's."""
    said, sure, felt = chance.argmax(axis=1), chance.max(axis=1) >= SURE, label != 1
    right = said == label
    interval = wilson(int(right.sum()), len(label))
    return {
        "n": len(label),
        "accuracy": _round(right.mean()),
        "low": _round(interval.low),
        "high": _round(interval.high),
        "macro_f1": _round(macro_f1(said, label)),
        "two_classes": _round(((chance[felt, 2] > chance[felt, 0]) == (label[felt] == 2)).mean()),
        "share_sure": _round(sure.mean()),
        "accuracy_sure": _round(right[sure].mean()),
        "calibration_error": _round(calibration_error(chance, label)),
    }


def macro_f1(said: NDArray[np.int64], label: NDArray[np.int64]) -> float:
    """The mean of F1 over the labels that there are.

    >>> macro_f1(np.array([0, 1, 2, 2]), np.array([0, 1, 2, 2]))
    1.0
    """
    scores = []
    for each in np.unique(label):
        both = ((said == each) & (label == each)).sum()
        scores.append(2 * both / ((said == each).sum() + (label == each).sum()))
    return float(np.mean(scores))


def calibration_error(chance: Floats, label: NDArray[np.int64]) -> float:
    """How far the chance of what is said lies from how often it is so, in ten equal steps of the chance.

    >>> calibration_error(np.array([[0.75, 0.25, 0.0]] * 4), np.array([0, 0, 0, 1]))
    0.0
    """
    most, right = chance.max(axis=1), chance.argmax(axis=1) == label
    step = np.minimum((most * BINS).astype(int), BINS - 1)
    apart = [abs(most[step == at].sum() - right[step == at].sum()) for at in range(BINS)]
    return float(np.sum(apart) / len(label))


def language_figures(texts: list[str], language: str) -> dict[str, Any]:
    """Share of all texts, and of those in which a letter of the language's script stands at all."""
    right = np.array([found == language for found in languages(texts)])
    written = script_counts(texts)[:, [NAMES.index(name) for name in SCRIPTS[language]]].sum(axis=1) > 0
    return {
        "n": len(texts),
        "language": _round(right.mean()),
        "n_written": int(written.sum()),
        "language_where_written": _round(right[written].mean()),
    }


def _round(share: float) -> float:
    return round(float(share), 4)
