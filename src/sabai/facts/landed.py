"""Facts as they stand after landing: open Parquet files, one a table, and the sums that prove nothing was lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sabai.dates import ALWAYS
from sabai.errors import Issue
from sabai.facts.catalogue import TABLES, FactTable
from sabai.facts.days import own_day
from sabai.facts.reach import Reach
from sabai.facts.runs import Opened, open_file

ASIDE = pl.Schema(
    {
        "table": pl.String,
        "source": pl.String,
        "file": pl.String,
        "row": pl.UInt32,
        "field": pl.String,
        "code": pl.String,
        "value": pl.String,
        "hint": pl.String,
        "raw": pl.String,
        "fate": pl.String,
    }
)
"""What was set aside: where it came from, why, the row as it came in (JSON), and reject, conflict or waiting."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows that came in for one table; `holds` is the promise that nothing was lost."""

    table: str
    rows_in: int
    facts: int
    versions: int
    duplicates: int
    conflicts: int
    waiting: int
    rejects: int
    received_assumed: float = 0.0  # share of facts and versions

    @property
    def holds(self) -> bool:
        """rows in = facts + new versions + duplicates + conflicts + waiting + rejects"""
        return self.rows_in == (
            self.facts + self.versions + self.duplicates + self.conflicts + self.waiting + self.rejects
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """Landed facts in `folder`; `account_ids` is sorted, and every table file is sorted by account_id."""

    folder: Path
    account_ids: tuple[str, ...]
    tallies: tuple[Tally, ...]
    first_days: Mapping[str, Mapping[str, int | None]]
    """table -> source -> the first day on which it was known to be collected, or `since`; None: without its file."""
    issues: tuple[Issue, ...] = ()  # what did not stop the landing but should be said: a source without any file

    def open(self, table: str, columns: Sequence[str], reach: Reach | None = None) -> Opened:
        """The table, to be read account by account; columns that it lacks are unknown everywhere, and left out.

        Happenings that are not within `reach` may be left out.
        """
        return open_file(self.path(table), columns, self.account_ids)

    def has(self, table: str) -> bool:
        return self.path(table).exists()

    def path(self, table: str) -> Path:
        return self.folder / f"{table}.parquet"

    def scan(self, table: str) -> pl.LazyFrame:
        """The table as a lazy Polars frame, sorted by account_id, the fact's own time and key."""
        return pl.scan_parquet(self.path(table), glob=False)

    def by_day(self, table: str) -> pl.LazyFrame:
        """`day`, `len`: how many happenings of the table became known on each day that is known."""
        return counted_by_day(self.scan(table), TABLES[table])

    def aside(self) -> pl.LazyFrame:
        """All that was set aside, as ASIDE says."""
        file = self.folder / "rejects.parquet"
        return pl.scan_parquet(file, glob=False) if file.exists() else pl.LazyFrame(schema=ASIDE)


def counted_by_day(rows: pl.LazyFrame, table: FactTable) -> pl.LazyFrame:
    """What `Facts.by_day` says of these rows."""
    return known_on(rows, table).group_by("day").len()


def known_on(rows: pl.LazyFrame, table: FactTable) -> pl.LazyFrame:
    """Those whose received day is known, with the `day` on which each was known to have happened."""
    dated = rows.filter(pl.col("received_day") != ALWAYS)
    return dated.with_columns(pl.max_horizontal(own_day(table), "received_day").alias("day"))
