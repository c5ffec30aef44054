"""What a comment feels like, and when we would rather not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sabai.progress import Progress, quiet
from sabai.text.cleaned import cleaned
from sabai.text.language import READ, languages
from sabai.text.sentences import Vectors, embedded
from sabai.text.sentiment.grams import Floats, grams
from sabai.text.sentiment.model import Model, shipped
from sabai.text.sentiment.own import Own

SURE = 0.6
NAMES = ("negative", "neutral", "positive")
UNREAD = 255
"""The label of a text of which nothing is left once it is cleaned; its chances are NaN."""
BATCH = 1_024  # texts at once: memory is bounded, whatever comes


@dataclass(frozen=True, slots=True)
class Judged:
    """`label` (texts,): 0 negative, 1 neutral, 2 positive, or `UNREAD`; `chance` (texts, 3) in that order.

    `sure`: one chance is .6 or more and the language is one that was measured. What is not sure is shown as unsure.
    """

    label: NDArray[np.uint8]
    chance: Floats
    sure: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sentiment:
    """Judges with `model`.

    >>> said = Sentiment.shipped().judged(["The support is excellent, thank you!", ""])
    >>> [int(label) for label in said.label]
    [2, 255]
    """

    model: Model

    @classmethod
    def shipped(cls) -> Self:
        return cls(shipped())

    def judged(
        self,
        texts: Sequence[str],
        own: Own | None = None,
        progress: Progress = quiet,
        vectors: Vectors | None = None,
    ) -> Judged:
        """How each text feels; with `own`, what this workspace's own answers teach is blended in. `vectors`: what
        `embedded` said of the texts, where somebody has asked it already.

        Raises UsageError TXT-001 where `sabai[text]` is not installed.
        """
        parts = [Judged(np.zeros(0, np.uint8), np.zeros((0, 3), np.float32), np.zeros(0, np.bool_))]
        for first in range(0, len(texts), BATCH):
            progress("judging comments", first, len(texts))
            part = [cleaned(text) for text in texts[first : first + BATCH]]
            parts.append(self._part(part, embedded(part) if vectors is None else vectors[first : first + BATCH], own))
        return Judged(
            np.concatenate([part.label for part in parts]),
            np.concatenate([part.chance for part in parts]),
            np.concatenate([part.sure for part in parts]),
        )

    def _part(self, texts: list[str], vectors: Vectors, own: Own | None) -> Judged:
        found = grams(texts)
        chance = self.model.chance(found, vectors)
        measured = np.array([code is None or code in READ for code in languages(texts)], dtype=np.bool_)
        if own is not None:
            chance = own.blended(chance, self.model, found, vectors, texts)
            measured |= np.array([text in own.said for text in texts], dtype=np.bool_)
        unread = np.array([not text for text in texts], dtype=np.bool_)
        label = np.where(unread, UNREAD, chance.argmax(axis=1)).astype(np.uint8)
        sure = measured & ~unread & (chance.max(axis=1) >= SURE)
        chance[unread] = np.nan
        return Judged(label, chance, sure)
