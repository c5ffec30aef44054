"""Which answers a list shows: all of it stands in its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from sabai.desk.look.address import address
from sabai.desk.responses.models import STATES, SUSPICIONS
from sabai.desk.themes.models import FEELINGS

MOODS = ("unhappy", "neutral", "happy")
DOUBTS = (*filter(None, SUSPICIONS), "counted")
DAYS = (7, 30, 90, 365)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`survey` and `account` are numbers of rows, 0 for all; `days` is how far back; `said` wants a comment, `theme`
    and `feeling` say what it is about and how it was meant."""

    q: str = ""
    survey: int = 0
    mood: str = ""
    account: int = 0
    language: str = ""
    state: str = ""
    doubt: str = ""
    days: int = 0
    said: str = ""
    theme: str = ""
    feeling: str = ""
    page: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        """What cannot be meant is left out.

        >>> Wanted.of({"mood": "happy", "survey": "x", "state": "done", "q": " slow "}) == Wanted("slow", mood="happy")
        True
        """
        return cls(
            q=given.get("q", "").replace("\0", "").strip()[:200],
            survey=_number(given, "survey"),
            mood=_among(given, "mood", MOODS),
            account=_number(given, "account"),
            language=given.get("language", "").replace("\0", "")[:20],
            state=_among(given, "state", STATES),
            doubt=_among(given, "doubt", DOUBTS),
            days=_number(given, "days") if given.get("days", "") in map(str, DAYS) else 0,
            said="yes" if given.get("said") == "yes" else "",
            theme=given.get("theme", "").replace("\0", "")[:60],
            feeling=_among(given, "feeling", FEELINGS),
            page=_number(given, "page") or 1,
        )

    @property
    def narrowed(self) -> bool:
        return replace(self, page=1) != Wanted()

    def address(self, **changes: str | int) -> str:
        """The query that asks for the same but for the changes; a change of anything begins at the first page.

        >>> Wanted(mood="happy", page=3).address(survey=7)
        '?survey=7&mood=happy'
        """
        return address(self, changes)


def _among(given: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    return given.get(name, "") if given.get(name) in known else ""


def _number(given: Mapping[str, str], name: str) -> int:
    """A number that a row may have, or 0."""
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 15 else 0
