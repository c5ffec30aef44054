"""What a run replaces: the rows of its own as-of dates and definitions version, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
from deltalake import DeltaTable

from sabai.store.snapshot_files import Piece, write_piece

KEYS = ("account_id", "as_of")
Gone = Callable[[pl.DataFrame], pl.Series]
"""Which rows are superseded; they have the columns KEYS, as_of in days since 1970-01-01."""


@dataclass(slots=True)
class Superseded:
    """`files` have to go, path → size in bytes; `rows` of all that `stood` in the partition are superseded."""

    files: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    stood: int = 0


def is_begun(folder: Path) -> bool:
    """Whether there are snapshots in `folder`."""
    return bool(DeltaTable.is_deltatable(str(folder)))


def open_snapshots(folder: Path) -> DeltaTable:
    """The table as it stands now; `to_pyarrow_dataset()` feeds DuckDB, `polars.scan_delta` reads the folder itself."""
    return DeltaTable(folder)


def on_days_of(pieces: Iterable[Piece]) -> Gone:
    """Every row of an as-of date that was written anew."""
    days = frozenset[int]().union(*(piece.days for piece in pieces))
    return lambda rows: rows["as_of"].is_in(days)


def supersede(folder: Path, partition: str, pieces: list[Piece], is_gone: Gone) -> Superseded:
    """What has to go of a partition; nothing where there are no snapshots yet.

    A file that also holds other rows is written again without the superseded ones, and added to `pieces`.
    """
    found = Superseded()
    for path, size in live_files(folder, partition).items():
        gone = is_gone(keys(pl.scan_parquet(folder / path, hive_partitioning=False, glob=False)).collect())
        rows = int(gone.sum())
        found.stood += len(gone)
        found.rows += rows
        if rows:
            found.files[path] = size
        if 0 < rows < len(gone):
            rest = pq.ParquetFile(folder / path).read().filter((~gone).to_arrow())
            pieces.append(write_piece(rest, folder, partition))
    return found


def keys(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.select(pl.col("account_id").cast(pl.String), pl.col("as_of").cast(pl.Int32))


def live_files(folder: Path, partition: str) -> dict[str, int]:
    """Those of the partition that readers see, path → size in bytes."""
    if not is_begun(folder):
        return {}
    files = pl.DataFrame(open_snapshots(folder).get_add_actions(flatten=True)).select("path", "size_bytes").iter_rows()
    return {path: size for path, size in files if path.startswith(f"{partition}/")}
