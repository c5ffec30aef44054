"""How many letters of which script stand in each of many texts, counted at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

NAMES = (
    "none", "latin", "thai", "arabic", "persian", "urdu", "kana", "han", "hangul", "cyrillic", "greek", "hebrew",
    "lao", "khmer", "burmese", "georgian", "armenian", "tamil", "other",
)  # fmt: skip
"""`none` are signs, digits and emoji; `other` letters of scripts that many languages share, such as Devanagari."""
_PERSIAN, _URDU = "پچژگکی", "ٹڈڑںےھہۓ"  # letters that Arabic itself has not
_BLOCKS = (
    ("other", 0x0900, 0x0DFF), ("other", 0x0F00, 0x0FFF), ("other", 0x1200, 0x139F), ("tamil", 0x0B80, 0x0BFF),
    ("latin", 0x41, 0x5A), ("latin", 0x61, 0x7A), ("latin", 0xC0, 0xD6), ("latin", 0xD8, 0xF6), ("latin", 0xF8, 0x24F),
    ("latin", 0x1E00, 0x1EFF), ("greek", 0x370, 0x3FF), ("cyrillic", 0x400, 0x52F), ("armenian", 0x531, 0x587),
    ("hebrew", 0x5D0, 0x5EA), ("arabic", 0x620, 0x64A), ("arabic", 0x66E, 0x6D3), ("arabic", 0x750, 0x77F),
    ("arabic", 0x8A0, 0x8C9), ("thai", 0xE01, 0xE4E), ("lao", 0xE81, 0xECD), ("burmese", 0x1000, 0x109F),
    ("georgian", 0x10A0, 0x10FF), ("khmer", 0x1780, 0x17D3), ("kana", 0x3041, 0x3096), ("kana", 0x30A1, 0x30FA),
    ("han", 0x3400, 0x4DBF), ("han", 0x4E00, 0x9FFF), ("han", 0x20000, 0x3134F), ("hangul", 0xAC00, 0xD7A3),
    ("hangul", 0x1100, 0x11FF),
)  # fmt: skip

Counts = NDArray[np.int64]


def script_counts(texts: Sequence[str]) -> Counts:
    """Letters of each script of `NAMES`, shape (texts, scripts).

    >>> counts = script_counts(["ดีมาก ok", ""])
    >>> counts[0, NAMES.index("thai")], counts[0, NAMES.index("latin")], counts[1].sum()
    (np.int64(5), np.int64(2), np.int64(0))
    """
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    text = np.repeat(np.arange(len(texts)), [len(each) for each in texts])
    cell = text * len(NAMES) + _scripts()[points]
    return cast(Counts, np.bincount(cell, minlength=len(texts) * len(NAMES)).reshape(len(texts), len(NAMES)))


@cache
def _scripts() -> NDArray[np.uint8]:
    """The script of every code point."""
    table = np.zeros(0x110000, dtype=np.uint8)
    for name, first, last in _BLOCKS:
        table[first : last + 1] = NAMES.index(name)
    for name, letters in (("persian", _PERSIAN), ("urdu", _URDU)):
        table[[ord(letter) for letter in letters]] = NAMES.index(name)
    return table
