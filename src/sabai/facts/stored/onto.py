"""Where the facts of a landing go when they join all that a store has."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

import polars as pl

from sabai.facts.catalogue import TABLES, FactTable
from sabai.facts.settled import Settled
from sabai.facts.stored.aside import NAME as ASIDE
from sabai.facts.stored.aside import Aside
from sabai.facts.stored.keys import Hashes, Keys, hashes
from sabai.facts.stored.log import Entry
from sabai.facts.stored.settings import Settings
from sabai.facts.stored.settle import settled_happenings
from sabai.facts.stored.shelf import MOVED, Shelf, by_version
from sabai.facts.stored.suppressed import Suppressed
from sabai.facts.stored.versions import Now, settled_things
from sabai.store.delta import NewFile


@dataclass(frozen=True)
class Onto:
    """The store in `folder` as `last` left it, and the landing `number` that comes next. Nothing that it writes is
    seen before `commit`, and nothing of that before the log has it."""

    folder: Path
    settings: Settings
    last: Entry | None
    at: datetime
    suppressed: Suppressed
    _written: dict[str, list[NewFile]] = field(default_factory=dict)
    _moved: dict[str, pl.DataFrame] = field(default_factory=dict)
    _hashed: dict[str, Hashes] = field(default_factory=dict)
    _accounts: set[str] = field(default_factory=set)

    @property
    def number(self) -> int:
        return self.last.number + 1 if self.last else 1

    def check(self) -> None:
        """SabaiError STO-003 where a file of the store is not there, or cut."""
        for table in (self.aside.table, *(shelf.files for shelf in self._shelves.values())):
            table.check()

    def shelf(self, table: FactTable) -> Shelf:
        return self._shelves[table.name]

    @cached_property
    def _shelves(self) -> dict[str, Shelf]:
        """Of all tables as the log left them, each opened once however often it is looked into."""
        return {
            name: Shelf(self.folder / "facts", table, self.settings.buckets, self._version(name))
            for name, table in TABLES.items()
        }

    def _version(self, name: str) -> int:
        return self.last.versions.get(name, -1) if self.last else -1

    def known(self, table: FactTable) -> pl.DataFrame | None:
        parts = [self.shelf(table).scan()] if self.shelf(table).is_begun else []
        parts += [
            pl.scan_parquet(self._folder(table) / file.path, glob=False) for file in self._written.get(table.name, [])
        ]
        if not parts:
            return None
        rows = by_version(pl.concat(parts, how="diagonal").filter(~pl.col(MOVED)).collect())
        return rows.filter(pl.struct("source", "key").is_last_distinct())

    def settle(self, rows: pl.DataFrame, table: FactTable) -> Settled:
        rows, left_out = self.suppressed.sifted(rows, table)
        new = self._settled(rows, table)
        return replace(new, conflicts=pl.concat([new.conflicts, left_out])) if left_out.height else new

    def _settled(self, rows: pl.DataFrame, table: FactTable) -> Settled:
        if table.kind == "thing":
            new, self._moved[table.name] = settled_things(
                rows, self.shelf(table), Now(self.number, self.at, self.settings.time_zone)
            )
            return new
        keys = self._keys(table)
        facts = sum(file.rows for file in self.shelf(table).files.files())
        keys.settle(self.number - 1, facts, lambda: self._hashes(table))
        new, self._hashed[table.name] = settled_happenings(rows, table, keys)
        return new

    def keep(self, rows: pl.DataFrame, table: FactTable) -> list[str]:
        if not rows.height:
            return []
        moved = self._moved.pop(table.name, rows.clear())
        with ThreadPoolExecutor(1) as beside:
            keys = beside.submit(self._add_keys, table)
            files, accounts = self.shelf(table).written(pl.concat([rows, moved], how="diagonal"), self.number)
            keys.result()
        self._written.setdefault(table.name, []).extend(files)
        self._accounts.update(accounts)
        return accounts

    def _add_keys(self, table: FactTable) -> None:
        if table.name in self._hashed:
            self._keys(table).add(self.number, self._hashed.pop(table.name))

    def _keys(self, table: FactTable) -> Keys:
        return Keys(self.folder / "keys" / table.name)

    @property
    def accounts(self) -> tuple[str, ...]:
        """Of which anything was written."""
        return tuple(sorted(self._accounts))

    @cached_property
    def aside(self) -> Aside:
        return Aside(self.folder, self._version(ASIDE))

    def commit(self, rejects: pl.DataFrame, tried: Collection[str]) -> dict[str, int]:
        """The versions of all tables with what was written; what an unfinished landing left in them goes."""
        versions = dict(self.last.versions) if self.last else {}
        versions[ASIDE] = self.aside.commit(rejects, self.at, tried)
        for name, shelf in self._shelves.items():
            new, stray = self._written.get(name, []), shelf.files.put_back()
            if new or stray:
                versions[name] = shelf.commit(new, stray, self.at, self.number)
        return versions

    def _hashes(self, table: FactTable) -> Hashes:
        return hashes(self.shelf(table).scan().collect(), table)

    def _folder(self, table: FactTable) -> Path:
        return self.folder / "facts" / table.name
