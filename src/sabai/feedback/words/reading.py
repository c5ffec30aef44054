"""Who reads the words: `sabai.text`, where its extra is installed. Nobody else reads them, and then that is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import OwnTheme
from sabai.errors import UsageError
from sabai.metrics.grid import Floats
from sabai.progress import Progress, quiet
from sabai.text.cleaned import cleaned
from sabai.text.sentiment.judged import Sentiment
from sabai.text.sentiment.own import Own, Pair, label_of
from sabai.text.themes.assigning import assigned
from sabai.text.themes.taxonomy import taxonomy

NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in some texts, one entry each. `mood` is NEGATIVE, NEUTRAL or POSITIVE, `sure` whether it was clear
    enough to count; `leaning` runs from −1 to 1; `themes` are the ids of what it is about. `names` are those of themes,
    by id, then by language."""

    clean: tuple[str, ...]
    mood: NDArray[np.uint8]
    sure: NDArray[np.bool_]
    leaning: Floats
    themes: tuple[tuple[str, ...], ...]
    names: Mapping[str, Mapping[str, str]]


Reader = Callable[[Sequence[str]], Read]
Scored = tuple[str, float, float, float, str]
"""A comment with its score, both ends of its scale, and the kind of the survey."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Why the words were not read."""

    reason: str


def read(texts: Sequence[str], reader: Reader) -> Read | Unread:
    """Each different text is read once. Without the extra: why not, and what to install."""
    different = sorted(set(texts))
    try:
        once = reader(different)
    except UsageError as error:
        return Unread(" ".join(filter(None, (error.issues[0].what, error.issues[0].hint))))
    place = {text: at for at, text in enumerate(different)}
    at = np.array([place[text] for text in texts], dtype=np.intp)
    clean, themes = (tuple(of[each] for each in at) for of in (once.clean, once.themes))
    return Read(clean, once.mood[at], once.sure[at], once.leaning[at], themes, once.names)  # type: ignore[arg-type]


def shipped(own: Sequence[OwnTheme], scored: Sequence[Scored], progress: Progress = quiet) -> Reader:
    """The model and the themes that come with Sabai, with those of the definitions; the company's own scores beside
    comments teach it from some thirty on. Reading raises UsageError TXT-001 where the extra is not installed."""

    def reading(texts: Sequence[str]) -> Read:
        taught = Own.learned(
            [Pair(text, label_of(score, low, high, _kind(kind))) for text, score, low, high, kind in scored]
        )
        judged = Sentiment.shipped().judged(texts, taught, progress)
        themes = taxonomy(own)
        return Read(
            tuple(map(cleaned, texts)),
            judged.label,
            judged.sure,
            (judged.chance[:, POSITIVE] - judged.chance[:, NEGATIVE]).astype(np.float64),
            tuple(assigned(texts, themes, progress=progress)),
            {theme.id: {code: theme.called(code) for code in ("en", *theme.name)} for theme in themes},
        )

    return reading


def _kind(kind: str) -> Literal["nps", "rating"]:
    return "nps" if kind == "nps" else "rating"
