"""By what an account is found: its name and its id without what people leave out when they type."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

from django.db import models

_MARKS = re.compile("[\u0300-\u036f\u0640\u064b-\u0652\u0670]")  # accents; what Arabic is mostly written without
_SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_SAME = str.maketrans(
    {chr(kana): chr(kana - 0x60) for kana in range(0x30A1, 0x30F7)}  # katakana as hiragana
    | dict(zip("أإآٱىةؤئ", "اااايهوي", strict=True))
)


def searchable(*texts: str) -> str:
    """One text that contains each of its words however it is typed: width, case, accents, kana, Arabic vowels.

    The same goes over what is searched for. Thai vowels and tones stay: they make other words.

    >>> searchable("Chloé's ＣＡＦÉ", "A-7"), searchable("サクラ"), searchable("أَحْمَد")
    ("chloe's cafe a-7", 'さくら', 'احمد')
    """
    bare = _MARKS.sub("", normalize("NFKD", " ".join(texts).casefold()))
    return _SPACES.sub(" ", normalize("NFC", normalize("NFKC", bare).casefold()).translate(_SAME)).strip()


class FoundBy(models.TextField):  # type: ignore[type-arg]
    """Fills itself from `name` and `account_id` whenever a row is saved or made; a bulk update must set it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given | {"default": "", "blank": True, "editable": False})

    def pre_save(self, row: Any, add: bool) -> str:
        row.found_by = searchable(row.name, row.account_id)
        return str(row.found_by)
