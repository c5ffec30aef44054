"""Who is happy and who is not, by what they answered first."""

from __future__ import annotations

from typing import Literal

from sabai.desk.surveys.form import SCALES, Kind

Mood = Literal["unhappy", "neutral", "happy", ""]
ENDS: dict[Kind, tuple[int, int]] = {"nps": (6, 9), "csat": (2, 4), "ces5": (2, 4), "ces7": (3, 6), "rating": (2, 4)}
"""Up to the first one is unhappy, from the second on happy; of an effort high is easy."""


def mood(kind: Kind, score: int | None) -> Mood:
    """ "" where nobody said.

    >>> mood("nps", 6), mood("nps", 8), mood("ces7", 7), mood("choice", None)
    ('unhappy', 'neutral', 'happy', '')
    """
    if score is None or kind not in SCALES:
        return ""
    low, high = ENDS[kind]
    return "unhappy" if score <= low else "happy" if score >= high else "neutral"
