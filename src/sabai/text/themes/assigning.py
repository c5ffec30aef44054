"""Which themes a text speaks of: by its words, else by what it means, and before both by what a person said.

1. Where somebody corrected a text that means nearly the same, the themes are those of the correction.
2. Else all themes of which a word stands in the text.
3. Else the one theme whose sentences, and corrected texts, the text is near; that may be "other", which is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sabai.progress import Progress, quiet
from sabai.text.sentences import Vectors, embedded
from sabai.text.themes.letters import plain
from sabai.text.themes.taxonomy import OTHER, Taxonomy, Theme
from sabai.text.themes.words import Words

ALIKE = 0.6
"""From this cosine on, nearest comments had the same labels in 44 of 46 pairs; words alone were right for 40."""
NEAR = 0.38
"""From this nearness on a theme is believed. Both were set on the half of the labelled comments that is for tuning."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a person said that a text speaks of; no themes: of none."""

    text: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assigned:
    """The themes of one text, in the order of the taxonomy, and what they were seen by.

    `nearness` is that to the theme or the corrected text, 0 where words were enough.
    """

    themes: tuple[str, ...]
    by: Literal["person", "words", "meaning", "nothing"]
    words: tuple[str, ...] = ()
    nearness: float = 0.0


def assigned(
    texts: Sequence[str], taxonomy: Taxonomy, corrected: Sequence[Corrected] = (), progress: Progress = quiet
) -> list[tuple[str, ...]]:
    """The ids of the themes of each text; empty: other.

    Raises UsageError TXT-001 where `sabai[text]` is not installed.

    >>> from sabai.text.themes.taxonomy import shipped
    >>> assigned(["ราคาแพงและช้ามาก", "Your invoice is wrong again"], shipped())
    [('price', 'speed'), ('billing',)]
    """
    return [each.themes for each in explained(texts, taxonomy, corrected, progress)]


def explained(
    texts: Sequence[str], taxonomy: Taxonomy, corrected: Sequence[Corrected] = (), progress: Progress = quiet
) -> list[Assigned]:
    """The themes of each text, with why."""
    words = [(theme.id, _words(theme.words.values())) for theme in taxonomy if theme.id != OTHER]
    by_words = [_by_words(plain(text), words) for text in texts]
    asked = range(len(texts)) if corrected else [at for at, each in enumerate(by_words) if not each.themes]
    by_meaning = _by_meaning([texts[at] for at in asked], taxonomy, corrected, progress)
    for at, meant in zip(asked, by_meaning, strict=True):
        if meant.by == "person" or not by_words[at].themes:
            by_words[at] = meant
    return by_words


def _by_words(text: str, words: Sequence[tuple[str, Words]]) -> Assigned:
    stood = {theme: said for theme, of_it in words if (said := of_it.found_in(text))}
    each = tuple(dict.fromkeys(word for said in stood.values() for word in said))
    return Assigned(tuple(stood), "words" if stood else "nothing", each)


def _by_meaning(
    texts: Sequence[str], taxonomy: Taxonomy, corrected: Sequence[Corrected], progress: Progress
) -> list[Assigned]:
    if not texts:
        return []
    vectors = embedded(texts, progress)
    taught = embedded([each.text for each in corrected])
    known = {theme.id for theme in taxonomy} - {OTHER}
    themes = [tuple(theme.id for theme in taxonomy if theme.id in set(each.themes) & known) for each in corrected]
    like = vectors @ taught.T if corrected else np.zeros((len(texts), 1), dtype=np.float32)
    near = _nearness(vectors, [_rows(theme, taught, themes) for theme in taxonomy])
    return [
        Assigned(themes[int(row.argmax())], "person", (), float(row.max()))
        if corrected and row.max() >= ALIKE
        else _nearest(taxonomy, to)
        for row, to in zip(like, near, strict=True)
    ]


def _rows(theme: Theme, taught: Vectors, themes: Sequence[tuple[str, ...]]) -> Vectors:
    """The meanings that stand for a theme: of its sentences, and of the texts that people gave to it."""
    of_it = [theme.id in given or (theme.id == OTHER and not given) for given in themes]
    return np.concatenate([_sentences(theme.sentences), taught[np.array(of_it, dtype=bool)]])


def _nearness(vectors: Vectors, groups: Sequence[Vectors]) -> NDArray[np.float32]:
    """How near each text is to each theme, shape (texts, themes): the mean of the cosines to its centre and to the
    nearest of its rows. A theme that nothing stands for is near nothing."""
    near = np.full((len(vectors), len(groups)), -1.0, dtype=np.float32)
    for at, rows in enumerate(groups):
        if len(rows):
            centre = rows.mean(axis=0)
            near[:, at] = (vectors @ (centre / np.linalg.norm(centre)) + (vectors @ rows.T).max(axis=1)) / 2
    return near


def _nearest(taxonomy: Taxonomy, near: NDArray[np.float32]) -> Assigned:
    if not taxonomy:
        return Assigned((), "nothing")
    theme, nearness = taxonomy[int(near.argmax())].id, float(near.max())
    if theme == OTHER or nearness < NEAR:
        return Assigned((), "nothing", (), nearness)
    return Assigned((theme,), "meaning", (), nearness)


def _words(by_language: Iterable[tuple[str, ...]]) -> Words:
    return _looked_for(tuple(word for words in by_language for word in words))


@lru_cache(maxsize=256)
def _looked_for(words: tuple[str, ...]) -> Words:
    return Words.of(words)


@lru_cache(maxsize=256)
def _sentences(sentences: tuple[str, ...]) -> Vectors:
    return embedded(sentences)
