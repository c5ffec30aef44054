"""A store that gets new columns, more buckets, and loses its cache of keys: what it has, it has once and for good."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sabai.definitions.model import ColumnMap
from sabai.facts.catalogue import TABLES
from sabai.facts.stored import compact
from sabai.facts.stored.keys import Keys, hashes
from tests.facts.conftest import always, of, same, source
from tests.facts.stored.bench import (
    COLUMNS,
    Growing,
    Rows,
    assert_same_numbers,
    at_once,
    csv_of,
    meaning,
    source_of,
    tallies,
)

EVENTS = meaning(source_of("events"))


def event(key: str, day: int = 5, **more: str) -> dict[str, str]:
    at = f"2024-01-{day:02}"
    return {"event_id": key, "account_id": "ant", "name": "login", "occurred_at": at, "received_at": at, **more}


def files(store: Growing, table: str = "events") -> set[str]:
    return {file.path for file in store.facts.shelf(table).files.files()}


def counts(added: object) -> tuple[int, int, int]:
    (tally,) = [each for each in added.tallies if each.table == "events"]
    return tally.facts, tally.duplicates, tally.conflicts


def test_rows_known_by_their_number_come_once_and_those_added_at_the_end_are_new(tmp_path: Path) -> None:
    columns = {**same("account_id", "name", "occurred_at", "received_at"), "event_id": ColumnMap(row_number=True)}
    store = Growing(tmp_path, meaning(source("events", "events.csv", columns)))
    data = store.exports({"events": [event("1"), event("1")]})
    assert counts(store.again(data)) == (2, 0, 0)
    with (data / "events.csv").open("a", encoding="utf-8") as file:
        file.write((data / "events.csv").read_text(encoding="utf-8").splitlines()[-1] + "\n")
    assert counts(store.again(data)) == (1, 2, 0)


def test_a_new_property_and_a_newly_mapped_column_leave_old_files_alone(tmp_path: Path) -> None:
    few = source("events", "events.csv", same("event_id", "account_id", "name", "occurred_at"))
    more = source("events", "events.csv", {**few.columns, "value": of("value"), "properties.plan": of("contact_id")})
    store = Growing(tmp_path, meaning(few))
    store.land({"events": [event("1"), event("2")]})
    before, bytes_before = (
        files(store),
        {name: (store.store / "facts/events" / name).read_bytes() for name in files(store)},
    )
    store.definitions = meaning(more)
    assert counts(store.land({"events": [event("1"), event("3", value="4", contact_id="gold")]})) == (1, 1, 0)
    assert before < files(store)
    assert bytes_before == {name: (store.store / "facts/events" / name).read_bytes() for name in before}
    rows = store.facts.scan("events").sort("key").select("key", "value", "properties.plan").collect().rows()
    assert rows == [("1", None, None), ("2", None, None), ("3", 4.0, "gold")]
    store.definitions = meaning(few)
    assert counts(store.land({"events": [event("4")]})) == (1, 0, 0)
    assert store.facts.scan("events").collect().height == 4


def test_a_column_that_is_filled_later_makes_another_word_on_a_happening(tmp_path: Path) -> None:
    store = Growing(tmp_path, EVENTS)
    store.land({"events": [event("1")]})
    assert counts(store.land({"events": [event("1", value="9")]})) == (0, 0, 1)
    (conflict,) = store.facts.aside().collect().rows(named=True)
    assert (conflict["code"], conflict["fate"]) == ("FCT-120", "conflict")
    assert '"value":"9"' in conflict["raw"]
    assert store.facts.scan("events").collect()["value"].to_list() == [None]


@pytest.mark.parametrize("buckets", [pytest.param(2, marks=pytest.mark.long), 7])  # with 7 some stay empty
def test_however_accounts_are_divided_the_numbers_are_the_same(tmp_path: Path, buckets: int) -> None:
    definitions = meaning(*map(source_of, ("accounts", "events", "invoices", "payments")))
    names = ["ant", "bee", "cat", "dog", "elk"]
    day = [f"2024-01-{n:02}" for n in range(1, 29)]
    landings: list[dict[str, Rows]] = [
        {
            "accounts": [{"account_id": each, "started_on": day[0], "received_at": day[0]} for each in names],
            "events": [{**event(f"{part}{n}", n), "account_id": names[n * n % 5]} for n in range(1 + part, 28, 2)],
            "invoices": [
                {"invoice_id": f"{part}{n}", "account_id": names[n % 5], "issued_on": day[n], "due_on": day[n + 2],
                 "amount_minor": "50", "received_at": day[n]} for n in range(9)
            ],
            "payments": [
                {"payment_id": f"{part}{n}", "account_id": names[n % 3], "invoice_id": f"{part}{n}",
                 "occurred_at": day[n + 5], "amount_minor": "30", "received_at": day[n + 6]} for n in range(9)
            ],
        }
        for part in range(2)
    ]  # fmt: skip
    one, several = Growing(tmp_path / "one", definitions, 1), Growing(tmp_path / "several", definitions, buckets)
    for tables in landings:
        assert one.land(tables).tallies == several.land(tables).tallies
    assert_same_numbers(one.facts, several.facts, definitions)
    whole = {name: [row for tables in landings for row in tables[name]] for name in landings[0]}
    whole["accounts"] = landings[0]["accounts"]
    assert_same_numbers(at_once(tmp_path, definitions, whole), several.facts, definitions)
    parts = [several.facts.only(bucket) for bucket in range(buckets)]
    assert sorted(account for part in parts for account in part.account_ids) == names
    assert sum(part.scan("events").collect().height for part in parts) == 27


KINDS = source(
    "subscriptions",
    "subscriptions.csv",
    {**same("subscription_id", "account_id", "starts_at", "interval", "currency", "seats", "auto_renew", "term_months"),
     "amount_minor": of("amount", unit="major")},
)  # fmt: skip
ADVOCACY = source(
    "advocacy",
    "advocacy.csv",
    {**same("account_id", "kind", "occurred_at", "referred_account_id"), "value_minor": of("value"),
     "advocacy_id": of("by"), "currency": always("THB"), "contact_id": of("by")},
)  # fmt: skip
KEYLESS = source(
    "events", "e.csv", {**same("account_id", "name", "occurred_at"), "quantity": of("n"), "value": always(1)}
)


def write_all_kinds(data: Path) -> None:
    (data / "subscriptions.csv").write_text(
        "subscription_id,account_id,starts_at,interval,currency,seats,auto_renew,term_months,amount\n"
        "s1,ant,2024-01-01,month,THB,3.5,yes,12,10.25\ns2,bee,2024-01-01,,THB,,no,,7\n"
    )
    (data / "advocacy.csv").write_text(
        "account_id,kind,occurred_at,referred_account_id,value,by\nant,referral,2024-01-05,bee,100,u1\n"
    )
    (data / "e.csv").write_text(
        "account_id,name,occurred_at,n\nant,x,2024-01-05T10:00:00.123456Z,2\nant,y,2024-01-06,\n"
    )


@pytest.mark.parametrize("lost", ["whole", "one", "stamp", "torn", "other"])
def test_keys_are_a_cache_and_made_again_where_they_are_not_those_of_the_tables(tmp_path: Path, lost: str) -> None:
    store = Growing(tmp_path, meaning(KINDS, ADVOCACY, KEYLESS, currency="THB"))
    write_all_kinds(data := store.exports({}))
    assert all(tally.facts for tally in store.again(data).tallies)
    for folder in sorted((store.store / "keys").iterdir()):
        path = folder / "1-1.npy"
        if lost == "whole":
            shutil.rmtree(folder)
        elif lost == "stamp":
            (folder / "hashed-by").write_text("another")
        elif lost == "torn":
            path.write_bytes(path.read_bytes()[:100])
        elif lost == "one":
            path.unlink()
        else:
            np.save(path, np.concatenate([np.load(path)] * 2, axis=1))
    write_all_kinds(again := store.exports({}))
    for tally in store.again(again).tallies:
        assert (tally.facts, tally.versions, tally.conflicts, tally.rejects) == (0, 0, 0, 0)
        assert tally.duplicates == tally.rows_in


def test_keys_of_a_landing_that_was_never_finished_are_not_believed(tmp_path: Path) -> None:
    """Killed between keys and log; then other tables land under its number before its own rows come again."""
    store = Growing(tmp_path, meaning(source_of("events"), source_of("tickets")))
    store.land({"events": [event("1")]})
    keys = Keys(store.store / "keys" / "events")
    rows = pl.DataFrame({"source": ["events"], "key": ["2"]})
    keys.add(2, hashes(rows, TABLES["events"]))
    store.land({"tickets": [{"ticket_id": "1", "account_id": "ant", "opened_at": "2024-01-02"}]})
    assert counts(store.land({"events": [event("2")]})) == (1, 0, 0)


def test_arrays_of_keys_stay_few(tmp_path: Path) -> None:
    store = Growing(tmp_path, EVENTS)
    for n in range(9):
        assert counts(store.land({"events": [event(str(n)), event("0")]})) == ((2 if n == 0 else 1) - (n == 0), 1, 0)
    assert len(list((store.store / "keys/events").glob("*.npy"))) <= 4
    assert tallies(store.facts)["events"].facts == 9


def test_a_compaction_that_was_killed_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It had shown its files and hidden the old ones, and never said so in the log."""

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    store = Growing(tmp_path, EVENTS, 1)
    store.land({"events": [event("1")]})
    with monkeypatch.context() as patched:
        patched.setattr(compact, "MOST_FILES", 1)
        patched.setattr(compact, "Entry", killed)
        with pytest.raises(Killed):
            store.land({"events": [event("2", 6)]})
    assert store.facts.scan("events").collect().height == 2
    assert len(files(store)) == 2
    monkeypatch.setattr(compact, "MOST_FILES", 1)
    store.land({"tickets": [], "events": [event("3", 7)]})
    assert store.facts.scan("events").collect()["key"].sort().to_list() == ["1", "2", "3"]
    assert len(files(store)) == 1


def test_exports_may_be_one_file_and_have_no_rows(tmp_path: Path) -> None:
    store = Growing(tmp_path, EVENTS)
    empty = store.exports({"events": []}) / "events.csv"
    store.again(empty)
    assert store.facts.account_ids == ()
    empty.write_text(csv_of(COLUMNS["events"], [event("1")]))
    store.again(empty)
    assert store.facts.account_ids == ("ant",)
    assert isinstance(store.facts.scan("tickets").collect(), pl.DataFrame)
