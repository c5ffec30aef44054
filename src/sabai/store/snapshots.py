"""Snapshots on disk: one open Delta table that DuckDB, Polars, pandas and Spark read without Sabai.

Rows of one definitions version lie in one partition, in files of neighbouring accounts, so that the trend of an account
is a short read. A run adds its files and removes what it supersedes in **one commit**: readers see all of it or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl
import pyarrow as pa
from deltalake import DeltaTable, Field, Schema
from deltalake.exceptions import DeltaError
from deltalake.transaction import AddAction, RemoveAction, create_table_with_add_actions

from sabai.errors import Issue, SabaiError
from sabai.store.aside import make_durable, said_plainly
from sabai.store.refused import in_our_words
from sabai.store.restating import Restated, Restating
from sabai.store.snapshot_files import Piece, write_pieces
from sabai.store.superseding import (
    Gone,
    Superseded,
    is_begun,
    keys,
    live_files,
    on_days_of,
    open_snapshots,
    supersede,
)

KEPT_HOURS = 7 * 24
"""For how long superseded files stay: whoever opened the table before can read on. Other tools expect a week too."""

VERSION = "definitions_version"
COMPUTED = "computed_at"
_CONFIGURATION = {"delta.dataSkippingStatsColumns": "account_id,as_of"}  # statistics of 100 columns help nobody


@dataclass(frozen=True, slots=True)
class _Run:
    folder: Path
    version: str
    computed_at: datetime

    @property
    def partition(self) -> str:
        return f"{VERSION}={self.version}"

    def commit(self, pieces: list[Piece], gone: Mapping[str, int]) -> None:
        """The one step that readers see. What the files hold is on the disk before, and the commit itself after."""
        make_durable(self.folder / self.partition)
        try:
            self._replace(pieces, gone) if is_begun(self.folder) else self._begin(pieces)
        except DeltaError as error:
            raise SabaiError(_not_committed(self.folder, error)) from error
        log = self.folder / "_delta_log"
        make_durable(max(log.glob("*.json")))
        make_durable(log)

    def _begin(self, pieces: list[Piece]) -> None:
        schema, adds = Schema.from_arrow(_schema(pieces)), [self._add(piece) for piece in pieces]
        create_table_with_add_actions(
            str(self.folder), schema, adds, partition_by=[VERSION], configuration=_CONFIGURATION
        )

    def _replace(self, pieces: list[Piece], gone: Mapping[str, int]) -> None:
        table = open_snapshots(self.folder)
        if pieces:
            _widen(table, _schema(pieces))
        (self.folder / self.partition).touch()
        now = (self.folder / self.partition).stat().st_mtime
        actions: list[AddAction | RemoveAction] = [
            *map(self._add, pieces),
            *(self._remove(path, size, int(now * 1000)) for path, size in gone.items()),
        ]
        table.create_write_transaction(actions, mode="append", schema=table.schema(), partition_by=[VERSION])

    def _add(self, piece: Piece) -> AddAction:
        return AddAction(piece.path, piece.size, {VERSION: self.version}, self._millis, True, piece.statistics)

    def _remove(self, path: str, size: int, millis: int) -> RemoveAction:
        """By the clock of the disk, whatever `computed_at` says: a vacuum counts from there."""
        return RemoveAction(path, True, millis, size, {VERSION: self.version})

    @property
    def _millis(self) -> int:
        return int(self.computed_at.timestamp() * 1000)


def write_snapshots(
    frame_chunks: Iterable[pa.Table], folder: Path, definitions_version: str, computed_at: datetime
) -> int:
    """Adds snapshots to the Delta table in `folder`; returns how many rows were written.

    Every chunk has the same columns, `account_id` (text) and `as_of` (date) among them, in the order of its accounts.
    For every as-of date in the chunks the rows of the same definitions version are replaced, so that a second run
    changes nothing that a reader sees but `computed_at`. Chunks are taken one by one while others are being written.
    What is superseded stays readable for a week (`DeltaTable(folder, version=n)`); older files are vacuumed.
    `computed_at` has a time zone. SabaiError STO-001 where the disk refuses; the table is then as it was.

    >>> from datetime import UTC, date
    >>> from tempfile import TemporaryDirectory
    >>> rows = pa.table({"account_id": ["a"], "as_of": [date(2024, 1, 1)], "score": [62.5]})
    >>> with TemporaryDirectory() as folder:
    ...     write_snapshots([rows], Path(folder), "4f1c", datetime(2024, 1, 2, tzinfo=UTC))
    ...     open_snapshots(Path(folder)).to_pyarrow_table().column("score").to_pylist()
    1
    [62.5]
    """
    pieces: list[Piece] = []
    return _write(_Run(folder, definitions_version, computed_at), frame_chunks, pieces, lambda: on_days_of(pieces))[0]


def restate_snapshots(
    frame_chunks: Iterable[pa.Table], folder: Path, definitions_version: str, computed_at: datetime
) -> Restated:
    """The same, but rows that say what they said before stay as they are, also in when they were computed.

    Afterwards readers see what `write_snapshots` would show them, but for `computed_at`.
    """
    run = _Run(folder, definitions_version, computed_at)
    restating = Restating(folder, run.partition)
    _, gone = _write(run, restating.otherwise(frame_chunks), [], lambda: restating.is_gone)
    return Restated(gone.rows, gone.stood)


def days_in(folder: Path, definitions_version: str) -> tuple[int, ...]:
    """The as-of dates of the snapshots of these definitions, as days since 1970-01-01, ascending."""
    files = live_files(folder, f"{VERSION}={definitions_version}")
    told = [keys(pl.scan_parquet(folder / path, hive_partitioning=False, glob=False)).select("as_of") for path in files]
    return tuple(pl.concat(told).unique().sort("as_of").collect()["as_of"]) if told else ()


def _write(
    run: _Run, chunks: Iterable[pa.Table], pieces: list[Piece], gone: Callable[[], Gone]
) -> tuple[int, Superseded]:
    """How many rows were written, and what they superseded; `gone` is asked once all are."""
    try:
        write_pieces((_stamped(chunk, run.computed_at) for chunk in chunks), run.folder, run.partition, pieces)
        written = sum(piece.rows for piece in pieces)
        superseded = supersede(run.folder, run.partition, pieces, gone())
    except BaseException:
        _forget(run.folder, pieces)
        raise
    if pieces or superseded.files:  # now nothing is removed: a commit can land and its acknowledgement be lost
        with said_plainly(run.folder):
            run.commit(pieces, superseded.files)
        _vacuum(run.folder)
    return written, superseded


def _stamped(chunk: pa.Table, computed_at: datetime) -> pa.Table:
    stamp = pa.scalar(computed_at, pa.timestamp("us", "UTC"))
    return chunk.append_column(COMPUTED, pa.repeat(stamp, chunk.num_rows))


def _forget(folder: Path, pieces: list[Piece]) -> None:
    for piece in pieces:
        with suppress(OSError):
            (folder / piece.path).unlink(missing_ok=True)


def _vacuum(folder: Path) -> None:
    """Takes away files that nobody can be reading any more, those of killed runs too. If it fails, they stay."""
    with suppress(DeltaError, OSError):
        open_snapshots(folder).vacuum(KEPT_HOURS, dry_run=False, enforce_retention_duration=False, full=True)


def _schema(pieces: list[Piece]) -> pa.Schema:
    return pieces[0].schema.append(pa.field(VERSION, pa.string()))


def _widen(table: DeltaTable, schema: pa.Schema) -> None:
    """Columns that the table has not had yet, for new factors; older rows are unknown there."""
    known = {field.name for field in table.schema().fields}
    new = [Field.from_arrow(field) for field in schema if field.name not in known]
    if new:
        table.alter.add_columns(new)


def _not_committed(folder: Path, error: DeltaError) -> Issue:
    return Issue(
        "STO-002",
        f"The snapshots could not be added: {in_our_words(error)}",
        str(folder),
        "Readers still see the table as it was.",
        "If another run was writing to the same folder, wait for it to end and run the same command again.",
    )
