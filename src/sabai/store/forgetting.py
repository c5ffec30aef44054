"""Results of earlier runs, once somebody was erased: tables go on without them, and what can be made again goes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sabai.store.aside import said_plainly
from sabai.store.delta import File, NewFile, OpenTable
from sabai.store.snapshot_files import write_piece

MADE_AGAIN = (
    "facts", "standing", "other", "scores.csv", "scores.xlsx", "rejects.csv", "report*.html", "proof", "preview",
    "retention", "revenue", "cohorts", "survival", "receivables", "value", "renewals", "feedback",
)  # fmt: skip
"""Names, or patterns of names, of what a verb writes anew whenever it is called."""
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
            take_out(snapshots, accounts, at, partial(_rest, snapshots.folder, accounts))
    return tuple(taken)


def _made(folder: Path) -> Iterator[Path]:
    for name in MADE_AGAIN:
        yield from sorted(folder.glob(name))


def take_out(table: OpenTable, accounts: Collection[str], at: datetime, rest: Callable[[File], NewFile | None]) -> None:
    """Puts the `rest` of each file that names an account in its place; nothing of the past of the table is left."""
    gone = [file for file in table.files() if _names(table.folder / file.path, accounts)]
    if gone:
        added = [new for file in gone if (new := rest(file))]
        table.commit(added, gone, at)
    table.forget_files()
    table.forget_log()


def _names(path: Path, accounts: Collection[str]) -> bool:
    column = pl.read_parquet(path, columns=["account_id"], hive_partitioning=False, glob=False)["account_id"]
    return bool(column.is_in(list(accounts)).any())


def _rest(folder: Path, accounts: Collection[str], file: File) -> NewFile | None:
    rows = pq.ParquetFile(folder / file.path).read()
    theirs = pc.is_in(rows["account_id"].cast(pa.string()), value_set=pa.array(list(accounts), pa.string()))
    rest = rows.filter(pc.invert(theirs))
    if not rest.num_rows:
        return None
    piece = write_piece(rest, folder, file.path.partition("/")[0])
    return NewFile(piece.path, piece.size, file.part, piece.schema, piece.statistics)
