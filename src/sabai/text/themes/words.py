"""Finding the words of a theme in a text, by the rules of the script that each is written in.

- Letters with spaces between words (Latin, Greek, Cyrillic …): whole words, with a plural s.
- Arabic: whole words, with the article, "and", "with", "for" before them and possessive and plural endings behind.
- Katakana: a whole stretch of it, so that ダウン is not found in ダウンロード; four letters and more also in compounds.
- Thai: anywhere, but never cutting a syllable, so that ราคา is not found in เราคาดหวัง.
- Kanji, hiragana and all others: anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sabai.text.themes.letters import plain

OPEN, NOT = "~", "-"
"""slow~ goes on as it likes; -elephant is where nothing is found."""

_ALPHABETS = "0-9a-z\u00b5-\u05ff\u0900-\u0dff\u10a0-\u10ff\u1e00-\u1fff"
_ARABIC = "\u0621-\u064a"
_KATAKANA = "ァ-ヺー"
_THAI = "\u0e01-\u0e4e"
_WRITTEN_BEFORE = "\u0e40-\u0e44"  # Thai vowels that stand before the consonant they follow in speech
_WRITTEN_AFTER = "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e"  # vowels and tones that belong to the consonant before them
_PREFIX = "[وف]?(?:ال|بال|كال|لل|[بكل])?"
_ENDING = "(?:ها|نا|كم|هم|هن|ات|ين|ون|يه|[يكه])"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked for, and where nothing is found: each as it is written, with a piece that must stand in a text."""

    wanted: tuple[tuple[str, str], ...]
    unwanted: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, words: Iterable[str]) -> Words:
        said = [(word.startswith(NOT), plain_word(word.removeprefix(NOT))) for word in words]
        kept = [(unwanted, (_piece(word), word)) for unwanted, word in said if word.strip(OPEN)]
        return cls(
            tuple(dict.fromkeys(word for unwanted, word in kept if not unwanted)),
            tuple(dict.fromkeys(word for unwanted, word in kept if unwanted)),
        )

    def found_in(self, text: str) -> tuple[str, ...]:
        """The words as they stand in a text that went through `plain`, each once, in the order of the text.

        >>> Words.of(["price", "slow~", "-slow motion"]).found_in("slower, and two prices in slow motion, enterprise")
        ('slower', 'prices')
        """
        closed = list(_spans(self.unwanted, text))
        spans = (span for span in _spans(self.wanted, text) if not any(_touch(span, other) for other in closed))
        return tuple(dict.fromkeys(text[first:last] for first, last in sorted(spans)))


def plain_word(word: str) -> str:
    """A word of a theme as it is looked for; wave dashes mean the same as `~`."""
    return " ".join(plain(word.replace("〜", OPEN)).split())


def _spans(words: Iterable[tuple[str, str]], text: str) -> Iterator[Span]:
    """Looking for the piece first is what makes a thousand words quick."""
    for piece, word in words:
        if piece in text:
            yield from (match.span() for match in _pattern(word).finditer(text))


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _piece(word: str) -> str:
    return max((_bare(part)[0] for part in word.strip(OPEN).split(" ")), key=len)


@lru_cache(maxsize=8192)
def _pattern(word: str) -> re.Pattern[str]:
    parts = word.strip(OPEN).split(" ")
    before = "" if word.startswith(OPEN) else _before(parts[0])
    after = f"[{_ALPHABETS}{_ARABIC}{_KATAKANA}]*" if word.endswith(OPEN) else _after(parts[-1])
    return re.compile(f"{before}{' '.join(map(_part, parts))}{after}")


def _part(part: str) -> str:
    piece, opened = _bare(part)
    if not re.match(f"[{_ARABIC}]", part):
        return re.escape(piece)
    return f"{_PREFIX}{re.escape(piece)}(?:ه|ات|ت{_ENDING})" if opened else f"{_PREFIX}{re.escape(piece)}{_ENDING}?"


def _bare(part: str) -> tuple[str, bool]:
    """The part without an Arabic article, and without a closing ة, which opens to ت before an ending."""
    if not re.match(f"[{_ARABIC}]", part):
        return part, False
    bare = part.removeprefix("ال") if len(part) > 4 else part
    return (bare[:-1], True) if bare.endswith("ه") and len(bare) > 2 else (bare, False)


def _before(part: str) -> str:
    barrier = _barrier(part, part[0], _WRITTEN_BEFORE)
    return f"(?<![{barrier}])" if barrier else ""


def _after(part: str) -> str:
    barrier = _barrier(part, part[-1], _WRITTEN_AFTER)
    plural = "s?" if re.match("[a-z]", part[-1]) else ""
    return f"{plural}(?![{barrier}])" if barrier else ""


def _barrier(part: str, edge: str, thai: str) -> str:
    """Letters that may not stand beside the edge of a word."""
    if re.match(f"[{_KATAKANA}]", edge):
        return "" if re.fullmatch(f"[{_KATAKANA}]{{4,}}", part) else _KATAKANA
    beside = ((_ALPHABETS, _ALPHABETS), (_ARABIC, _ARABIC), (_THAI, thai))
    return next((barrier for letters, barrier in beside if re.match(f"[{letters}]", edge)), "")
