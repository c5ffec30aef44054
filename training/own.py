"""What a workspace's own pairs are worth: Japanese reviews stand for a workspace; the model has never seen any."""

from __future__ import annotations

from typing import Any

import numpy as np

from sabai.text.sentiment.grams import grams
from sabai.text.sentiment.model import Model
from sabai.text.sentiment.own import Own, Pair
from training.figures import figures
from training.sets import SETS, Texts

STANDS_FOR_A_WORKSPACE = "amazon_reviews_ja"
PAIRS = (30, 60, 250, 1_000)
SEED = 7


def own_figures(model: Model, texts: Texts) -> dict[str, Any]:
    """Figures on the other reviews after so many, drawn with a seed, were the workspace's own."""
    here = (texts.of == [each.name for each in SETS].index(STANDS_FOR_A_WORKSPACE)).nonzero()[0]
    drawn = np.random.default_rng(SEED).permutation(here)
    rows = drawn[max(PAIRS) :]
    asked = [texts.text[row] for row in rows]
    found, vectors = grams(asked), texts.vectors[rows]
    chance = model.chance(found, vectors)
    told = {"0": figures(chance, texts.label[rows])}
    for many in PAIRS:
        own = Own.learned([Pair(texts.text[row], int(texts.label[row])) for row in drawn[:many]], model)
        told[str(many)] = figures(own.blended(chance, model, found, vectors, asked), texts.label[rows])
    return told
