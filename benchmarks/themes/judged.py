"""How well themes are found: macro-F1 over themes and "other", beside searching for the same words as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.themes.labelled import LANGUAGES, OTHER, Comment, comments
from sabai.text.themes import Corrected, assigned
from sabai.text.themes.taxonomy import Taxonomy, shipped

Found = Sequence[frozenset[str]]
Way = Callable[[Sequence[str], Taxonomy], Found]


def by_search(texts: Sequence[str], taxonomy: Taxonomy) -> Found:
    """What a search for the words finds, wherever the letters stand."""
    words = {theme.id: _searched(theme.words.values()) for theme in taxonomy}
    return [
        frozenset(theme for theme, said in words.items() if any(word in text.casefold() for word in said)) or {OTHER}
        for text in texts
    ]


def by_words(texts: Sequence[str], taxonomy: Taxonomy) -> Found:
    """Our own way to look for words, without meanings."""
    return ours(texts, tuple(replace(theme, sentences=()) for theme in taxonomy))


def ours(texts: Sequence[str], taxonomy: Taxonomy, corrected: Sequence[Corrected] = ()) -> Found:
    return [frozenset(themes or (OTHER,)) for themes in assigned(texts, taxonomy, corrected)]


def short(taxonomy: Taxonomy, most: int = 4) -> Taxonomy:
    """The taxonomy as somebody would begin their own: a few words a language."""
    return tuple(
        replace(theme, words={language: words[:most] for language, words in theme.words.items()}) for theme in taxonomy
    )


def macro_f1(found: Found, true: Found) -> float:
    """The mean over themes that are true or found somewhere.

    >>> macro_f1([frozenset("a"), frozenset("b")], [frozenset("a"), frozenset("a")])
    0.3333333333333333
    """
    themes = sorted(frozenset().union(*found, *true))
    return float(
        np.mean([_f1([theme in each for each in found], [theme in each for each in true]) for theme in themes])
    )


def micro_f1(found: Found, true: Found) -> float:
    """Over all themes of all texts at once; "other" is what is left and does not count."""
    both = sum(len((a & b) - {OTHER}) for a, b in zip(found, true, strict=True))
    return 2 * both / sum(len(each - {OTHER}) for each in (*found, *true))


def agreement() -> tuple[int, float, float]:
    """Comments that were read twice, the share with the same labels, and Cohen's kappa, the mean over themes."""
    twice = [each for each in comments() if each.first and each.second]
    themes = sorted(frozenset().union(*(each.first | each.second for each in twice)))
    pairs = [([theme in each.first for each in twice], [theme in each.second for each in twice]) for theme in themes]
    same = sum(each.first == each.second for each in twice) / len(twice)
    return len(twice), same, float(np.mean([_kappa(*pair) for pair in pairs]))


def table(among: Sequence[Comment], taxonomy: Taxonomy | None = None) -> list[tuple[str, int, list[float]]]:
    """For each language and for all: how many comments, then macro-F1 by search, by words and by both."""
    ways: tuple[Way, ...] = (by_search, by_words, ours)
    taxonomy = taxonomy or shipped()
    found = [way([each.text for each in among], taxonomy) for way in ways]
    rows = []
    for language in (*LANGUAGES, ""):
        at = [index for index, each in enumerate(among) if each.language == language or not language]
        true = [among[index].themes for index in at]
        rows.append((language, len(at), [macro_f1([each[index] for index in at], true) for each in found]))
    return rows


def _searched(by_language: Iterable[tuple[str, ...]]) -> list[str]:
    return [word.strip("~").casefold() for words in by_language for word in words if not word.startswith("-")]


def _f1(found: list[bool], true: list[bool]) -> float:
    return 2 * sum(a and b for a, b in zip(found, true, strict=True)) / (sum(found) + sum(true))


def _kappa(first: list[bool], second: list[bool]) -> float:
    a, b = np.array(first), np.array(second)
    by_chance = a.mean() * b.mean() + (1 - a.mean()) * (1 - b.mean())
    return float(((a == b).mean() - by_chance) / (1 - by_chance))
