"""One fact table of a store: files of rows divided into buckets by account, each sorted as facts are.

All rows of an account lie in one bucket, so whoever reads a bucket needs no other: a thread, or a worker of a cluster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zlib import crc32

import polars as pl

from sabai.cores import on_every_core
from sabai.facts.catalogue import FactTable, day_column
from sabai.facts.order import in_order
from sabai.facts.write import complete
from sabai.store.delta import File, NewFile, OpenTable

BUCKET = "bucket"
LANDED = "landed"
"""The number of the landing that brought a row."""
MOVED = "moved"
"""True in a row that only says that this thing belongs to another account from its received day on."""


def bucket_of(account_id: str | None, buckets: int) -> int:
    """Which bucket has the facts of an account; the same on every machine and in every version of Sabai.

    >>> bucket_of("acme", 1), bucket_of(None, 8)
    (0, 0)
    """
    return crc32(account_id.encode()) % buckets if account_id is not None else 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """`table` in `folder`, at `version` (None: as it stands now, -1: not begun)."""

    folder: Path
    table: FactTable
    buckets: int
    version: int | None = None

    @property
    def files(self) -> OpenTable:
        return OpenTable(self.folder / self.table.name, BUCKET, self.version)

    @property
    def is_begun(self) -> bool:
        return self.files.is_begun

    def scan(self) -> pl.LazyFrame:
        """Every row of the shelf: all versions of things, and the rows that say that one moved."""
        return pl.scan_delta(self.files.opened())

    def written(self, rows: pl.DataFrame, landing: int) -> list[NewFile]:
        """Durable files of `rows`, which no reader sees before they are committed."""
        kept = complete(rows, self.table).drop("superseded_day").with_columns(
            _flag(rows, MOVED), pl.lit(landing, dtype=pl.Int32).alias(LANDED)
        )  # fmt: skip
        return list(on_every_core(self._file, _by_bucket(kept, self.buckets)))

    def commit(self, added: Sequence[NewFile], gone: Iterable[File], when: datetime) -> int:
        return self.files.commit(added, gone, when)

    def _file(self, part: tuple[int, pl.DataFrame]) -> NewFile:
        bucket, rows = part
        days = [name for name in (day_column(self.table.time), "received_day") if name in rows.columns]
        return self.files.write(str(bucket), in_order(rows, self.table), days)


def _flag(rows: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).fill_null(False) if name in rows.columns else pl.lit(False).alias(name)


def _by_bucket(rows: pl.DataFrame, buckets: int) -> Iterator[tuple[int, pl.DataFrame]]:
    if buckets == 1 or "account_id" not in rows.columns:
        yield 0, rows
        return
    ids = rows["account_id"].unique()
    places = {account_id: bucket_of(account_id, buckets) for account_id in ids.to_list()}
    which = pl.DataFrame({"account_id": ids, BUCKET: [places[each] for each in ids.to_list()]})
    placed = rows.join(which, on="account_id", how="left", nulls_equal=True, maintain_order="left")
    for (bucket,), part in placed.partition_by(BUCKET, as_dict=True, include_key=False).items():
        yield int(str(bucket)), part
