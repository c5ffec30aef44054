"""New themes for a person to approve: groups of texts that are about no theme yet, named by the words they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from sabai.progress import Progress, quiet
from sabai.text.cleaned import cleaned
from sabai.text.sentences import Vectors, embedded
from sabai.text.themes.groups import grouped
from sabai.text.themes.taxonomy import OTHER, Taxonomy
from sabai.text.themes.terms import as_written, terms_of

LEAST = 5  # different texts
BELONGS = 0.45  # the cosine to its group's centre from which on a text is shown with the group
TIGHT = 0.5
NOTHING = 0.6  # so near to a sentence about nothing, a text is left out
MOST_TEXTS = 5_000
"""Of more texts that are left, these many are drawn evenly: groups that matter show in them."""
MOST_TERMS = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A group of texts, as their indexes, the most typical first; `terms` that tell it from all other texts;
    `tight`: the mean cosine of its texts to their centre, 1 where they all mean the same."""

    texts: tuple[int, ...]
    terms: tuple[str, ...]
    tight: float

    @property
    def size(self) -> int:
        return len(self.texts)


def suggested(
    texts: Sequence[str],
    themes: Sequence[Sequence[str]],
    taxonomy: Taxonomy,
    least: int = LEAST,
    progress: Progress = quiet,
) -> list[Suggestion]:
    """Groups among the texts whose `themes` are empty, the largest first: each of at least `least` different texts,
    half of which share a term. The same texts give the same groups.

    Raises UsageError TXT-001 where `sabai[text]` is not installed.
    """
    places = _places(texts, themes)
    apart = [*places][:: max(1, len(places) // MOST_TEXTS)]
    if len(apart) < least:
        return []
    rows = embedded(apart, progress)
    says = ~_about_nothing(rows, taxonomy)
    apart, rows = [text for text, kept in zip(apart, says, strict=True) if kept], rows[says]
    terms = terms_of(texts)
    counts = counted(terms)
    groups = (_group(rows, at) for at in _members(rows, least))
    found = [
        Suggestion(at, as_written(names, [texts[each] for each in at]), tight)
        for members, tight in groups
        if len(members) >= least and tight >= TIGHT
        if (at := tuple(place for member in members for place in places[apart[member]]))
        if (names := telling(at, terms, counts)) and _named_by(names, at, terms)
    ]
    return sorted(found, key=lambda each: (-each.size, each.texts))


def telling(
    members: Iterable[int], terms: Sequence[frozenset[str]], counts: Counter[str] | None = None
) -> tuple[str, ...]:
    """The terms that stand in the members far more often than in all other texts, and in at least two: by their
    log-odds with a prior of all texts (Monroe, Colaresi and Quinn 2008). A term that is a part of a better one is left
    out. `counts`: in how many texts each term stands.

    >>> telling([0, 1], [frozenset({"printer", "jam"}), frozenset({"printer"}), frozenset({"price"})])
    ('printer',)
    """
    inside = set(members)
    here: Counter[str] = Counter(term for each in inside for term in terms[each])
    all_ = counted(terms) if counts is None else counts
    shared = {term: _surprise(here[term], all_[term], len(inside), len(terms)) for term in here if here[term] > 1}
    chosen: list[str] = []
    for term in sorted(shared, key=lambda term: (-shared[term], -len(term), term)):
        if (
            shared[term] > 0
            and len(chosen) < MOST_TERMS
            and not any(term in other or other in term for other in chosen)
        ):
            chosen.append(term)
    return tuple(chosen)


def counted(terms: Iterable[frozenset[str]]) -> Counter[str]:
    """In how many texts each term stands."""
    return Counter(term for each in terms for term in each)


def _named_by(names: Sequence[str], members: Sequence[int], terms: Sequence[frozenset[str]]) -> bool:
    """Whether half of the texts have one of the terms: what shares no words is a mood, and no theme."""
    return 2 * sum(not terms[each].isdisjoint(names) for each in members) >= len(members)


def _surprise(here: int, all_: int, members: int, texts: int) -> float:
    """How many standard errors the log-odds of a term within the group lie above those outside."""
    outside, prior = all_ - here, all_ / texts
    inside_odds = (here + prior) / (members - here + 1)
    outside_odds = (outside + prior) / (texts - members - outside + 1)
    return (log(inside_odds) - log(outside_odds)) / sqrt(1 / (here + prior) + 1 / (outside + prior))


def _places(texts: Sequence[str], themes: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Where each different text stands that is about no theme."""
    places: dict[str, list[int]] = {}
    for at, (text, about) in enumerate(zip(texts, themes, strict=True)):
        if not about and (clean := cleaned(text)):
            places.setdefault(clean, []).append(at)
    return places


def _about_nothing(rows: Vectors, taxonomy: Taxonomy) -> NDArray[np.bool_]:
    sentences = [sentence for theme in taxonomy if theme.id == OTHER for sentence in theme.sentences]
    if not sentences:
        return np.zeros(len(rows), dtype=bool)
    return np.asarray((rows @ embedded(sentences).T).max(axis=1) >= NOTHING)


def _members(rows: Vectors, least: int) -> Iterable[NDArray[np.intp]]:
    if len(rows) < least:
        return
    groups = grouped(rows, max(2, min(40, len(rows) // least)))
    for each in range(len(groups.centre)):
        yield np.flatnonzero(groups.group == each)


def _group(rows: Vectors, members: NDArray[np.intp]) -> tuple[list[int], float]:
    """The members near their centre, the nearest first, and how near they are in the mean."""
    centre = rows[members].sum(axis=0)
    near = rows[members] @ (centre / max(float(np.linalg.norm(centre)), 1e-6))
    order = [int(at) for at in np.argsort(-near, kind="stable") if near[at] >= BELONGS]
    return [int(members[at]) for at in order], float(near[order].mean()) if order else 0.0
