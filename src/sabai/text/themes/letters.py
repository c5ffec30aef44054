"""Text as words are looked for in it: small letters, one way to write what people write in several."""

from __future__ import annotations

import re

from sabai.text.cleaned import cleaned

_ONE_WAY = str.maketrans(
    dict.fromkeys("أإآٱ", "ا")
    | dict.fromkeys("ىئی", "ي")
    | {"ؤ": "و", "ة": "ه", "ک": "ك", "ء": "", "ـ": ""}  # Arabic: hamza and final letters are often left out
    | dict.fromkeys("'’‘`´", "")  # can't, cant
    | dict.fromkeys("-‐‑‒–—_/", " ")
)
_VOWEL_SIGNS = re.compile("[\u064b-\u065f\u0670]")
_DRAWN_OUT = re.compile(r"([^\W\d])\1{2,}")


def plain(text: str) -> str:
    """The text cleaned, in small letters, without apostrophes, hyphens, Arabic vowel signs and drawn-out letters.

    >>> plain("Can’t log-in, sooooo SLOW"), plain("الأَسْعار"), plain("ช้ามากกกก")
    ('cant log in, so slow', 'الاسعار', 'ช้ามาก')
    """
    small = _VOWEL_SIGNS.sub("", cleaned(text).casefold()).translate(_ONE_WAY)
    whole = small.replace("\u0e4d\u0e32", "\u0e33")  # NFKC takes a Thai vowel apart
    return " ".join(_DRAWN_OUT.sub(r"\1", whole).split())
