"""What a run replaces: the rows of its own as-of dates and definitions version, and no others."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import DeltaTable

from sabai.store.snapshot_files import Piece, write_piece


def is_begun(folder: Path) -> bool:
    """Whether there are snapshots in `folder`."""
    return bool(DeltaTable.is_deltatable(str(folder)))


def open_snapshots(folder: Path) -> DeltaTable:
    """The table as it stands now; `to_pyarrow_dataset()` feeds DuckDB, `polars.scan_delta` reads the folder itself."""
    return DeltaTable(folder)


def supersede(folder: Path, partition: str, pieces: list[Piece]) -> dict[str, int]:
    """Files of the partition that have to go, path → size in bytes; none where there are no snapshots yet.

    A file that also holds other dates is written again without the superseded ones, and added to `pieces`.
    """
    days = pa.array(sorted(frozenset().union(*(piece.days for piece in pieces))), pa.int32()).cast(pa.date32())
    gone: dict[str, int] = {}
    for path, size in _files(folder, partition).items():
        superseded = pc.is_in(pq.read_table(folder / path, columns=["as_of"])["as_of"], value_set=days)
        if not pc.any(superseded).as_py():
            continue
        gone[path] = size
        if not pc.all(superseded).as_py():
            rest = pq.ParquetFile(folder / path).read().filter(pc.invert(superseded))
            pieces.append(write_piece(rest, folder, partition))
    return gone


def _files(folder: Path, partition: str) -> dict[str, int]:
    if not is_begun(folder):
        return {}
    files = pa.table(open_snapshots(folder).get_add_actions(flatten=True)).select(["path", "size_bytes"]).to_pylist()
    return {file["path"]: file["size_bytes"] for file in files if file["path"].startswith(f"{partition}/")}
