"""Made facts, written as landing writes them: events and everything beside them in a natural proportion.

Two years of a company with 10,000 customers are about 10 million events. The same seed gives the same facts, and memory
stays bounded however many events there are.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from benchmarks.made.beside import dues, responses, subscriptions, tickets, touchpoints
from benchmarks.made.customers import FIRST, Customers, account_rows, chance
from benchmarks.made.landing import write_table
from benchmarks.made.usage import write_events
from sabai.facts.landed import Facts, Tally

BESIDE = {
    "tickets": tickets,
    "subscriptions": subscriptions,
    "dues": dues,
    "responses": responses,
    "touchpoints": touchpoints,
}
TABLES = ("accounts", "events", *BESIDE)


def make_facts(folder: Path, events: int, accounts: int, seed: int = 7) -> Facts:
    """Facts of `accounts` accounts with `events` events over two years; made once, then found again in `folder`."""
    if not folder.exists():
        making = folder.with_name(f"{folder.name}.making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        _make(making, events, accounts, seed)
        making.rename(folder)
    return _found(folder)


def _make(folder: Path, events: int, accounts: int, seed: int) -> None:
    customers = Customers.made(accounts, seed)
    write_table(account_rows(customers, seed), "accounts", folder)
    write_events(customers, events, seed, folder)
    for name, table in BESIDE.items():
        write_table(table(customers, chance(seed, name)), name, folder)


def _found(folder: Path) -> Facts:
    ids = pl.read_parquet(folder / "accounts.parquet", columns=["account_id"])["account_id"]
    since = {name: {name: FIRST} for name in TABLES}
    return Facts(folder, tuple(ids), tuple(_tally(folder, table) for table in TABLES), since)


def _tally(folder: Path, table: str) -> Tally:
    rows = pq.read_metadata(folder / f"{table}.parquet").num_rows
    return Tally(table, rows, rows, versions=0, duplicates=0, conflicts=0, waiting=0, rejects=0, received_assumed=1.0)
