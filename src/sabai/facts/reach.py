"""Which happenings of a table can count at all: whoever reads for few dates leaves the others where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Reach:
    """Those of the own day `since` and of later ones; and, however old, those with one of the words in its column."""

    since: int
    ever: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def first_day(self) -> int | None:
        """Whatever is older does not count; None: some of it does."""
        return None if self.ever else self.since

    def within(self, rows: pl.LazyFrame, own_day: str) -> pl.LazyFrame:
        """The rows that can count, and maybe others.

        >>> rows = pl.LazyFrame({"day": [1, 1, 9], "name": ["start", "login", "login"]})
        >>> Reach(5, (("name", frozenset({"start"})),)).within(rows, "day").collect()["name"].to_list()
        ['start', 'login']
        """
        here = rows.collect_schema().names()
        counts = pl.col(own_day) >= self.since
        for column, words in self.ever:
            if column in here:
                counts = counts | pl.col(column).is_in(sorted(words))
        return rows.filter(counts)


def together(told: Sequence[Reach]) -> Reach:
    """What counts for any of them."""
    return Reach(min(each.since for each in told), tuple(words for each in told for words in each.ever))
