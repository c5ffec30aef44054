"""A store that grows: rows in a few words, landed part by part, and the same rows landed at once to compare with."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from sabai.definitions.model import Basic, Definitions, Metric, Source, Workspace
from sabai.engines import local
from sabai.facts.land import land
from sabai.facts.landed import Facts, Tally
from sabai.facts.stored.facts import StoredFacts
from sabai.facts.stored.store import Added, land_into, stored
from sabai.metrics.grid import Grid
from tests.facts.conftest import same as named_alike
from tests.facts.conftest import source
from tests.metrics.engines import labels
from tests.metrics.landing import define

BEGIN = datetime(2025, 3, 1, tzinfo=UTC)
DAYS = range(19_720, 19_800, 3)  # 2023-12-29 and on
Rows = Sequence[Mapping[str, str]]

COLUMNS = {
    "accounts": ("account_id", "name", "segment", "started_on", "received_at"),
    "contacts": ("contact_id", "account_id", "name", "email", "received_at"),
    "events": ("event_id", "account_id", "contact_id", "name", "occurred_at", "value", "received_at"),
    "tickets": ("ticket_id", "account_id", "opened_at", "resolved_at", "satisfaction", "received_at"),
    "invoices": ("invoice_id", "account_id", "issued_on", "due_on", "amount_minor", "received_at"),
    "payments": ("payment_id", "account_id", "invoice_id", "occurred_at", "amount_minor", "received_at"),
}
THINGS = ("accounts", "contacts", "tickets", "invoices")
METRICS: tuple[Metric, ...] = (
    Basic("count", "count", "events", window_days=9),
    Basic("spent", "sum", "events", "value", window_days=30),
    Basic("last", "last", "events", "value"),
    Basic("people", "distinct", "events", key="contact", window_days=20),
    Basic("open", "held", "tickets", "open"),
    Basic("opened", "count", "tickets", window_days=30),
    Basic("glad", "mean", "tickets", "satisfaction", window_days=40),
    Basic("owed", "held", "dues", "unpaid"),
    Basic("late", "max", "dues", "days_late", window_days=60),
    Basic("paid", "sum", "payments", "amount", window_days=60),
)


def source_of(table: str, **more: Any) -> Source:
    """All its columns are called as ours, and a thing says each of its versions."""
    history = "every" if table in THINGS else "last"
    return source(table, f"{table}*.csv", named_alike(*COLUMNS[table]), **{"history": history, **more})


def meaning(*sources: Source, metrics: Sequence[Metric] = METRICS, **workspace: Any) -> Definitions:
    told = define(*metrics)
    return Definitions(
        told.path,
        told.version,
        Workspace("test", **workspace),
        {each.name: each for each in sources},
        told.metrics,
        told.health,
    )


def csv_of(columns: Sequence[str], rows: Rows) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class Growing:
    """A store in `folder`, and exports that are made for one landing each, a day apart."""

    def __init__(self, folder: Path, definitions: Definitions, buckets: int = 3) -> None:
        self.folder, self.definitions, self.buckets = folder, definitions, buckets
        self.store = folder / "store"
        self.landings = 0

    def exports(self, tables: Mapping[str, Rows]) -> Path:
        self.landings += 1
        data = self.folder / f"exports-{self.landings}"
        data.mkdir(parents=True)
        for table, rows in tables.items():
            (data / f"{table}.csv").write_text(csv_of(COLUMNS[table], rows))
        return data

    def land(self, tables: Mapping[str, Rows]) -> Added:
        return self.again(self.exports(tables))

    def again(self, data: Path) -> Added:
        at = BEGIN + timedelta(days=self.landings)
        return land_into(self.definitions, data, self.store, at, buckets=self.buckets)

    @property
    def facts(self) -> StoredFacts:
        return stored(self.definitions, self.store)


def at_once(folder: Path, definitions: Definitions, tables: Mapping[str, Rows]) -> Facts:
    """The same rows in one landing without a store."""
    data = Growing(folder / "at-once", definitions).exports(tables)
    return land(definitions, data, folder / "landed")


def tallies(facts: Facts) -> dict[str, Tally]:
    return {tally.table: tally for tally in facts.tallies}


def by_account(facts: Facts, definitions: Definitions, days: Iterable[int] = DAYS) -> Grid:
    """The grid with its accounts in the order of their names."""
    grid = local.measure(facts, definitions, list(days))
    order = np.argsort(np.array(grid.accounts))
    return Grid(
        tuple(sorted(grid.accounts)),
        grid.as_of,
        {name: values[order] for name, values in grid.values.items()},
        grid.alive[order],
        grid.tenure_days[order],
        grid.segment[order],
        grid.segments,
    )


def assert_same_numbers(one: Facts, other: Facts, definitions: Definitions) -> None:
    """Every number of both, bit by bit, at every date."""
    assert sorted(one.account_ids) == sorted(other.account_ids)
    assert one.first_days == other.first_days
    if not one.account_ids:
        return
    first, second = (by_account(facts, definitions) for facts in (one, other))
    for name, values in first.values.items():
        np.testing.assert_array_equal(values, second.values[name], err_msg=name, strict=True)
    np.testing.assert_array_equal(first.alive, second.alive, strict=True)
    np.testing.assert_array_equal(first.tenure_days, second.tenure_days, strict=True)
    assert labels(first) == labels(second)


def assert_nothing_lost(store: Growing, added: Sequence[Added], came: Mapping[str, int]) -> None:
    """Of each landing and of all: rows in = facts + versions + duplicates + conflicts + waiting + rejects."""
    assert all(tally.holds for each in added for tally in each.tallies)
    total = tallies(store.facts)
    assert all(tally.holds for tally in total.values())
    assert {table: tally.rows_in for table, tally in total.items()} == dict(came)
