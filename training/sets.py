"""The sets of texts: which may teach what ships, under which licence, and which only judge."""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sabai.progress import Progress, quiet
from sabai.text.cleaned import cleaned
from sabai.text.sentences import Vectors, embedded
from sabai.text.sentiment.judged import NAMES

TESTED = 20  # of 100 texts, where a set has no split of its own


@dataclass(frozen=True, slots=True)
class Set:
    """`teaches`: its licence lets what is learned from it be given away."""

    language: str
    name: str
    licence: str
    credit: str
    teaches: bool = True


SETS = (
    Set("th", "wisesight", "CC0 1.0", "Wisesight Sentiment Corpus, PyThaiNLP and Wisesight (Thailand)"),
    Set("ar", "ajgt", "AFL-3.0", "Arabic Jordanian General Tweets, K. M. Alomari and others, 2017"),
    Set("ar", "arsarcasm_v2", "MIT", "ArSarcasm-v2, I. Abu Farha, W. Zaghouani, W. Magdy, 2021"),
    Set("ja", "chabsa", "CC BY 4.0", "chABSA-dataset, TIS Inc.; changed: one label a sentence"),
    Set("en", "hutto_amazon", "MIT", "sentences of product reviews rated for VADER, C. J. Hutto and E. Gilbert, 2014"),
    Set("en", "hutto_tweets", "MIT", "tweets rated for VADER, C. J. Hutto and E. Gilbert, 2014"),
    Set("en", "uci_sentences", "CC BY 4.0", "Sentiment Labelled Sentences, D. Kotzias and others, 2015, by way of UCI"),
    Set("ja", "amazon_reviews_ja", "research only", "Multilingual Amazon Reviews, P. Keung and others, 2020", False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Texts:
    """Cleaned texts with their set (an index of `SETS`), label, whether they are held out, and what they mean.

    Of a set that may not teach all are held out.
    """

    text: list[str]
    of: NDArray[np.int64]
    label: NDArray[np.int64]
    held_out: NDArray[np.bool_]
    vectors: Vectors

    def teaching(self) -> NDArray[np.bool_]:
        """Texts that may teach, without those that are word for word among the held out."""
        asked = {text for text, out in zip(self.text, self.held_out, strict=True) if out}
        new = np.array([text not in asked for text in self.text], dtype=np.bool_)
        return ~self.held_out & new


def read(folder: Path, progress: Progress = quiet) -> Texts:
    """All sets of the folder: LANGUAGE/NAME.csv.gz with the columns text, label and split."""
    rows = [(at, *row) for at, each in enumerate(SETS) for row in rows_of(folder, each)]
    of, text, label, held_out = map(list, zip(*rows, strict=True))
    return Texts(text, np.array(of), np.array(label), np.array(held_out), embedded(text, progress))


def rows_of(folder: Path, each: Set) -> Iterator[tuple[str, int, bool]]:
    """Cleaned text, label, and whether it is held out."""
    with gzip.open(folder / each.language / f"{each.name}.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            text = cleaned(row["text"])
            yield text, NAMES.index(row["label"]), not each.teaches or (row["split"] or _split(text)) == "test"


def _split(text: str) -> str:
    """Always the same, wherever the text stands."""
    return "test" if int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 100 < TESTED else "train"
