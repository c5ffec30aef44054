"""Rows whose account nobody knows yet: they come in again with every landing, and count once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from sabai.definitions.model import Source
from sabai.facts.stored.store import land_into, mark_scored
from tests.facts.conftest import of, source
from tests.facts.stored.bench import (
    COLUMNS,
    Growing,
    assert_nothing_lost,
    assert_same_numbers,
    at_once,
    csv_of,
    meaning,
    source_of,
    tallies,
)

DEFINITIONS = meaning(source_of("accounts"), source_of("events"))
ANT = {"account_id": "ant", "name": "Ant", "started_on": "2024-01-01", "received_at": "2024-01-01"}
BEE = {**ANT, "account_id": "bee", "name": "Bee"}


def event(key: str, account: str = "bee", day: int = 5) -> dict[str, str]:
    at = f"2024-01-{day:02}"
    return {
        "event_id": key,
        "account_id": account,
        "name": "login",
        "occurred_at": at,
        "value": "2.5",
        "received_at": at,
    }


def waits(store: Growing) -> list[tuple[str, int]]:
    rows = store.facts.aside().filter(pl.col("fate") == "waiting").sort("file", "row")
    return list(rows.select("file", "row").collect().iter_rows())


@pytest.fixture
def store(tmp_path: Path) -> Growing:
    return Growing(tmp_path, DEFINITIONS)


def test_rows_wait_until_their_account_is_known_and_count_once(store: Growing) -> None:
    first = store.land({"accounts": [ANT], "events": [event("1", "ant"), event("2"), event("3", day=9)]})
    again = store.land({"events": [event("4", "ant")]})
    assert waits(store) == [("events.csv", 2), ("events.csv", 3)]
    assert again.retried == {"events": 2}
    known = store.land({"accounts": [BEE], "events": [event("5")]})
    assert waits(store) == []
    found = {tally.table: (tally.rows_in, tally.facts, tally.waiting) for tally in known.tallies}
    assert found == {"accounts": (1, 1, 0), "events": (3, 3, 0)}
    assert_nothing_lost(store, [first, again, known], {"accounts": 2, "events": 5})
    pure = at_once(store.folder, DEFINITIONS, {
        "accounts": [ANT, BEE],
        "events": [event("1", "ant"), event("2"), event("3", day=9), event("4", "ant"), event("5")],
    })  # fmt: skip
    assert_same_numbers(pure, store.facts, DEFINITIONS)
    assert tallies(pure) == tallies(store.facts)


def test_what_waited_while_scores_were_computed_counts_from_the_landing_that_resolved_it(store: Growing) -> None:
    store.land({"accounts": [ANT], "events": [event("1")]})
    mark_scored(store.store, 20_000, datetime(2025, 3, 2, tzinfo=UTC))
    store.land({"accounts": [BEE]})
    landed = (datetime(2025, 3, 3, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days
    assert store.facts.scan("events").select("occurred_day", "received_day").collect().rows() == [(19_727, landed)]


def test_a_row_that_waits_and_comes_again_is_a_duplicate_of_itself(store: Growing) -> None:
    twice = [event("1"), event("1")]
    added = [store.land({"accounts": [ANT], "events": twice}), store.land({"events": [event("1")]})]
    assert waits(store) == [("events.csv", 1)]
    added.append(store.land({"accounts": [BEE], "events": twice}))
    assert_nothing_lost(store, added, {"accounts": 2, "events": 5})
    total = tallies(store.facts)["events"]
    assert (total.facts, total.duplicates, total.waiting) == (1, 4, 0)


def test_rows_of_a_source_that_is_no_longer_defined_go_on_waiting(store: Growing) -> None:
    store.land({"accounts": [ANT], "events": [event("1")]})
    store.definitions = meaning(source_of("accounts"), source_of("tickets"))
    assert store.land({"accounts": [BEE]}).retried == {}
    assert waits(store) == [("events.csv", 1)]
    store.definitions = DEFINITIONS
    assert store.land({"accounts": [{**BEE, "name": "Other", "received_at": "2024-02-01"}]}).retried == {"events": 1}
    assert waits(store) == []
    assert_nothing_lost(store, [], {"accounts": 3, "events": 1})


def test_a_column_that_a_source_names_since_is_unknown_in_rows_that_waited_before(store: Growing) -> None:
    store.land({"accounts": [ANT], "events": [event("1")]})
    columns = {**source_of("events").columns, "properties.plan": of("plan")}
    store.definitions = meaning(source_of("accounts"), source("events", "events*.csv", columns))
    folder = store.folder / "wider"
    folder.mkdir()
    (folder / "accounts.csv").write_text(csv_of(COLUMNS["accounts"], [BEE]))
    (folder / "events.csv").write_text(csv_of([*COLUMNS["events"], "plan"], [{**event("2"), "plan": "pro"}]))
    land_into(store.definitions, folder, store.store, datetime(2025, 3, 9, tzinfo=UTC))
    told = store.facts.scan("events").sort("key").select("key", "properties.plan").collect().rows()
    assert told == [("1", None), ("2", "pro")]


def parquet_like(path: Path) -> None:
    rows = pl.DataFrame({
        "event_id": [7], "account_id": ["bee"], "contact_id": [None], "name": ["login"], "value": [2.5],
        "occurred_at": [datetime(2024, 1, 5, 9, 30, 1, 500, tzinfo=UTC)],
        "received_at": [datetime.fromisoformat("2024-01-05T09:30:02")],
    })  # fmt: skip
    rows.write_parquet(path / "events.parquet")


def foreign_csv(path: Path) -> None:
    (path / "events.csv").write_text(
        "event_id;account_id;contact_id;name;value;occurred_at;received_at\n"
        "7;bee;;\"a;b\";1.234,50;31/01/2024;31/01/2024\n", encoding="utf-8"
    )  # fmt: skip


def nested_json(path: Path) -> None:
    at = '"occurred_at": "2024-01-05T09:30:00Z"'
    (path / "events.jsonl").write_text(
        f'{{"event_id": 7, "name": "login", "value": 1e3, "who": {{"account": "bee"}}, {at},'
        ' "received_at": "2024-01-05T09:30:02Z"}\n'
        f'{{"event_id": 8, "name": "logout", "who": {{"account": "ant"}}, {at}, "received_at": null}}\n'
    )


FOREIGN = source(
    "events", "events.csv", {name: of(name) for name in COLUMNS["events"]}, separator=";", name="events"
)  # fmt: skip
PLAIN = source("events", "events.parquet", {name: of(name) for name in COLUMNS["events"]})
NESTED = source(
    "events", "events.jsonl",
    {name: of(name) for name in ("event_id", "name", "value", "occurred_at", "received_at")}
    | {"account_id": of("who.account")},
)  # fmt: skip


def formatted(each: Source) -> Source:
    day = {name: of(name, format="%d/%m/%Y") for name in ("occurred_at", "received_at")}
    return source("events", "events.csv", {**each.columns, **day, "value": of("value", decimal=",", thousands=".")},
                  separator=";")  # fmt: skip


@pytest.mark.parametrize(
    ("write", "mapped"), [(parquet_like, PLAIN), (foreign_csv, formatted(FOREIGN)), (nested_json, NESTED)]
)
def test_whatever_it_was_read_from_it_is_understood_alike_once_it_has_waited(
    tmp_path: Path, write: object, mapped: Source
) -> None:
    definitions = meaning(source_of("accounts"), mapped)
    waited, known = (Growing(tmp_path / name, definitions) for name in ("waited", "known"))
    for store, accounts in ((waited, [ANT]), (known, [ANT, BEE])):
        data = store.exports({"accounts": accounts})
        write(data)
        store.again(data)
    waited.land({"accounts": [BEE]})
    rows = [store.facts.scan("events").sort("key").collect() for store in (waited, known)]
    assert rows[0].height > 0
    assert rows[0].equals(rows[1].select(rows[0].columns)), rows
    again = waited.folder / "exports-1"
    (again / "accounts.csv").touch()
    assert [tally.conflicts for tally in waited.again(again).tallies if tally.table == "events"] == [0]
