"""The facts of a store as every engine and page reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.dates import ALWAYS
from sabai.facts.catalogue import TABLES, day_column
from sabai.facts.days import local_day, with_days
from sabai.facts.dues import dues
from sabai.facts.landed import Facts
from sabai.facts.reach import Reach
from sabai.facts.runs import Opened
from sabai.facts.stored.aside import NAME as ASIDE
from sabai.facts.stored.aside import Aside
from sabai.facts.stored.reading import open_few, open_stored
from sabai.facts.stored.settings import Settings
from sabai.facts.stored.shelf import BUCKET, LANDED, MOVED, VERSION, Shelf, bucket_of, version_order
from sabai.store.delta import File

ACCOUNTS = "accounts"
_ONLY_HERE = (BUCKET, LANDED, MOVED, VERSION)


@dataclass(frozen=True, slots=True)
class RowsRead:
    """`read`: rows of the files that metrics were measured from, and of the accounts; `stored`: rows of all files."""

    read: int
    stored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFacts(Facts):
    """`account_ids` stand bucket by bucket, sorted in each; `versions` says how the log left each table."""

    settings: Settings
    versions: Mapping[str, int]
    bucket: int | None = None  # None: all of them
    few: tuple[str, ...] | None = None  # only these accounts, and None: all
    restated: int = 0  # facts of landings up to this number count from when they were told to be received
    known_on: int | None = None  # only what had come in before this day, and that from when it was told to be received
    shelves: dict[str, Shelf] = field(default_factory=dict, repr=False, compare=False)  # looked into so far
    opened: dict[str, dict[str, File]] = field(default_factory=dict, repr=False, compare=False)  # by table and path

    def only(self, bucket: int) -> StoredFacts:
        """The accounts of one bucket and their facts: all that a worker needs."""
        first, last = self.edges[bucket : bucket + 2]
        return replace(self, account_ids=self.account_ids[first:last], bucket=bucket)

    def of(self, accounts: Iterable[str]) -> StoredFacts:
        """Those of these accounts that there are, and their facts alone: measured as one run, out of as few rows as can
        be read. Whatever needs a file a bucket, as `only`, is not for them."""
        asked = replace(self, account_ids=(), few=tuple(sorted(set(accounts))))
        here = asked.scan(ACCOUNTS).select(pl.col("account_id").unique().sort()).collect()["account_id"]
        return replace(asked, account_ids=tuple(here), few=tuple(here))

    def place(self, account: str) -> tuple[int, str]:
        """Where its facts lie among those of all others."""
        return bucket_of(account, self.settings.buckets), account

    def shelf(self, table: str) -> Shelf:
        """Of a table as the log left it; opened once, however many buckets are read."""
        version = self.versions.get(table, -1)
        return self.shelves.setdefault(
            table, Shelf(self.folder / "facts", TABLES[table], self.settings.buckets, version)
        )

    def open(self, table: str, columns: Sequence[str], reach: Reach | None = None) -> Opened:
        reach = reach if TABLES[table].kind == "happening" else None
        return open_stored(self, table, columns, reach) if self.few is None else open_few(self, table, columns, reach)

    def aside(self) -> pl.LazyFrame:
        return Aside(self.folder, self.versions.get(ASIDE, -1)).scan()

    @property
    def edges(self) -> NDArray[np.int64]:
        """Where the accounts of each bucket begin, and how many there are."""
        counts = np.bincount(
            [bucket_of(each, self.settings.buckets) for each in self.account_ids], minlength=self.settings.buckets
        )
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    def has(self, table: str) -> bool:
        return self.shelf("invoices" if table == "dues" else table).is_begun

    def scan(self, table: str, bucket: int | None = None, reach: Reach | None = None) -> pl.LazyFrame:
        """All rows, or those of a bucket, or happenings within `reach`; with `superseded_day`, as a store only knows it
        when it is read."""
        if table == "dues":
            return self._dues(bucket)
        rows = self.shelf(table).scan(self.files(table, reach))
        bucket = self.bucket if bucket is None else bucket
        if bucket is not None:
            rows = rows.filter(pl.col(BUCKET) == bucket)
        if self.few is not None and "account_id" in TABLES[table].columns:
            rows = rows.filter(pl.col("account_id").is_in(self.few))
        if reach is not None:
            rows = reach.within(rows, day_column(TABLES[table].time))
        rows = self._as_received(rows)
        if TABLES[table].kind == "happening":
            return rows.drop(_ONLY_HERE).with_columns(superseded_day=pl.lit(None, dtype=pl.Int32))
        newer = pl.col("received_day").shift(-1).cum_min(reverse=True)  # one that came late may count after the next
        order = version_order(rows.collect_schema().names())
        whose = ("account_id",) if "account_id" in TABLES[table].columns else ()  # rates and costs are of nobody
        then = newer.over("source", "key", *whose, order_by=order)
        return rows.with_columns(superseded_day=then).filter(~pl.col(MOVED)).drop(_ONLY_HERE)

    def files(self, table: str, reach: Reach | None = None) -> list[File]:
        """Those in which such rows of a table can be: files that end before them stay closed, and other buckets."""
        own, since = day_column(TABLES[table].time), reach.first_day if reach else None
        files = self.shelf(table).files.files()
        if self.few is not None and "account_id" in TABLES[table].columns:
            buckets = {bucket_of(each, self.settings.buckets) for each in self.few}
            files = [file for file in files if int(file.part) in buckets]
        return files if since is None else [file for file in files if file.most.get(own, since) >= since]

    @property
    def rows_read(self) -> RowsRead | None:
        """None where somebody else has read them: the workers of a cluster."""
        if not self.opened:
            return None
        files = {table: self.shelf(table).files.files() for table in self.versions if table in TABLES}
        opened = {ACCOUNTS: files.get(ACCOUNTS, []), **{table: each.values() for table, each in self.opened.items()}}
        read, stored = (sum(file.rows for each in told.values() for file in each) for told in (opened, files))
        return RowsRead(read, stored)

    def _as_received(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        told = local_day(pl.col("received_at"), "instant", self.settings.time_zone).fill_null(ALWAYS)
        if self.known_on is not None:
            return rows.filter(pl.col("received_day") < self.known_on).with_columns(received_day=told)
        if self.restated:
            restated = pl.when(pl.col(LANDED) <= self.restated).then(told).otherwise("received_day")
            return rows.with_columns(restated.alias("received_day"))
        return rows

    @property
    def as_they_lie(self) -> bool:
        """Whether every row counts from the day that its file says."""
        return not self.restated and self.known_on is None

    def by_day(self, table: str) -> pl.LazyFrame:
        whole = self.as_they_lie and self.bucket is None and self.few is None
        return self.shelf(table).by_day() if whole else Facts.by_day(self, table)

    def _dues(self, bucket: int | None) -> pl.LazyFrame:
        invoices = self.scan("invoices", bucket).collect()
        payments = replace(self, bucket=None, few=None).scan("payments")  # whoever pays need not be who owes
        paid = payments.join(invoices.lazy().select("invoice_id"), on="invoice_id", how="semi").collect()
        rows = dues(invoices, paid)
        return with_days(rows, TABLES["dues"], self.settings.time_zone).lazy()
