"""Where the facts of a landing go when they join all that a store has."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl

from sabai.facts.catalogue import TABLES, FactTable
from sabai.facts.settled import Settled
from sabai.facts.stored.aside import NAME as ASIDE
from sabai.facts.stored.aside import Aside
from sabai.facts.stored.keys import Hashes, Keys, hashes
from sabai.facts.stored.log import Entry
from sabai.facts.stored.settings import Settings
from sabai.facts.stored.settle import Now, settled_happenings, settled_things
from sabai.facts.stored.shelf import LANDED, MOVED, Shelf
from sabai.store.delta import NewFile


@dataclass(frozen=True, slots=True)
class Onto:
    """The store in `folder` as `last` left it, and the landing `number` that comes next. Nothing that it writes is
    seen before `commit`, and nothing of that before the log has it."""

    folder: Path
    settings: Settings
    last: Entry | None
    at: datetime
    _written: dict[str, list[NewFile]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.last.number + 1 if self.last else 1

    def shelf(self, table: FactTable) -> Shelf:
        version = self.last.versions.get(table.name, -1) if self.last else -1
        return Shelf(self.folder / "facts", table, self.settings.buckets, version)

    def known(self, table: FactTable) -> pl.DataFrame | None:
        parts = [self.shelf(table).scan()] if self.shelf(table).is_begun else []
        parts += [pl.scan_parquet(self._folder(table) / file.path) for file in self._written.get(table.name, [])]
        if not parts:
            return None
        rows = pl.concat(parts, how="diagonal").filter(~pl.col(MOVED)).sort("received_at", LANDED)
        return rows.filter(pl.struct("source", "key").is_last_distinct()).collect()

    def settle(self, rows: pl.DataFrame, table: FactTable) -> Settled:
        if table.kind == "thing":
            return settled_things(rows, self.shelf(table), Now(self.at, self.settings.time_zone))
        keys = Keys(self.folder / "keys" / table.name)
        keys.settle(self.number - 1, lambda: self._hashes(table))
        new, hashed = settled_happenings(rows, table, keys)
        keys.add(self.number, hashed)
        return new

    def keep(self, rows: pl.DataFrame, table: FactTable) -> None:
        if rows.height:
            self._written.setdefault(table.name, []).extend(self.shelf(table).written(rows, self.number))

    @property
    def aside(self) -> Aside:
        return Aside(self.folder, self.last.versions.get(ASIDE, -1) if self.last else -1)

    def commit(self, rejects: pl.DataFrame) -> dict[str, int]:
        """The versions of all tables with what was written; what an unfinished landing left in them goes."""
        versions = dict(self.last.versions) if self.last else {}
        versions[ASIDE] = self.aside.commit(rejects, self.at)
        for name in TABLES:
            shelf, new = self.shelf(TABLES[name]), self._written.get(name, [])
            then = {file.path for file in shelf.files.files()}
            stray = [file for file in shelf.files.now().files() if file.path not in then]
            if new or stray:
                versions[name] = shelf.commit(new, stray, self.at)
        return versions

    def _hashes(self, table: FactTable) -> Hashes:
        if not self.shelf(table).is_begun:
            return np.empty((2, 0), dtype=np.uint64)
        return hashes(self.shelf(table).scan().collect(), table)

    def _folder(self, table: FactTable) -> Path:
        return self.folder / "facts" / table.name
