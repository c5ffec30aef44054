"""What a store has set aside. Rows whose account nobody knew come in again with every landing, until it is known."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

import polars as pl

from sabai.definitions.model import Source
from sabai.facts.files import Found
from sabai.facts.foreign import needed
from sabai.facts.landed import ASIDE
from sabai.facts.landing import Landed
from sabai.store.delta import NewFile, OpenTable

NAME = "aside"
WAITING = "waiting"
_ONE = ["table", "source", "field", "code", "raw"]


@dataclass(frozen=True)
class Aside:
    """The table of what was set aside, divided by fate, at `version`."""

    folder: Path
    version: int

    @cached_property
    def table(self) -> OpenTable:
        return OpenTable(self.folder / NAME, "fate", self.version)

    def scan(self) -> pl.LazyFrame:
        if not self.table.is_begun:
            return pl.LazyFrame(schema=ASIDE)
        return self.table.scan().select(ASIDE.names()).cast(ASIDE)

    def _waiting(self, sources: Collection[str]) -> pl.DataFrame:
        """Rows that wait and can be tried again, each in its place in the file of its source."""
        return self._all_waiting.filter(pl.col("source").is_in(list(sources)))

    @cached_property
    def _all_waiting(self) -> pl.DataFrame:
        can = self.scan().filter(pl.col("fate") == WAITING, pl.col("raw").is_not_null())
        rows = can.sort("source", "file", "row", "raw").collect()
        return rows.with_columns(pl.int_range(1, pl.len() + 1).over("source").alias("_place"))

    def waiting(self, folder: Path, sources: Mapping[str, Source]) -> dict[str, Found]:
        """For each of the sources a file of its rows that wait, as they came in, written to `folder`.

        A column that the source names by now, and that none of them had when they came in, is unknown in all.
        """
        rows = self._waiting(sources)
        return {str(name): _as_file(sources[str(name)], part, folder) for (name,), part in rows.group_by("source")}

    def counted(self, sources: Collection[str]) -> Iterator[tuple[str, int]]:
        """Of each table how many rows of these sources wait that can be tried again."""
        yield from self._waiting(sources).group_by("table").len().sort("table").iter_rows()

    def commit(self, came: pl.DataFrame, at: datetime, tried: Collection[str]) -> int:
        """Adds what was set aside and was not before; what waited of the sources that were `tried` again is in `came`,
        if it still waits. The new version; -1 as long as nothing was ever set aside."""
        before, now = self.scan().collect(), self.table.now()
        again = pl.col("fate") == WAITING, pl.col("source").is_in(list(tried))
        if not came.height and before.filter(*again).is_empty() and now.files() == self.table.files():
            return self.version
        others = before.filter(pl.col("fate") == WAITING, ~pl.col("source").is_in(list(tried)))
        known = before.filter(pl.col("fate") != WAITING).select(_ONE)
        new = came.join(known, on=_ONE, how="anti", nulls_equal=True, maintain_order="left")
        new = pl.concat([new, others]).unique([*_ONE, "fate"], keep="first", maintain_order=True)
        then = {file.path for file in self.table.files()}
        gone = [file for file in now.files() if file.part == WAITING or file.path not in then]
        added = [self._file(str(fate), part) for (fate,), part in new.group_by("fate", maintain_order=True)]
        return now.commit(added, gone, at) if added or gone else self.version

    def as_it_came(self, rejects: pl.DataFrame, tried: Collection[str]) -> pl.DataFrame:
        """`rejects`, with the file, the row and the words in which a row that has waited came in at first."""
        waited = self._waiting(tried).select(
            "source",
            _file_name(pl.col("source")).alias("_file"),
            pl.col("_place").cast(pl.UInt32),
            "file",
            "row",
            "raw",
        )
        told = rejects.join(
            waited, left_on=["source", "file", "row"], right_on=["source", "_file", "_place"],
            how="left", maintain_order="left", suffix="_first",
        )  # fmt: skip
        first = [pl.coalesce(f"{name}_first", name).alias(name) for name in ("file", "row", "raw")]
        return told.with_columns(first).select(rejects.columns)

    def _file(self, fate: str, rows: pl.DataFrame) -> NewFile:
        return self.table.write(fate, rows.drop("fate").with_columns(pl.col("row").cast(pl.Int64)))  # no unsigned there


def _as_file(source: Source, rows: pl.DataFrame, folder: Path) -> Found:
    path = folder / f"waited-{source.name}.jsonl"
    first, *others = rows["raw"]
    new = [name for name in needed(source) if name not in json.loads(first)]
    if new:
        first = f"{json.dumps(dict.fromkeys(new), ensure_ascii=False)[:-1]}, {first[1:]}"
    path.write_text("".join(f"{row}\n" for row in (first, *others)), encoding="utf-8")
    return Found(path, path.name)


def _file_name(source: pl.Expr) -> pl.Expr:
    return pl.concat_str(pl.lit("waited-"), source, pl.lit(".jsonl"))


def counted_once(landed: Landed) -> Landed:
    """A row that waits, and came in again word for word, is a duplicate of itself."""
    waiting = landed.rejects.filter(pl.col("fate") == WAITING, pl.col("raw").is_not_null())
    again = waiting.filter(~pl.struct(_ONE).is_first_distinct())
    counts: dict[str, int] = dict(again.group_by("table").len().iter_rows())
    tallies = (
        replace(
            tally,
            waiting=tally.waiting - counts.get(tally.table, 0),
            duplicates=tally.duplicates + counts.get(tally.table, 0),
        )
        for tally in landed.tallies
    )
    return replace(landed, tallies=tuple(tallies))
