"""The questions of a survey as data, and which of them somebody is asked. Pure: no database, no language but texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

Kind = Literal["nps", "csat", "ces5", "ces7", "rating", "choice", "text"]
SCALES: dict[Kind, tuple[int, int]] = {"nps": (0, 10), "csat": (1, 5), "ces5": (1, 5), "ces7": (1, 7), "rating": (1, 5)}
"""The lowest and the highest answer; a 5-point and a 7-point effort are different measures and stay apart."""

Texts = Mapping[str, str]
"""Language code -> text."""
Given = Mapping[str, "int | str | list[str]"]
"""Key of a question -> what was answered: a number on its scale, a text, or the keys of what was chosen."""


class Choice(msgspec.Struct, frozen=True):
    key: str
    texts: Texts


class Condition(msgspec.Struct, frozen=True):
    """Asked only where an earlier question was answered by one of `among`, or a number from `least` to `most`."""

    question: str
    among: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    def holds(self, given: Given) -> bool:
        answer = given.get(self.question)
        if answer is None:
            return False
        if isinstance(answer, int):
            return (self.least is None or answer >= self.least) and (self.most is None or answer <= self.most)
        said = answer if isinstance(answer, list) else [answer]
        return not self.among or any(each in self.among for each in said)


class Question(msgspec.Struct, frozen=True):
    """`low` and `high` say what the ends of a scale mean; `many`: several choices may be taken."""

    key: str
    kind: Kind
    texts: Texts
    low: Texts = {}
    high: Texts = {}
    choices: tuple[Choice, ...] = ()
    many: bool = False
    required: bool = False
    when: Condition | None = None


class Form(msgspec.Struct, frozen=True):
    """The first question is the one whose answer is a click in the mail; it has a scale and no condition.

    Texts are by language; `fallback` is the language of whoever speaks none of them, and has every text.
    """

    questions: tuple[Question, ...]
    fallback: str = "en"
    subject: Texts = {}
    greeting: Texts = {}
    thanks: Texts = {}

    @property
    def first(self) -> Question:
        return self.questions[0]

    @property
    def languages(self) -> tuple[str, ...]:
        first = self.questions[0].texts if self.questions else {}
        return tuple(dict.fromkeys([self.fallback, *self.subject, *first]))

    def asked(self, given: Given) -> Iterator[Question]:
        """The questions that are asked of somebody who has answered so far as `given`."""
        return (question for question in self.questions if question.when is None or question.when.holds(given))


def read(told: object) -> Form:
    """A form out of what the database keeps; msgspec.ValidationError where it is none."""
    return msgspec.convert(told, Form)


def spoken(texts: Texts, language: str, fallback: str) -> str:
    """The text in that language, else in the fallback, else "".

    >>> spoken({"en": "Why?", "th": "เพราะอะไร"}, "th", "en"), spoken({"en": "Why?"}, "ja", "en")
    ('เพราะอะไร', 'Why?')
    """
    return texts.get(language) or texts.get(language.partition("-")[0]) or texts.get(fallback, "")
