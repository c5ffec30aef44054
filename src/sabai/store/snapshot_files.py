"""The Parquet files of the snapshot table: written by several threads while the next chunk is being computed."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sabai.store.aside import make_durable, said_plainly

ROWS = 131_072  # of one file: few enough that two cores share a run, many enough that dictionaries pay
_WRITERS = 2
_KEYS = ["account_id", "as_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A durable file that no reader sees yet; `path` is relative to the table, `statistics` as Delta wants them."""

    path: str
    size: int
    rows: int
    schema: pa.Schema
    days: frozenset[int]  # as-of dates in it, as days since 1970-01-01
    statistics: str


def write_pieces(chunks: Iterable[pa.Table], folder: Path, partition: str, pieces: list[Piece]) -> None:
    """Writes every chunk below `folder / partition`; adds what was written to `pieces`, in the order of the chunks."""
    waiting: deque[Future[Piece]] = deque()
    with ThreadPoolExecutor(_WRITERS) as writers:
        try:
            for part in (part for chunk in chunks for part in _parts(chunk)):
                waiting.append(writers.submit(write_piece, part, folder, partition))
                if len(waiting) > _WRITERS:
                    pieces.append(waiting.popleft().result())
        finally:
            wait(waiting)
            pieces.extend(done.result() for done in waiting if not done.exception())
        for done in waiting:
            done.result()


def write_piece(rows: pa.Table, folder: Path, partition: str) -> Piece:
    """One durable file of its own name; SabaiError STO-001 where the disk refuses."""
    with said_plainly(folder):
        path = _free_name(folder / partition)
        try:
            _write(rows, path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        size = path.stat().st_size
    days = frozenset(pc.unique(rows["as_of"].cast(pa.int32())).to_pylist())
    return Piece(f"{partition}/{path.name}", size, rows.num_rows, _plain(rows), days, _statistics(rows))


def _write(rows: pa.Table, path: Path) -> None:
    pq.write_table(
        rows, path, compression="zstd", compression_level=1, store_schema=False,
        use_dictionary=[*_KEYS, "band", "computed_at"], write_statistics=_KEYS, write_batch_size=65_536,
    )  # fmt: skip
    make_durable(path)


def _parts(chunk: pa.Table) -> Iterable[pa.Table]:
    return (chunk.slice(start, ROWS) for start in range(0, chunk.num_rows, ROWS))


def _free_name(folder: Path) -> Path:
    """A name that nobody has: the file is made in the same step, so that two runs at once never share one.

    Nor had it any that the log speaks of: the newest are still there whatever was vacuumed, and numbers only rise.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken = [int(path.stem.removeprefix("part-")) for path in folder.glob("part-*[0-9].parquet")]
    for number in count(max(taken, default=-1) + 1):
        path = folder / f"part-{number:06d}.parquet"
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            continue
        return path
    raise AssertionError  # numbers do not end


def _plain(rows: pa.Table) -> pa.Schema:
    """The schema as Parquet knows it: text is text, however it was laid out in memory."""
    text = (pa.types.is_large_string, pa.types.is_string_view, pa.types.is_dictionary)
    return pa.schema(
        pa.field(field.name, pa.string() if any(is_text(field.type) for is_text in text) else field.type)
        for field in rows.schema
    )


def _statistics(rows: pa.Table) -> str:
    ends = {name: pc.min_max(rows[name]).as_py() for name in _KEYS}
    return json.dumps(
        {
            "numRecords": rows.num_rows,
            "minValues": {name: str(end["min"]) for name, end in ends.items()},
            "maxValues": {name: str(end["max"]) for name, end in ends.items()},
            "nullCount": {name: rows[name].null_count for name in ends},
        }
    )
