"""Landed tables read account by account: runs of neighbours that fit in memory, for an engine to take in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

ROWS_IN_A_RUN = 1_000_000
CELLS_IN_A_ROW = 16
"""A cell of the grid weighs as much as this part of a row when runs are cut."""


Batch = tuple[Mapping[str, pa.Array], NDArray[np.int64]]
"""Columns of one table for a run of accounts, and where each account's rows begin."""


class Opened(Protocol):
    """A table of facts, ready to be read for runs of neighbouring accounts."""

    @property
    def rows(self) -> NDArray[np.float64]:
        """How many rows each account has, or about so."""

    @property
    def cuts(self) -> NDArray[np.int64] | None:
        """Where a run may begin: places among all accounts. None: anywhere."""

    def read(self, first_account: int, last_account: int) -> Batch: ...


@dataclass(frozen=True, slots=True)
class TableFile:
    """One landed table: where each account's rows begin, and how to read a span of them."""

    path: Path
    metadata: pq.FileMetaData
    columns: tuple[str, ...]
    words: tuple[str, ...]  # the text columns, read as codes into a dictionary
    offsets: NDArray[np.int64]

    @property
    def rows(self) -> NDArray[np.float64]:
        return np.diff(self.offsets).astype(np.float64)

    @property
    def cuts(self) -> NDArray[np.int64] | None:
        return None

    def read(self, first_account: int, last_account: int) -> Batch:
        """Columns of the accounts [first, last), and where each account's rows begin among them."""
        begin, end = int(self.offsets[first_account]), int(self.offsets[last_account])
        offsets = self.offsets[first_account : last_account + 1] - begin
        ends = np.cumsum([self.metadata.row_group(i).num_rows for i in range(self.metadata.num_row_groups)])
        first = int(np.searchsorted(ends, begin, side="right"))
        last = int(np.searchsorted(ends, end, side="left"))
        groups = range(first, min(last + 1, len(ends))) if end > begin else range(0)
        file = pq.ParquetFile(self.path, metadata=self.metadata, read_dictionary=list(self.words))
        table = file.read_row_groups(list(groups), columns=list(self.columns), use_threads=False)
        skipped = begin - (int(ends[first - 1]) if first else 0) if len(groups) else 0
        return {name: _one(table[name].slice(skipped, end - begin)) for name in self.columns}, offsets


def _one(column: pa.ChunkedArray) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks()


def open_file(path: Path, wanted: Sequence[str], account_ids: Sequence[str]) -> TableFile:
    """A file that is sorted by account. `wanted` columns that it lacks are simply missing from what is read."""
    metadata = pq.read_metadata(path)
    schema = metadata.schema.to_arrow_schema()
    columns = tuple(name for name in wanted if name in schema.names)
    words = tuple(name for name in columns if pa.types.is_string(schema.field(name).type) or _is_text(schema, name))
    return TableFile(path, metadata, columns, words, _offsets(path, metadata, account_ids))


def _is_text(schema: pa.Schema, name: str) -> bool:
    kind = schema.field(name).type
    return bool(pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _offsets(path: Path, metadata: pq.FileMetaData, account_ids: Sequence[str]) -> NDArray[np.int64]:
    """The file is sorted by account, so counting rows by account is knowing where each begins."""
    places = {account: place for place, account in enumerate(account_ids)}
    counts = np.zeros(len(account_ids) + 1, dtype=np.int64)

    def count(group: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        file = pq.ParquetFile(path, metadata=metadata, read_dictionary=["account_id"])
        chunks = file.read_row_group(group, columns=["account_id"], use_threads=False)["account_id"].chunks
        return [_counted(chunk, places) for chunk in chunks]

    with ThreadPoolExecutor() as pool:
        for at, seen in chain.from_iterable(pool.map(count, range(metadata.num_row_groups))):
            np.add.at(counts, at + 1, seen)
    return np.cumsum(counts)


def _counted(codes: pa.DictionaryArray, places: Mapping[str, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which accounts stand in the chunk, and in how many rows each."""
    at = np.array([places[account] for account in codes.dictionary.to_pylist()], dtype=np.int64)
    return at, np.bincount(np.asarray(codes.indices), minlength=len(at))


def runs(tables: Mapping[str, Opened], accounts: int, cells: int) -> Iterator[tuple[int, int]]:
    """Cut all accounts into runs [first, last); `cells` is how many numbers the grid holds for each account."""
    weight = np.full(accounts, cells / CELLS_IN_A_ROW)
    cuts = np.arange(accounts + 1)
    for table in tables.values():
        weight += table.rows
        cuts = cuts if table.cuts is None else np.unique(table.cuts)
    total = np.concatenate([[0.0], np.cumsum(weight)])[cuts]
    first = 0
    while first < len(cuts) - 1:
        last = max(first + 1, int(np.searchsorted(total, total[first] + ROWS_IN_A_RUN, side="right")) - 1)
        yield int(cuts[first]), int(cuts[last])
        first = last
