"""What can stand behind a key: a word, a list, named things, a mapping with known keys, or one of several of these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sabai.definitions import words


@dataclass(frozen=True, slots=True)
class Word:
    """A single value. `what` completes the sentence "this must be ..."."""

    what: str
    read: Callable[[str], object] = str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": ["string", "number", "boolean"]})


@dataclass(frozen=True, slots=True)
class Many:
    """A list; where `alone`, one of it may stand without brackets."""

    what: str
    of: Kind
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """Things under names: free names of the user's own, or where `choices` are given, only these."""

    what: str
    of: Kind
    name: Word
    choices: Mapping[str, str] = field(default_factory=dict)  # word -> what it means


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    kind: Kind
    doc: str
    default: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping whose keys are known."""

    what: str
    keys: tuple[Key, ...]

    def key(self, name: str) -> Key | None:
        return next((key for key in self.keys if key.name == name), None)

    @property
    def names(self) -> list[str]:
        return [key.name for key in self.keys]


@dataclass(frozen=True, slots=True)
class Forms:
    """A mapping in one of several forms; the first key of a form tells it from the others."""

    what: str
    forms: tuple[Keys, ...]

    def form(self, name: str) -> Keys | None:
        return next((form for form in self.forms if form.keys[0].name == name), None)

    @property
    def names(self) -> list[str]:
        return [form.keys[0].name for form in self.forms]


@dataclass(frozen=True, slots=True)
class Either:
    """A word, a list or a mapping: which of them is seen from how it is written."""

    what: str
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """A kind that is described elsewhere under this name (a metric inside a metric)."""

    name: str


Kind = Word | Many | Named | Keys | Forms | Either | Again


def choice(*choices: str) -> Word:
    """One of a few words."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return Word(" or ".join(choices), read, {"enum": list(choices)})


_TEXT = {"type": "string"}
_NUMBER = {"type": "number"}

TEXT = Word("a text", str)
NAME = Word("a name without dots, spaces or brackets", words.name, {**_TEXT, "pattern": f"^{words.NAME}$"})
NUMBER = Word("a number", words.number, {"anyOf": [_NUMBER, {**_TEXT, "pattern": r"^[+-]?[\d_.]+%?$"}]})
COUNT = Word("a whole number from 0 up", words.count, {"type": "integer", "minimum": 0})
WHOLE = Word("a whole number", words.whole, {"type": "integer"})
SHARE = Word("a share such as 50%", words.number, {"anyOf": [_NUMBER, {**_TEXT, "pattern": r"^[\d.]+%$"}]})
DAYS = Word("a length such as 28d, 12w or 1y", words.days, {**_TEXT, "pattern": r"^\d+ ?[dwy]$"})
WINDOW = Word(
    "a window such as 28d, 12w, 1y, lifetime or stage",
    words.window,
    {**_TEXT, "pattern": r"^(\d+ ?[dwy]|lifetime|stage)$"},
)
DURATION = Word(
    "a length such as 30m, 1h or 2d",
    words.duration,
    {"anyOf": [{**_TEXT, "pattern": r"^\d+ ?[smhdw]$"}, {"const": 0}]},
)
DATE = Word("a date such as 2025-01-31", words.calendar_date, {**_TEXT, "pattern": r"^\d{4}-\d{2}-\d{2}$"})
SEPARATOR = Word('one sign such as ";" or a tab', words.separator, _TEXT)
ENCODING = Word("an encoding such as utf-8, cp874, shift_jis or cp1256", words.encoding, _TEXT)
FLAG = Word("yes or no", words.flag, {"enum": ["yes", "no", True, False]})
CONDITION = Word(
    'a comparison such as ">= 3"',
    lambda text: words.condition("", text),
    {"anyOf": [_NUMBER, {**_TEXT, "pattern": r"^ *(>=|<=|==|!=|>|<|=)? *[+-]?[\d_.]+%? *$"}]},
)
