"""What a workspace's own answers teach: a comment beside its score, and whatever a person has set right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from sabai.text.cleaned import cleaned
from sabai.text.sentences import SIZE, Vectors, embedded
from sabai.text.sentiment.grams import Floats, Grams, grams
from sabai.text.sentiment.logistic import fitted
from sabai.text.sentiment.model import Model, shipped, softmax

FEWEST = 30
HALF = 300  # so many pairs count as much as the shipped model
CORRECTION = 5.0  # pairs that one correction by a person counts as
FEWEST_OF_A_LABEL = 3  # below, nothing is learned of it
MOST = 5_000  # pairs that are learned from; more hardly add, and all of them are read again
FOLDED = 4_096  # cells of runs that a few hundred comments can fill

Kind = Literal["nps", "rating"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A comment and what its score says: 0 negative, 1 neutral, 2 positive. `corrected`: a person said so."""

    text: str
    label: int
    corrected: bool = False


def label_of(score: float, low: float, high: float, kind: Kind = "rating") -> int:
    """What a score says of the comment beside it; NPS as it is counted, any other scale by its two fifths and its
    middle.

    >>> [label_of(score, 0, 10, "nps") for score in (6, 7, 9)], [label_of(score, 1, 5) for score in (2, 3, 4)]
    ([0, 1, 2], [0, 1, 2])
    """
    if kind == "nps":
        return int(score >= 7) + int(score >= 9)
    place = (score - low) / (high - low)
    return int(place >= 0.4) + int(place > 0.6)


@dataclass(frozen=True, slots=True)
class Own:
    """`share` of the chance is the workspace's own, 0 where there are too few pairs; `labels` are those it has learned
    of. `said` holds what people set right, by cleaned text, and nothing is stronger."""

    share: float = 0.0
    labels: tuple[int, ...] = ()
    weights: Floats = field(default_factory=lambda: np.zeros((SIZE + FOLDED + 1, 0), dtype=np.float32))
    said: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def learned(cls, pairs: Sequence[Pair], model: Model | None = None) -> Self:
        """From pairs, the newest last: of more than 5,000 the newest are taken. The same pairs in any order teach the
        same, and a correction stands in place of the score of the same text.

        Raises UsageError TXT-001 where `sabai[text]` is not installed.
        """
        said = {cleaned(pair.text): pair.label for pair in pairs if pair.corrected}
        taken = _taken(pairs, said)
        of = [label for _, label in taken]
        labels = tuple(label for label in range(3) if of.count(label) >= FEWEST_OF_A_LABEL)
        taught = [(text, label) for text, label in taken if label in labels]
        if len(taught) < FEWEST or len(labels) < 2:
            return cls(said=said)
        texts = [text for text, _ in taught]
        counts = np.array([CORRECTION if text in said else 1.0 for text in texts], dtype=np.float32)
        features = _features(model or shipped(), grams(texts), embedded(texts))
        weights = fitted(features, np.array([labels.index(label) for _, label in taught]), counts)
        many = float(counts.sum())
        return cls(many / (many + HALF), labels, weights, said)

    def blended(self, chance: Floats, model: Model, found: Grams, vectors: Vectors, texts: Sequence[str]) -> Floats:
        """`chance` (texts, 3) with the workspace's share in it. Of labels that it has too few of it says nothing: their
        chances stay."""
        mixed = chance.copy()
        if self.share:
            ours = softmax(_features(model, found, vectors) @ self.weights)
            at = list(self.labels)
            mixed[:, at] = (1 - self.share) * chance[:, at] + self.share * ours * chance[:, at].sum(1, keepdims=True)
        for row, text in enumerate(texts):
            if text in self.said:
                mixed[row] = np.eye(3, dtype=np.float32)[self.said[text]]
        return mixed


def _taken(pairs: Sequence[Pair], said: Mapping[str, int]) -> list[tuple[str, int]]:
    """Each text once with each of its labels, in an order of its own; what a person said stands alone."""
    seen = {(cleaned(pair.text), pair.label) for pair in pairs[-MOST:]} | set(said.items())
    return sorted((text, label) for text, label in seen if text and said.get(text, label) == label)


def _features(model: Model, found: Grams, vectors: Vectors) -> NDArray[np.float32]:
    """Meaning, runs of characters folded into few cells, and a constant; shape (texts, features)."""
    cells = found.text * FOLDED + found.cell % FOLDED
    folded = np.bincount(cells, model.weighed(found), found.texts * FOLDED).reshape(found.texts, FOLDED)
    return np.concatenate([vectors, folded, np.ones((found.texts, 1))], axis=1, dtype=np.float32)
