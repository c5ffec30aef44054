from __future__ import annotations

import errno
from pathlib import Path

import polars as pl
import pytest

from sabai.dates import ALWAYS
from sabai.errors import FactsError
from sabai.facts import landing
from tests.facts.conftest import Bench, always, aside, of, rows, same, source, tally

EVENTS = source("events", "events.csv", same("event_id", "account_id", "name", "occurred_at"))
CSV = "event_id,account_id,name,occurred_at\n1,b,login,2024-01-02 10:00:00\n2,a,login,2024-01-03 23:30:00\n"


def test_lands_events_sorted_by_account_with_days_of_the_workspace(bench: Bench) -> None:
    bench.file("events.csv", CSV)
    facts = bench.land(EVENTS, time_zone="Asia/Bangkok")
    assert rows(facts, "events", "account_id", "key", "occurred_day", "received_day", "received_assumed") == [
        ("a", "2", 19725, 19725, True),
        ("b", "1", 19724, 19724, True),
    ]
    assert facts.account_ids == ("a", "b")
    assert facts.first_days == {"events": {"events": 19724}}
    assert tally(facts, "events").holds
    assert tally(facts, "events").received_assumed == 1.0


def test_days_turn_at_local_midnight(bench: Bench) -> None:
    bench.file("events.csv", CSV.replace("23:30:00", "23:30:00Z"))
    assert rows(bench.land(EVENTS, time_zone="Asia/Bangkok"), "events", "occurred_day")[0] == (19726,)


def test_unmapped_columns_are_left_out_of_events_and_null_elsewhere(bench: Bench) -> None:
    bench.file("events.csv", CSV)
    bench.file("t.csv", "ticket_id,account_id,opened_at\n1,a,2024-01-01\n")
    facts = bench.land(EVENTS, source("tickets", "t.csv", same("ticket_id", "account_id", "opened_at")))
    assert "quantity" not in facts.scan("events").collect_schema()
    assert rows(facts, "tickets", "severity", "resolved_at", "resolved_day") == [(None, None, None)]


def test_accounts_are_gathered_from_the_facts_where_no_source_has_them(bench: Bench) -> None:
    bench.file("events.csv", CSV)
    facts = bench.land(EVENTS)
    assert rows(facts, "accounts", "account_id", "started_on", "received_day") == [
        ("a", None, ALWAYS),
        ("b", None, ALWAYS),
    ]


def test_facts_of_unknown_accounts_wait_where_accounts_are_known(bench: Bench) -> None:
    bench.file("events.csv", CSV)
    bench.file("accounts.csv", "account_id\na\n")
    facts = bench.land(EVENTS, source("accounts", "accounts.csv", same("account_id")))
    assert aside(facts) == [("events", 1, "account_id", "FCT-132")]
    assert (tally(facts, "events").facts, tally(facts, "events").waiting) == (1, 1)


def test_lag_and_seen_received_times(bench: Bench) -> None:
    bench.file(
        "events.csv",
        CSV.replace("\n", ",at\n", 1).replace("10:00:00\n", "10:00:00,2024-02-01\n").replace("30:00\n", "30:00,\n"),
    )
    seen = source("events", "events.csv", {**EVENTS.columns, "received_at": of("at")}, lag_seconds=3600)
    assert rows(bench.land(seen), "events", "key", "received_day", "received_assumed") == [
        ("2", 19726, True),
        ("1", 19754, False),
    ]


def test_occurrence_after_it_was_received_is_refused_only_where_that_was_seen(bench: Bench) -> None:
    bench.file(
        "events.csv",
        CSV.replace("\n", ",at\n", 1).replace("10:00:00\n", "10:00:00,2024-01-01\n").replace("30:00\n", "30:00,\n"),
    )
    seen = source("events", "events.csv", {**EVENTS.columns, "received_at": of("at")})
    assert aside(bench.land(seen)) == [("events", 1, "occurred_at", "FCT-111")]
    assert aside(bench.land(EVENTS)) == []


def test_since_says_from_when_a_table_is_complete(bench: Bench) -> None:
    from datetime import date

    bench.file("events.csv", CSV)
    early = source("events", "events.csv", EVENTS.columns, since=date(2023, 1, 1))
    assert bench.land(early).first_days == {"events": {"events": 19358}}


def test_a_source_is_collected_from_its_own_first_fact_on_and_without_its_file_nobody_knows(bench: Bench) -> None:
    bench.file("events.csv", CSV)
    bench.file("later.csv", CSV.replace("2024-01-", "2024-03-"))
    later = source("events", "later.csv", EVENTS.columns, name="later")
    gone = source("events", "gone.csv", EVENTS.columns, name="gone")
    assert bench.land(EVENTS, later, gone).first_days == {"events": {"events": 19724, "later": 19784, "gone": None}}


def test_nothing_is_read_again_when_nothing_has_changed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.file("events.csv", CSV)
    first = bench.land(EVENTS)
    with monkeypatch.context() as patch:
        patch.setattr(landing.Landing, "run", lambda *_: pytest.fail("landed again"))
        assert bench.land(EVENTS) == first
        with pytest.raises(pytest.fail.Exception):
            bench.land(EVENTS, time_zone="Asia/Tokyo")
    bench.file("events.csv", CSV + "3,c,login,2024-01-05\n")
    assert bench.land(EVENTS).account_ids == ("a", "b", "c")


def test_a_full_disk_leaves_what_stood_there(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.file("events.csv", CSV)
    before = bench.land(EVENTS)
    bench.file("events.csv", CSV + "3,c,login,2024-01-05\n")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(pl.DataFrame, "write_parquet", full)
        with pytest.raises(FactsError, match="FCT-013"):
            bench.land(EVENTS)
    assert before.scan("events").collect().height == 2
    assert [path.name for path in bench.folder.parent.iterdir() if path.name.startswith(".")] == []


def test_strict_stops_at_the_first_reject(bench: Bench) -> None:
    bench.file("events.csv", CSV + "3,c,login,soon\n")
    assert tally(bench.land(EVENTS), "events").rejects == 1
    with pytest.raises(FactsError, match="FCT-102"):
        bench.land(EVENTS, strict=True)
    bench.file("events.csv", CSV)
    assert tally(bench.land(EVENTS, strict=True), "events").rejects == 0


def test_one_file_fills_several_tables_and_several_files_one(bench: Bench) -> None:
    bench.file("a/x.csv", "id,who,what,at,score\n1,a,login,2024-01-01,\n2,a,nps,2024-01-02,9\n")
    bench.file("b/x.csv", "id,who,what,at,score\n3,b,login,2024-01-01,\n")
    from sabai.definitions.model import Where

    usage = source(
        "events",
        "*/x.csv",
        {"event_id": of("id"), "account_id": of("who"), "name": of("what"), "occurred_at": of("at")},
        where=(Where("what", "in", ("login",)),),
    )
    asked = source(
        "responses",
        "*/x.csv",
        {
            "response_id": of("id"),
            "account_id": of("who"),
            "kind": always("nps"),
            "asked_at": of("at"),
            "score": of("score"),
        },
        where=(Where("what", "in", ("nps",)),),
    )
    facts = bench.land(usage, asked)
    assert (tally(facts, "events").facts, tally(facts, "responses").facts) == (2, 1)
    assert tally(facts, "events").rows_in == 2


def test_rejects_keep_the_row_as_it_came(bench: Bench, tmp_path: Path) -> None:
    bench.file("events.csv", CSV + "3,c,login,soon\n")
    told = bench.land(EVENTS).aside().collect().row(0, named=True)
    assert told["file"] == "events.csv"
    assert told["row"] == 3
    assert told["value"] == "soon"
    assert told["fate"] == "reject"
    assert told["raw"] == '{"event_id":"3","account_id":"c","name":"login","occurred_at":"soon"}'


def test_a_source_without_files_is_said_aloud(bench: Bench) -> None:
    bench.file("events.csv", CSV)
    facts = bench.land(EVENTS, source("tickets", "tickets.csv", same("ticket_id", "opened_at")))
    assert [issue.code for issue in facts.issues] == ["FCT-002"]
    assert not facts.has("tickets")
