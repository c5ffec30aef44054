"""The labelled comments: 483 of them in four languages, in comments.csv beside this file.

`first` and `second` are the labels of two readings by one person: as they were written, and read again in another
order; `themes` is what was settled on. Rows of origin "late" and "demo" were read once.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OTHER = "other"
LANGUAGES = ("en", "th", "ar", "ja")


@dataclass(frozen=True, slots=True)
class Comment:
    language: str
    origin: str
    first: frozenset[str]
    second: frozenset[str]
    themes: frozenset[str]
    text: str

    @property
    def held_out(self) -> bool:
        """Half of the comments, drawn by their own bytes: nothing was tuned on them."""
        return self.origin != "demo" and hashlib.sha256(self.text.encode()).digest()[-1] % 2 == 1


@cache
def comments() -> tuple[Comment, ...]:
    with Path(__file__).with_name("comments.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Comment(
                row["language"],
                row["origin"],
                _set(row["first"]),
                _set(row["second"]),
                _set(row["themes"]),
                row["text"],
            )
            for row in csv.DictReader(file)
        )


def _set(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.split(";")))
