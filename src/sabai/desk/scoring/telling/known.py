"""Facts as they were known when an as-of day began, with every column that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from sabai.facts.catalogue import COMMON, TABLES
from sabai.facts.landed import Facts
from sabai.facts.values import DTYPES
from sabai.health.revenue import known_at

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """The facts at `as_of`; whatever lies on that day or later is not yet known."""

    facts: Facts
    as_of: int
    _read: dict[tuple[str, ...], pl.DataFrame] = field(default_factory=dict)

    def rows(self, table: str, *columns: str) -> pl.DataFrame:
        """The rows of a table that were known, none where it has not landed; a column that it lacks is null."""
        asked = (table, *columns)
        if asked not in self._read:
            self._read[asked] = self._rows(table, columns)
        return self._read[asked]

    def _rows(self, table: str, columns: Sequence[str]) -> pl.DataFrame:
        if not self.facts.has(table):
            return pl.DataFrame(schema={name: _dtype(table, name) for name in columns})
        return complete(self.scan(table), table, columns).collect()

    def scan(self, table: str) -> pl.LazyFrame:
        """The same, with the columns that there are."""
        return self.facts.scan(table).filter(known_at(self.as_of))

    def latest(
        self, table: str, day: str, keep: Callable[[pl.LazyFrame], pl.LazyFrame] = lambda rows: rows
    ) -> Mapping[str, int]:
        """account_id -> the last `day` before the as-of day among the rows to `keep`."""
        if not self.facts.has(table):
            return {}
        rows = self.scan(table)
        if day not in rows.collect_schema().names():
            return {}
        last = keep(rows).filter(pl.col(day) < self.as_of).group_by("account_id").agg(pl.col(day).max()).collect()
        return dict(last.drop_nulls().iter_rows())


def complete(rows: pl.LazyFrame, table: str, columns: Sequence[str]) -> pl.LazyFrame:
    there = set(rows.collect_schema().names())
    missing = [pl.lit(None, dtype=_dtype(table, name)).alias(name) for name in columns if name not in there]
    return rows.with_columns(missing).select(columns)


def by_account(rows: pl.DataFrame) -> Mapping[str, list[Row]]:
    """account_id -> its rows, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row.pop("account_id"), []).append(row)
    return found


def _dtype(table: str, column: str) -> pl.DataType:
    if column.endswith("_day"):
        return pl.Int32()
    if column in COMMON:
        return pl.String() if column in ("source", "key") else DTYPES["instant"]
    return DTYPES[{**TABLES[table].columns, **TABLES[table].derived}[column]]
