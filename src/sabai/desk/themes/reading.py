"""Reading texts: in which language they are, how they were meant, and what they are about. Only jobs come here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from sabai.desk.people.models import Workspace
from sabai.desk.themes.models import Reading
from sabai.desk.themes.queries import meaning_of, taxonomy_of
from sabai.text.language import languages
from sabai.text.sentiment import Own, Pair, Sentiment
from sabai.text.sentiment.own import label_of
from sabai.text.themes import Corrected, assigned
from sabai.text.themes.taxonomy import Taxonomy

LABELS = ("negative", "neutral", "positive")
MOST = 5_000  # pairs, and corrections, that are learned from: the newest
NPS_MAX = 10
A_HUNDRED = 100  # more pairs are worth reading everything again


@dataclass(frozen=True, slots=True)
class Read:
    """What a text was found to be; `chance` is that of the most likely feeling, None where nothing can be read."""

    language: str
    sentiment: str
    chance: float | None
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mind:
    """By what a workspace's texts are read: its themes, what its people set right, and what its own answers teach."""

    taxonomy: Taxonomy
    corrected: tuple[Corrected, ...]
    pairs: tuple[Pair, ...]
    own: Own

    def read(self, texts: Sequence[str]) -> list[Read]:
        """Raises UsageError TXT-001 where `sabai[text]` is not installed."""
        judged = Sentiment.shipped().judged(texts, self.own)
        about = assigned(texts, self.taxonomy, self.corrected)
        return [
            Read(
                language or "",
                LABELS[label] if sure else "unsure",
                None if label >= len(LABELS) else round(max(chances), 4),
                themes,
            )
            for language, label, sure, chances, themes in zip(
                languages(texts),
                judged.label.tolist(),
                judged.sure.tolist(),
                judged.chance.tolist(),
                about,
                strict=True,
            )
        ]


def mind_of(workspace: Workspace) -> Mind:
    """Learning takes seconds where there are thousands of answers; what was learned last is kept by who asks often."""
    pairs = _pairs(workspace)
    return Mind(taxonomy_of(workspace), _corrected(workspace), pairs, Own.learned(pairs))


def taught(workspace: Workspace) -> str:
    """A digest of that by which texts are read; another one, and they would be read otherwise."""
    said = [(pair.text, pair.label) for pair in _pairs(workspace, only_by_people=True)]
    many = Reading.of(workspace).filter(kind="response", score__isnull=False).count() // A_HUNDRED
    told = repr((meaning_of(taxonomy_of(workspace)), _corrected(workspace), said, many))
    return blake2b(told.encode(), digest_size=16).hexdigest()


def _corrected(workspace: Workspace) -> tuple[Corrected, ...]:
    rows = Reading.of(workspace).filter(themes_by_person=True).order_by("-corrected_at", "pk")[:MOST]
    return tuple(Corrected(text, tuple(themes)) for text, themes in rows.values_list("text", "themes"))


def _pairs(workspace: Workspace, *, only_by_people: bool = False) -> tuple[Pair, ...]:
    """The newest last; a correction says more than a score."""
    by_people = Reading.of(workspace).filter(sentiment_by_person=True).order_by("-corrected_at", "pk")[:MOST]
    said = [Pair(text, LABELS.index(felt), True) for text, felt in by_people.values_list("text", "sentiment")]
    if only_by_people:
        return tuple(said)
    scored = Reading.of(workspace).filter(
        kind="response", score__isnull=False, scale_max__gt=1, sentiment_by_person=False
    )
    rows = scored.order_by("-at", "-pk").values_list("text", "score", "scale_max")[: MOST - len(said)]
    return tuple(
        [Pair(text, _label(score, most)) for text, score, most in rows if score is not None and most][::-1] + said[::-1]
    )


def _label(score: int, most: int) -> int:
    return label_of(score, 0, most, "nps") if most == NPS_MAX else label_of(score, 1, most)
