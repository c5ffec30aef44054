"""The short words that people write, and what they stand for. Every reader takes text, or raises ValueError."""

from __future__ import annotations

import re
from datetime import date
from math import isfinite

from sabai.definitions.model import Condition

LONGEST_DAYS = 36_500

_NUMBER = re.compile(r"[+-]?(\d[\d_]*(\.\d*)?|\.\d+)(e[+-]?\d{1,2})?", re.IGNORECASE)
_DAYS = re.compile(r"(-?\d{1,6}) ?([dwy])")
_DURATION = re.compile(r"(\d{1,9}) ?([smhdw])")
_CONDITION = re.compile(r"(>=|<=|==|!=|>|<|=)? ?(.+)")
NAME = r"""[^\s\d.,:;=<>\[\]{}()"'*/\\+@&!#%|~-][^\s.,:;=<>\[\]{}()"'*/\\&!#%|]{0,79}"""  # \w has no Thai vowels
_LENGTH = {"d": 1, "w": 7, "y": 365}
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def number(text: str) -> float:
    """A number; with a percent sign, the hundredth of it.

    >>> number("15"), number("-2.5"), number("50%")
    (15.0, -2.5, 0.5)
    """
    body = text.removesuffix("%").strip()
    if not _NUMBER.fullmatch(body):
        raise ValueError(text)
    value = float(body) / (100 if text.endswith("%") else 1)
    if not isfinite(value):
        raise ValueError(text)
    return value


def whole(text: str) -> int:
    """
    >>> whole("14")
    14
    """
    value = number(text)
    if not value.is_integer():
        raise ValueError(text)
    return int(value)


def count(text: str) -> int:
    """
    >>> count("0"), count("14")
    (0, 14)
    """
    value = whole(text)
    if value < 0:
        raise ValueError(text)
    return value


def days(text: str) -> int:
    """A length of time in days; a year is 365 days.

    >>> days("28d"), days("12w"), days("1y"), days("-7d")
    (28, 84, 365, -7)
    """
    found = _DAYS.fullmatch(text)
    if not found or int(found[1]) * _LENGTH[found[2]] > LONGEST_DAYS:
        raise ValueError(text)
    return int(found[1]) * _LENGTH[found[2]]


def window(text: str) -> int | None:
    """The days of a window; None for one without end ("lifetime", "stage").

    >>> window("28d"), window("lifetime")
    (28, None)
    """
    return None if text in ("lifetime", "stage") else days(text)


def duration(text: str) -> int:
    """A length of time in seconds.

    >>> duration("1h"), duration("2d"), duration("0")
    (3600, 172800, 0)
    """
    if text == "0":
        return 0
    found = _DURATION.fullmatch(text)
    if not found or int(found[1]) * _SECONDS[found[2]] > LONGEST_DAYS * _SECONDS["d"]:
        raise ValueError(text)
    return int(found[1]) * _SECONDS[found[2]]


def calendar_date(text: str) -> date:
    """
    >>> calendar_date("2025-01-31")
    datetime.date(2025, 1, 31)
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def flag(text: str) -> bool:
    """
    >>> flag("yes"), flag("false")
    (True, False)
    """
    if text.lower() not in ("yes", "no", "true", "false"):
        raise ValueError(text)
    return text.lower() in ("yes", "true")


def separator(text: str) -> str:
    """What may stand between columns: one ASCII sign that ends neither a line nor a text.

    >>> separator(";")
    ';'
    """
    if len(text) != 1 or not text.isascii() or text in '"\r\n\0':
        raise ValueError(text)
    return text


def encoding(text: str) -> str:
    """The name of a way to write text as bytes.

    >>> encoding("tis-620")
    'tis-620'
    """
    try:
        "".encode(text)
    except LookupError as error:
        raise ValueError(text) from error
    return text


def condition(metric: str, text: str) -> Condition:
    """A comparison with a number; a number alone means that it equals it.

    >>> condition("people", ">= 3")
    Condition(metric='people', op='>=', value=3.0)
    >>> condition("seat_use", "< 50%").value
    0.5
    """
    found = _CONDITION.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    op = {None: "==", "=": "=="}.get(found[1], found[1])
    return Condition(metric, op, number(found[2]))  # type: ignore[arg-type]


def name(text: str) -> str:
    """A name of a user's own: letters of any alphabet, digits, _ and -, but no dots or spaces.

    >>> name("seat_use")
    'seat_use'
    """
    if not re.fullmatch(NAME, text):
        raise ValueError(text)
    return text
