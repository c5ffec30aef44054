"""Which language a text is in: by the letters of its scripts, and where many languages share one, by small words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from sabai.text.cleaned import LONGEST
from sabai.text.latin import latin_language
from sabai.text.scripts import NAMES, script_counts

READ = ("th", "ar", "ja", "en")
"""The languages whose sentiment is trained, or measured."""
_ASIDE = re.compile(r"https?://\S+|www\.\S+|[@#][\w.]+|[\w.+-]+@[\w.-]+|&\w+;", re.ASCII)
"""Addresses, names and Latin hashtags: they are the same in all languages."""
_ALONE = {"thai": "th", "hangul": "ko", "greek": "el", "hebrew": "he", "lao": "lo", "khmer": "km", "burmese": "my",
          "georgian": "ka", "armenian": "hy", "tamil": "ta"}  # fmt: skip
_WORTH = {"latin": 0.2, "kana": 2.0, "han": 2.0, "hangul": 2.0}
"""What a letter counts beside others: names of products are Latin everywhere, and one Han character is half a word."""
_CHINESE = re.compile("[的了们们这那你您吗呢吧没说过还给让她它们]")
_FOREIGN_LETTERS = 0.08  # of the letters; dialects and ornaments borrow fewer
_KANA_AMONG_HAN = 0.04  # fewer of them, and it is Chinese that quotes Japanese
_UKRAINIAN, _RUSSIAN = re.compile("[іїєґ]", re.IGNORECASE), re.compile("[ыэёъ]", re.IGNORECASE)


def language_of(text: str) -> str | None:
    """The ISO 639 code, or None where no letter stands or many languages come into question.

    >>> language_of("ระบบช้ามาก"), language_of("The app is slow"), language_of("👍 100%")
    ('th', 'en', None)
    """
    return languages([text])[0]


def languages(texts: Sequence[str]) -> list[str | None]:
    """The language of each text, at once; text need not be cleaned.

    Where scripts are mixed, the language that most of the text is in: a Thai sentence full of Latin names is Thai.
    """
    plain = [_ASIDE.sub(" ", unicodedata.normalize("NFKC", text[:LONGEST])) for text in texts]
    return [_of(text, _weights(row)) for text, row in zip(plain, script_counts(plain).tolist(), strict=True)]


def _weights(row: list[int]) -> dict[str, float]:
    """How much of the text each script is."""
    return {name: many * _WORTH.get(name, 1.0) for name, many in zip(NAMES, row, strict=True) if name != "none"}


def _of(text: str, weight: Mapping[str, float]) -> str | None:
    heads = {"persian": "arabic", "urdu": "arabic", "kana": "han"}  # they are written among the letters of the other
    together: dict[str, float] = {}
    for name, much in weight.items():
        together[heads.get(name, name)] = together.get(heads.get(name, name), 0.0) + much
    most = max(together, key=lambda name: together[name])
    if not together[most]:
        return None
    if most in _ALONE:
        return _ALONE[most]
    among = _AMONG.get(most)
    return among(text, weight) if among else None


def _han(text: str, weight: Mapping[str, float]) -> str:
    """Japanese has kana; without, Chinese shows in characters that Japanese writes otherwise or not at all."""
    if weight["kana"] > _KANA_AMONG_HAN * (weight["kana"] + weight["han"]):
        return "ja"
    return "zh" if _CHINESE.search(text) else "ja"


def _arabic(text: str, weight: Mapping[str, float]) -> str:
    letters = weight["arabic"] + weight["persian"] + weight["urdu"]
    if weight["urdu"] > _FOREIGN_LETTERS * letters:
        return "ur"
    return "fa" if weight["persian"] > _FOREIGN_LETTERS * letters else "ar"


def _cyrillic(text: str, weight: Mapping[str, float]) -> str | None:
    if _UKRAINIAN.search(text):
        return "uk"
    return "ru" if _RUSSIAN.search(text) else None


def _latin(text: str, weight: Mapping[str, float]) -> str:
    return latin_language(text)


_AMONG: dict[str, Callable[[str, Mapping[str, float]], str | None]] = {
    "latin": _latin,
    "han": _han,
    "arabic": _arabic,
    "cyrillic": _cyrillic,
}
"""How languages that share a script are told apart."""
