"""A table of a store, read bucket by bucket for the kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from sabai.facts.catalogue import TABLES, FactTable
from sabai.facts.order import in_order
from sabai.facts.reach import Reach
from sabai.facts.runs import Batch, open_file
from sabai.store.delta import File

if TYPE_CHECKING:
    from sabai.facts.stored.facts import StoredFacts


@dataclass(frozen=True, slots=True)
class StoredTable:
    """`edges`: where the accounts of each bucket begin, and one more; runs are cut there and nowhere else."""

    facts: StoredFacts
    table: str
    columns: tuple[str, ...]
    edges: NDArray[np.int64]
    files: dict[int, list[File]]
    reach: Reach | None  # the happenings that are wanted

    @property
    def rows(self) -> NDArray[np.float64]:
        accounts = np.diff(self.edges)
        rows = np.array([sum(file.rows for file in self.files.get(bucket, [])) for bucket in range(len(accounts))])
        return np.repeat(rows / np.maximum(accounts, 1), accounts)

    @property
    def cuts(self) -> NDArray[np.int64] | None:
        return self.edges

    def read(self, first_account: int, last_account: int) -> Batch:
        """The rows of whole buckets, in the order of accounts."""
        first = np.searchsorted(self.edges, first_account, side="right") - 1  # buckets without accounts are passed over
        last = np.searchsorted(self.edges, last_account)
        batches = [self._bucket(bucket) for bucket in range(int(first), int(last))]
        return batches[0] if len(batches) == 1 else _joined(batches)

    def _bucket(self, bucket: int) -> Batch:
        accounts = self.facts.account_ids[self.edges[bucket] : self.edges[bucket + 1]]
        files, table = self.files.get(bucket, []), TABLES[self.table]
        if len(files) == 1 and table.kind == "happening" and self.facts.as_they_lie:
            path = self.facts.shelf(self.table).files.folder / files[0].path
            return open_file(path, self.columns, accounts).read(0, len(accounts))
        rows = self.facts.scan(self.table, bucket, self.reach)
        return _in_order(rows, table, self.columns, accounts)


@dataclass(frozen=True, slots=True)
class FewAccounts:
    """The rows of some accounts of a store, read at once."""

    facts: StoredFacts
    table: str
    columns: tuple[str, ...]
    reach: Reach | None

    @property
    def rows(self) -> NDArray[np.float64]:
        """So few that nobody has to weigh them."""
        return np.zeros(len(self.facts.account_ids))

    @property
    def cuts(self) -> NDArray[np.int64]:
        return np.array([0, len(self.facts.account_ids)])

    def read(self, first_account: int, last_account: int) -> Batch:
        """The rows of them all."""
        accounts = self.facts.account_ids[first_account:last_account]
        rows = self.facts.scan(self.table, reach=self.reach)
        return _in_order(rows, TABLES[self.table], self.columns, accounts)


def _in_order(scanned: pl.LazyFrame, table: FactTable, columns: Sequence[str], accounts: Sequence[str]) -> Batch:
    """The columns that are wanted of rows of these accounts, and where those of each begin."""
    here = scanned.collect_schema().names()
    wanted = dict.fromkeys(("account_id", table.time, "source", "key", *columns))  # these say where a row stands
    rows = in_order(scanned.select(name for name in wanted if name in here).collect(), table)
    counts = rows.group_by("account_id").len()
    every = pl.DataFrame({"account_id": accounts}, {"account_id": pl.String})  # where there are none, too
    every = every.join(counts, on="account_id", how="left", maintain_order="left")
    offsets = np.concatenate([[0], np.cumsum(every["len"].fill_null(0).to_numpy())]).astype(np.int64)
    told = rows.select(name for name in columns if name in here).to_arrow()
    return {name: _as_codes(told[name].combine_chunks()) for name in told.column_names}, offsets


def open_few(facts: StoredFacts, table: str, columns: Sequence[str], reach: Reach | None) -> FewAccounts:
    """As `open_stored`, for the few accounts that `facts` speak of; other buckets stay closed too."""
    for source in ("invoices", "payments") if table == "dues" else (table,):
        wanted = {file.path: file for file in facts.files(source, reach)}
        facts.opened[source] = {**facts.opened.get(source, {}), **wanted}
    return FewAccounts(facts, table, tuple(columns), reach)


def open_stored(facts: StoredFacts, table: str, columns: Sequence[str], reach: Reach | None) -> StoredTable:
    """`reach`: the happenings that are wanted; files that end before them stay closed."""
    files: dict[int, list[File]] = {}
    for source in ("invoices", "payments") if table == "dues" else (table,):
        wanted = facts.files(source, reach)
        facts.opened[source] = {**facts.opened.get(source, {}), **{file.path: file for file in wanted}}
        for file in wanted:
            files.setdefault(int(file.part), []).append(file)
    return StoredTable(facts, table, tuple(columns), facts.edges, files, reach)


def _as_codes(column: pa.Array) -> pa.Array:
    """Text as codes into a dictionary, as a file that is read alone gives it."""
    return column.cast(pa.string()).dictionary_encode() if pa.types.is_large_string(column.type) else column


def _joined(batches: Sequence[Batch]) -> Batch:
    tables = [pa.table(dict(columns)) for columns, _ in batches]
    whole = pa.concat_tables(tables, promote_options="permissive").unify_dictionaries().combine_chunks()
    starts = np.cumsum([0, *(offsets[-1] for _, offsets in batches)])
    offsets = [offsets[:-1] + start for (_, offsets), start in zip(batches, starts, strict=False)]
    return {name: whole[name].combine_chunks() for name in whole.column_names}, np.concatenate([*offsets, starts[-1:]])
