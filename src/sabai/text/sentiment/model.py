"""The shipped model: what runs of characters say, and what meaning says, as small whole numbers in one file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from sabai.errors import Issue, SabaiError
from sabai.text.sentences import Vectors
from sabai.text.sentiment.grams import Floats, Grams

FOLDER = Path(__file__).parent.parent / "artefact"
SHIPPED = FOLDER / "sentiment.npz"
NETS = 3  # small networks over meaning, alike but for their beginning; their mean errs less than each


@dataclass(frozen=True, slots=True)
class Model:
    """Classes stand in the order negative, neutral, positive.

    `rarity` (cells,) uint8 and `gram_weights` (cells, 2) int8 are multiples of their scales: how telling a cell is, and
    what it says of negative and of positive against neutral. The networks stand side by side: `hidden` (512, NETS × h)
    int8 with a scale a column, `out` (NETS, h, 3).
    """

    rarity: NDArray[np.uint8]
    rarity_scale: float
    gram_weights: NDArray[np.int8]
    gram_scale: Floats
    gram_bias: Floats
    hidden: NDArray[np.int8]
    hidden_scale: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats
    share_of_grams: float
    temperature: float

    @classmethod
    def read(cls, file: Path) -> Self:
        with np.load(file, allow_pickle=False) as kept:
            values: dict[str, Any] = {name: kept[name] for name in cls.__slots__}
        values |= {name: float(value) for name, value in values.items() if value.ndim == 0}
        return cls(**values)

    def chance(self, found: Grams, vectors: Vectors) -> Floats:
        """Shape (texts, 3), rows sum to 1."""
        share = self.share_of_grams
        mixed = share * self.by_grams(found) + (1 - share) * self.by_meaning(vectors)
        return softmax(np.log(np.maximum(mixed, 1e-9)) / self.temperature)

    def by_grams(self, found: Grams) -> Floats:
        """Logistic regression over runs of characters, each weighed by how rare it is."""
        value = self.weighed(found)
        line = np.zeros((found.texts, 3), dtype=np.float32)
        for column, at in enumerate((0, 2)):
            said = value * self.gram_weights[found.cell, column]
            line[:, at] = np.bincount(found.text, said, found.texts) * self.gram_scale[column]
        return softmax(line + self.gram_bias)

    def weighed(self, found: Grams) -> Floats:
        """The value of each run so that all of a text together have the length 1."""
        value: Floats = found.weight * (self.rarity[found.cell] * np.float32(self.rarity_scale))
        length = np.sqrt(np.bincount(found.text, value * value, found.texts))
        value /= np.where(length > 0, length, 1).astype(np.float32)[found.text]
        return value

    def by_meaning(self, vectors: Vectors) -> Floats:
        """The mean of the networks."""
        seen = vectors @ self.hidden.astype(np.float32) * self.hidden_scale + self.hidden_bias
        np.maximum(seen, 0, out=seen)
        each = seen.reshape(len(vectors), NETS, -1)
        said = np.einsum("tnh,nhc->tnc", each, self.out, optimize=True) + self.out_bias
        mean: Floats = softmax(said).mean(axis=1)
        return mean


def softmax(line: NDArray[Any]) -> Floats:
    """
    >>> softmax(np.array([[0.0, 0.0]]))
    array([[0.5, 0.5]], dtype=float32)
    """
    raised: Floats = np.exp(line - line.max(axis=-1, keepdims=True)).astype(np.float32)
    raised /= raised.sum(axis=-1, keepdims=True)
    return raised


@cache
def shipped() -> Model:
    """The model that comes with Sabai. Raises SabaiError TXT-002 where its file is not the one that was shipped."""
    if hashlib.sha256(SHIPPED.read_bytes()).hexdigest() != card()["digest"]:
        raise SabaiError(
            Issue(
                "TXT-002",
                "The model of sentiment is not the one that was shipped.",
                SHIPPED.name,
                "It would say something else of comments than what was measured.",
                'Install Sabai anew: pip install --force-reinstall "sabai[text]"',
            )
        )
    return Model.read(SHIPPED)


@cache
def card() -> dict[str, Any]:
    """What the model was made of, with its licences, its digest, and what it was found to be worth."""
    found: dict[str, Any] = json.loads((FOLDER / "sentiment.json").read_text(encoding="utf-8"))
    return found
