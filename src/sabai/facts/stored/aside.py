"""What a store has set aside. Rows whose account nobody knew come in again with every landing, until it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from sabai.facts.files import Found
from sabai.facts.landed import ASIDE
from sabai.store.delta import NewFile, OpenTable

NAME = "aside"
WAITING = "waiting"
_ONE = ["table", "source", "field", "code", "raw"]


@dataclass(frozen=True, slots=True)
class Aside:
    """The table of what was set aside, divided by fate, at `version`."""

    folder: Path
    version: int

    @property
    def _table(self) -> OpenTable:
        return OpenTable(self.folder / NAME, "fate", self.version)

    def scan(self) -> pl.LazyFrame:
        if not self._table.is_begun:
            return pl.LazyFrame(schema=ASIDE)
        return pl.scan_delta(self._table.opened()).select(ASIDE.names()).cast(ASIDE)

    def waiting(self, folder: Path) -> dict[str, Found]:
        """For each source a file of its rows that wait, as they came in, written to `folder`."""
        rows = self.scan().filter(pl.col("fate") == WAITING, pl.col("raw").is_not_null()).collect()
        return {str(source): _as_file(str(source), part, folder) for (source,), part in rows.group_by("source")}

    def counted(self) -> Iterator[tuple[str, int]]:
        """Of each table how many rows wait that can be tried again."""
        waiting = self.scan().filter(pl.col("fate") == WAITING, pl.col("raw").is_not_null())
        yield from waiting.group_by("table").len().sort("table").collect().iter_rows()

    def commit(self, came: pl.DataFrame, at: datetime) -> int:
        """Adds what was set aside and was not before; everything that waits has been tried again, so `came` says what
        still does. The new version; -1 as long as nothing was ever set aside."""
        known = self.scan().filter(pl.col("fate") != WAITING).select(_ONE).collect()
        waiting, others = came.filter(pl.col("fate") == WAITING), came.filter(pl.col("fate") != WAITING)
        new = pl.concat([waiting, others.join(known, on=_ONE, how="anti", nulls_equal=True)]).unique(
            _ONE, keep="first", maintain_order=True
        )
        now = self._table.now()
        then = {file.path for file in self._table.files()}
        gone = [file for file in now.files() if file.part == WAITING or file.path not in then]
        added = [self._file(str(fate), part) for (fate,), part in new.group_by("fate", maintain_order=True)]
        return now.commit(added, gone, at) if added or gone else self.version

    def _file(self, fate: str, rows: pl.DataFrame) -> NewFile:
        return self._table.write(
            fate, rows.drop("fate").with_columns(pl.col("row").cast(pl.Int64))
        )  # no unsigned there


def _as_file(source: str, rows: pl.DataFrame, folder: Path) -> Found:
    path = folder / f"waited-{source}.jsonl"
    path.write_text("".join(f"{row}\n" for row in rows["raw"]), encoding="utf-8")
    return Found(path, path.name)
