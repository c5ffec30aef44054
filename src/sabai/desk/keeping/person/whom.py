"""Who is meant, by all the names that they go by, and whether a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import msgspec

GONE = "erased"
"""What stands where their name stood."""
INSIDE = r"[A-Za-z0-9_]"
SHORTEST = 3
"""A shorter name counts only where it is all that a text says."""


class Whom(msgspec.Struct, frozen=True, dict=True):
    """An account with all its people, or one person. Ids are told apart by capital letters, names are not.

    >>> anna = Whom("contact", "u-7", contacts=("u-7",), emails=("anna@x.example",), names=("Anna Bird",))
    >>> anna.without({"text": "ANNA BIRD of u-7 <Anna@x.example>, not u-77", "n": 7})
    {'text': 'erased of erased <erased>, not u-77', 'n': 7}
    """

    kind: str
    value: str
    accounts: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def in_words(self) -> Whom:
        """The same where colleagues write: they seldom write all of a person's name.

        Only there: a message that says "Bird" may be of another Bird.

        >>> Whom("contact", "u-7", names=("Anna Bird",)).in_words().without("Mrs Bird sees a bird")
        'Mrs erased sees a bird'
        """
        parts = {part for name in self.names for part in name.split() if len(part) > SHORTEST}
        return self if self.kind == "account" else msgspec.structs.replace(self, parts=tuple(sorted(parts)))

    @cached_property
    def ids(self) -> frozenset[str]:
        """By which other systems know them."""
        return frozenset((*self.accounts, *self.contacts, *self.tools))

    @cached_property
    def _whole(self) -> frozenset[str]:
        return self.ids | {each.casefold() for each in (*self.emails, *self.names)}

    @cached_property
    def _words(self) -> tuple[re.Pattern[str], ...]:
        ids, emails = _pattern(self.ids, r"[A-Za-z0-9_-]"), _pattern(self.emails, r"[\w.+-]", re.IGNORECASE)
        names, parts = _pattern(self.names, INSIDE, re.IGNORECASE), _pattern(self.parts, INSIDE)
        return tuple(each for each in (emails, ids, names, parts) if each)

    def is_named(self, told: object) -> bool:
        """Whether anything in it, at whatever depth, names them."""
        return any(self._in(text) for text in _texts(told))

    def without(self, told: Any) -> Any:
        """The same with their names taken out; what names them not at all is the very same object."""
        if isinstance(told, str):
            return self._scrubbed(told)
        if isinstance(told, dict):
            return {
                self._scrubbed(key) if isinstance(key, str) else key: self.without(each) for key, each in told.items()
            }
        if isinstance(told, list | tuple):
            return type(told)(map(self.without, told))
        return told

    def _in(self, text: str) -> bool:
        return text in self.ids or text.casefold() in self._whole or any(word.search(text) for word in self._words)

    def _scrubbed(self, text: str) -> str:
        if text in self.ids or text.casefold() in self._whole:
            return GONE
        for word in self._words:
            text = word.sub(GONE, text)
        return text


def _pattern(words: Iterable[str], inside: str, flags: int = 0) -> re.Pattern[str] | None:
    """Any of the words, the longest first, where none of the characters `inside` a word stands beside it."""
    long = sorted((word for word in words if len(word) >= SHORTEST), key=len, reverse=True)
    return re.compile(rf"(?<!{inside})(?:{'|'.join(map(re.escape, long))})(?!{inside})", flags) if long else None


def _texts(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for key, each in told.items():
            yield from _texts(key)
            yield from _texts(each)
    elif isinstance(told, list | tuple):
        for each in told:
            yield from _texts(each)
