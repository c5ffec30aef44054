"""Results of earlier runs, once somebody was erased: tables go on without them, and what can be made again goes."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sabai.store.aside import said_plainly
from sabai.store.delta import File, NewFile, OpenTable
from sabai.store.snapshot_files import write_piece

MADE_AGAIN = ("facts", "standing", "scores.csv", "scores.xlsx", "rejects.csv", "report.html")
SNAPSHOTS = "snapshots"
KNOWN_ON = "known-on-*"
"""Results as of another day stand in folders of their own."""


def forget(out: Path, accounts: Collection[str], at: datetime) -> tuple[str, ...]:
    """Takes the accounts out of the snapshots in `out`, and every file that is made of facts; the names of these."""
    taken: list[str] = []
    for folder in (out, *sorted(out.glob(KNOWN_ON))):
        for path in _made(folder):
            with said_plainly(path):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            taken.append(path.relative_to(out).as_posix())
        snapshots = OpenTable(folder / SNAPSHOTS, "definitions_version")
        if snapshots.is_begun:
            _take_out(snapshots, accounts, at)
    return tuple(taken)


def _made(folder: Path) -> Iterator[Path]:
    yield from (path for name in MADE_AGAIN if (path := folder / name).exists())


def _take_out(snapshots: OpenTable, accounts: Collection[str], at: datetime) -> None:
    gone = [file for file in snapshots.files() if _names(snapshots.folder / file.path, accounts)]
    if gone:
        added = [new for file in gone if (new := _rest(snapshots.folder, file, accounts))]
        snapshots.commit(added, gone, at)
    snapshots.forget_files()
    snapshots.forget_log()


def _names(path: Path, accounts: Collection[str]) -> bool:
    column = pl.read_parquet(path, columns=["account_id"], hive_partitioning=False)["account_id"]
    return bool(column.is_in(list(accounts)).any())


def _rest(folder: Path, file: File, accounts: Collection[str]) -> NewFile | None:
    rows = pq.ParquetFile(folder / file.path).read()
    theirs = pc.is_in(rows["account_id"].cast(pa.string()), value_set=pa.array(list(accounts), pa.string()))
    rest = rows.filter(pc.invert(theirs))
    if not rest.num_rows:
        return None
    piece = write_piece(rest, folder, file.path.partition("/")[0])
    return NewFile(piece.path, piece.size, file.part, piece.schema, piece.statistics)
