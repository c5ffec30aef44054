"""Runs of one to four characters, hashed into cells: words, stems and emoji of any language, without a dictionary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST_RUN = 4
CELLS = 2**18

_NAMES = re.compile(r"https?://\S+|www\.\S+|@[A-Za-z0-9_]+|http://url_removed")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Grams:
    """Which cells stand in which text: `text` ascending, `cell` 0–`CELLS`, `weight` 1 + ln(how often)."""

    texts: int
    text: Ints
    cell: Ints
    weight: Floats


def grams(texts: Sequence[str]) -> Grams:
    """The runs of characters of cleaned texts; addresses and names of people are left out, drawn-out letters cut.

    >>> found = grams(["good", "", "GOOOOOD"])
    >>> len(found.cell[found.text == 0]), len(found.cell[found.text == 1])
    (16, 0)
    """
    plain = [_plain(text) for text in texts]
    points = np.frombuffer("".join(plain).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owner = np.repeat(np.arange(len(plain)), [len(each) for each in plain])
    keys = np.concatenate(list(_runs(points, owner))) if len(points) else np.zeros(0, dtype=np.int64)
    apart, often = np.unique(keys, return_counts=True)
    return Grams(len(texts), apart // CELLS, apart % CELLS, (1 + np.log(often)).astype(np.float32))


def _plain(text: str) -> str:
    """Between two spaces, so that beginnings and ends of words are runs of their own; nothing where nothing stands."""
    short = " ".join(_DRAWN_OUT.sub(r"\1\1", _NAMES.sub(" ", text.casefold())).split())
    return f" {short} " if short else ""


def _runs(points: NDArray[np.uint32], owner: Ints) -> list[Ints]:
    """text × CELLS + cell of every run that does not reach from one text into the next."""
    mixed = points * np.uint32(0x9E3779B1)
    mixed ^= mixed >> np.uint32(15)
    hashed, found = np.zeros_like(points), []
    for length in range(1, LONGEST_RUN + 1):
        later = mixed[length - 1 :]
        hashed = hashed[: len(later)] * np.uint32(0x85EBCA6B) + later
        whole = owner[: len(later)] == owner[length - 1 :]
        final = hashed ^ (hashed >> np.uint32(13))
        final = (final * np.uint32(0xC2B2AE35)) >> np.uint32(32 - 18)
        found.append((owner[: len(later)] * CELLS + final)[whole])
    return found
