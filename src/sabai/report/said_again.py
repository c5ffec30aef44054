"""Sentences that rooms without languages wrote in English, said again in the reader's.

A written sentence is recognised by a message with names for what was filled in, taken apart, and said in other words.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from sabai.language.catalogues import SOURCE
from sabai.language.language import Language

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_IN_WORDS = re.compile(r"(?<![\w\"/.-])\d{4}-\d\d-\d\d(?![\w\"/-]|\.\w)")
_BELOW_ZERO = re.compile(r"(?<![\w.,/-])-(?=\d)")
_VALUE = re.compile(r"%\\\((\w+)\\\)s")


def said_again(sentence: str, messages: tuple[str, ...], language: Language) -> str:
    """In the words of the language, by the first of the messages that fits; as it was written where none does.

    >>> from sabai.language.language import speak
    >>> said_again('"green" is not a band.', ('"%(word)s" is not a band.',), speak("ja"))
    '「\u2068green\u2069」という区分はありません。'
    >>> said_again("Nobody left before 2026-06-01.", (), speak("en"))
    'Nobody left before Jun 1, 2026.'
    """
    in_source = language.code == SOURCE
    if in_source:
        messages = tuple(each for each in messages if language.catalogue.gettext(each) != each)
    for message, pattern in _patterns(messages):
        found = pattern.fullmatch(sentence)
        if found:
            return language.gettext(
                message, **{name: _own(value, language) for name, value in found.groupdict().items()}
            )
    if not in_source:
        return sentence
    return _IN_WORDS.sub(lambda found: _day(found[0], language), _with_minus(sentence, language))


def _own(value: str, language: Language) -> str:
    """What was filled in: a date and a minus as the language writes them, all else as it was."""
    return _day(value, language) if _DATE.fullmatch(value) else _apart(_with_minus(value, language))


def _with_minus(text: str, language: Language) -> str:
    """Numbers below zero as the other numbers of the page."""
    return _BELOW_ZERO.sub(language.show.minus, text)


def _day(value: str, language: Language) -> str:
    """A date as the language writes it; what only looks like one, as it was."""
    try:
        return language.show.date(date.fromisoformat(value))
    except ValueError:
        return _apart(value)


def _apart(value: str) -> str:
    """Kept from turning around the words beside it; where there are no letters, its sign stays before its digits."""
    opens = "\u2068" if any(map(str.isalpha, value)) else "\u2066"
    return f"{opens}{value}\u2069"


@cache
def _patterns(messages: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (message, re.compile(_VALUE.sub(r"(?P<\1>.*)", re.escape(message)).replace("%%", "%"), re.DOTALL))
        for message in messages
    )
