"""Facts as they stand after landing: open Parquet files, one a table, and the sums that prove nothing was lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sabai.errors import Issue


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

    def has(self, table: str) -> bool:
        return self.path(table).exists()

    def path(self, table: str) -> Path:
        return self.folder / f"{table}.parquet"

    def scan(self, table: str) -> pl.LazyFrame:
        """The table as a lazy Polars frame, sorted by account_id, the fact's own time and key."""
        return pl.scan_parquet(self.path(table))

    @property
    def rejects(self) -> Path:
        """table, file, row, field, code, value, hint, raw, fate (reject, conflict, waiting): all that was set aside."""
        return self.folder / "rejects.parquet"
