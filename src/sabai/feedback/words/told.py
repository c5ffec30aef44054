"""Everything that was found in the words, or why nothing was."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from sabai.facts.landed import Facts
from sabai.feedback.asked.span import Asked
from sabai.feedback.numbers.scales import Question
from sabai.feedback.words.moods import SCHEMA as MOODS
from sabai.feedback.words.moods import moods
from sabai.feedback.words.reading import Reader, Unread, read
from sabai.feedback.words.texts import texts
from sabai.feedback.words.themes import Theme, themes, words_of
from sabai.retention.stays import Stays, newest_accounts


@dataclass(frozen=True, slots=True)
class Words:
    """`texts` were found, so many in each table of `where`; `unread` says why they were not read ("": they were)."""

    texts: int
    where: tuple[tuple[str, int], ...]
    themes: tuple[Theme, ...]
    moods: pl.DataFrame
    unread: str


def told_words(
    facts: Facts, counting: pl.DataFrame, question: Question | None, asked: Asked, stays: Stays,
    settled: int, reader: Reader,
) -> Words:  # fmt: skip
    """Of the texts of these days. `counting` are the answers to the first `question` that count, lately."""
    found = _with_segment(texts(facts, asked.first, asked.until), facts)
    where = tuple(found["where"].value_counts(sort=True).rows())
    nothing = pl.DataFrame(schema=MOODS)
    if found.is_empty():
        return Words(0, (), (), nothing, "")
    seen = read(found["text"].to_list(), reader)
    if isinstance(seen, Unread):
        return Words(found.height, where, (), nothing, seen.reason)
    words = words_of(found, seen)
    told = themes(words, counting, question, seen.names, asked, stays, settled)
    return Words(found.height, where, told, moods(words), "")


def _with_segment(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """As it stands today."""
    accounts = newest_accounts(facts)
    if "segment" not in accounts.columns:
        return rows.with_columns(segment=pl.lit(None, dtype=pl.String))
    return rows.join(accounts.select("account_id", "segment"), on="account_id", how="left", maintain_order="left")
