"""One fact table of a store: files of rows divided into buckets by account, each sorted as facts are.

All rows of an account lie in one bucket, so whoever reads a bucket needs no other: a thread, or a worker of a cluster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.cores import on_every_core
from sabai.facts.catalogue import TABLES, FactTable, day_column
from sabai.facts.landed import counted_by_day
from sabai.facts.order import Places, coded, in_order
from sabai.facts.write import complete
from sabai.store.delta import File, NewFile, OpenTable

BUCKET = "bucket"
LANDED = "landed"
"""The number of the landing that brought a row."""
MOVED = "moved"
"""True in a row that only says that this thing belongs to another account from its received day on."""
VERSION = "version"
"""Which of the versions of its thing a row was in its landing; happenings have but one."""


def bucket_of(account_id: str | None, buckets: int) -> int:
    """Which bucket has the facts of an account; the same on every machine and in every version of Sabai.

    >>> bucket_of("acme", 1), bucket_of(None, 8)
    (0, 0)
    """
    return crc32(account_id.encode()) % buckets if account_id is not None else 0


@dataclass(frozen=True)
class Shelf:
    """`table` in `folder`, at `version` (None: as it stands now, -1: not begun)."""

    folder: Path
    table: FactTable
    buckets: int
    version: int | None = None

    @cached_property
    def files(self) -> OpenTable:
        return OpenTable(self.folder / self.table.name, BUCKET, self.version, numbered=True)

    @property
    def is_begun(self) -> bool:
        return self.files.is_begun

    def scan(self, files: Sequence[File] | None = None) -> pl.LazyFrame:
        """Every row of the shelf, or of some of its files: all versions of things, and the rows that say that one
        moved."""
        return self.files.scan(files) if self.is_begun else self._nothing().lazy()

    def by_day(self) -> pl.LazyFrame:
        """As `Facts.by_day`, of happenings that count from the day that their file says; each file is read once in the
        life of a process."""
        none = pl.DataFrame(schema={"day": pl.Int32, "len": pl.UInt32})
        counts = (_counted(self.files.folder / file.path, self.table.name) for file in self.files.files())
        return pl.concat([none, *counts]).lazy().group_by("day").agg(pl.col("len").sum())

    def _nothing(self) -> pl.DataFrame:
        told = complete(pl.DataFrame(), self.table).drop("superseded_day").clear()
        more = {MOVED: pl.Boolean, VERSION: pl.Int32, LANDED: pl.Int32, BUCKET: pl.Int32}
        return told.with_columns(pl.Series(name, [], dtype=kind) for name, kind in more.items())

    def written(self, rows: pl.DataFrame, landing: int) -> tuple[list[NewFile], list[str]]:
        """Durable files of `rows`, which no reader sees before they are committed, and the accounts that they name."""
        kept = complete(rows, self.table).drop("superseded_day").with_columns(
            _told(rows, MOVED, False), _told(rows, VERSION, 0), pl.lit(landing, dtype=pl.Int32).alias(LANDED)
        )  # fmt: skip
        ids, codes = coded(kept["account_id"]) if "account_id" in kept.columns else ([None], np.zeros(len(kept), int))
        parts = _parts(np.array([bucket_of(each, self.buckets) for each in ids], np.uint16)[codes])
        files = on_every_core(lambda part: self.rewritten(str(part[0]), kept[part[1]]), parts)
        return list(files), [each for each in ids if each is not None]

    def rewritten(self, part: str, rows: pl.DataFrame) -> NewFile:
        """A durable file of rows of one bucket."""
        return self._file(part, in_order(rows, self.table))

    def commit(self, added: Sequence[NewFile], gone: Iterable[File], when: datetime, landing: int) -> int:
        return self.files.commit(added, gone, when, landing=landing)

    def _file(self, part: str, rows: pl.DataFrame) -> NewFile:
        days = [name for name in (day_column(self.table.time), "received_day") if name in rows.columns]
        return self.files.write(part, rows, days)


@lru_cache(maxsize=8192)
def _counted(path: Path, table: str) -> pl.DataFrame:
    """A file never changes: what is rewritten gets another name."""
    return counted_by_day(pl.scan_parquet(path, glob=False, hive_partitioning=False), TABLES[table]).collect()


def by_version(rows: pl.DataFrame) -> pl.DataFrame:
    """Versions of things, the oldest first."""
    return rows.sort(version_order(rows.columns), maintain_order=True)


def version_order(columns: Sequence[str]) -> list[str]:
    """Received first, then updated first; what was landed later is newer where these do not tell."""
    return [name for name in ("received_at", "updated_at", LANDED, VERSION) if name in columns]


def _told(rows: pl.DataFrame, name: str, otherwise: bool | int) -> pl.Series:
    kind = pl.Int32 if name == VERSION else pl.Boolean
    if name in rows.columns:
        return rows[name].fill_null(otherwise).cast(kind)
    return pl.Series(name, [otherwise], dtype=kind).new_from_index(0, rows.height)


def _parts(which: NDArray[np.uint16]) -> Iterator[tuple[int, Places]]:
    """The places of the rows of each bucket that has any, where `which` says the bucket of each row."""
    order = np.argsort(which, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(which))[:-1])
    return ((bucket, part) for bucket, part in enumerate(parts) if len(part))
