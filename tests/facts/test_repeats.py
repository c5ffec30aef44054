from __future__ import annotations

from sabai.definitions.model import ColumnMap
from tests.facts.conftest import Bench, always, aside, of, rows, same, source, tally

EVENTS = source("events", "e*.csv", same("event_id", "account_id", "name", "occurred_at"))
KEYLESS = source("events", "e*.csv", same("account_id", "name", "occurred_at"))
TICKETS = same("ticket_id", "account_id", "opened_at", "resolved_at", "updated_at")
LOG = (
    "ticket_id,account_id,opened_at,resolved_at,updated_at\n"
    "1,a,2024-01-01,2024-01-09,2024-01-09\n1,a,2024-01-01,,2024-01-02\n1,a,2024-01-01,,2024-01-01\n"
)


def test_the_same_again_is_a_duplicate_and_something_else_a_conflict(bench: Bench) -> None:
    bench.file("e1.csv", "event_id,account_id,name,occurred_at\n1,a,x,2024-01-02\n2,a,x,2024-01-02\n")
    bench.file("e2.csv", "event_id,account_id,name,occurred_at\n1,a,x,2024-01-02\n2,a,y,2024-01-01\n")
    facts = bench.land(EVENTS)
    found = tally(facts, "events")
    assert (found.rows_in, found.facts, found.duplicates, found.conflicts) == (4, 2, 1, 1)
    assert rows(facts, "events", "key", "name") == [("2", "y"), ("1", "x")]
    assert aside(facts) == [("events", 2, "key", "FCT-120")]


def test_the_same_key_in_two_sources_is_two_facts_unless_they_say_they_are_one(bench: Bench) -> None:
    bench.file("e1.csv", "event_id,account_id,name,occurred_at\n1,a,x,2024-01-02\n")
    bench.file("f1.csv", "event_id,account_id,name,occurred_at\n1,a,x,2024-01-02\n")
    other = source("events", "f1.csv", EVENTS.columns, name="other")
    assert tally(bench.land(EVENTS, other), "events").facts == 2
    one = [
        source("events", files, {**EVENTS.columns, "source": always("shop")}, name=files)
        for files in ("e1.csv", "f1.csv")
    ]
    assert tally(bench.land(*one), "events").duplicates == 1


def test_without_a_key_the_content_is_the_key(bench: Bench) -> None:
    bench.file("e.csv", "account_id,name,occurred_at\na,x,2024-01-02\na,x,2024-01-02\na,y,2024-01-02\n")
    facts = bench.land(KEYLESS)
    assert (tally(facts, "events").facts, tally(facts, "events").duplicates) == (2, 1)
    first = rows(facts, "events", "key", "name")
    bench.file("e.csv", "name,account_id,occurred_at\ny,a,2024-01-02\nx,a,2024-01-02\n")
    assert rows(bench.land(KEYLESS), "events", "key", "name") == first


def test_rows_that_say_the_same_are_two_facts_by_their_number(bench: Bench) -> None:
    numbered = source("events", "e*.csv", {**KEYLESS.columns, "event_id": ColumnMap(row_number=True)})
    text = "account_id,name,occurred_at\na,x,2024-01-02\na,x,2024-01-02\n"
    bench.file("e1.csv", text)
    bench.file("e2.csv", text)
    facts = bench.land(numbered)
    assert (tally(facts, "events").facts, tally(facts, "events").duplicates) == (4, 0)
    assert [key for (key,) in rows(facts, "events", "key")] == ["e1.csv-1", "e1.csv-2", "e2.csv-1", "e2.csv-2"]
    assert tally(bench.land(KEYLESS), "events").facts == 1  # the twin


def test_the_last_row_of_a_thing_stands(bench: Bench) -> None:
    bench.file("t.csv", LOG + "1,a,2024-01-01,,2024-01-02\n")
    facts = bench.land(source("tickets", "t.csv", TICKETS))
    assert rows(facts, "tickets", "resolved_day", "superseded_day") == [(19731, None)]
    found = tally(facts, "tickets")
    assert (found.rows_in, found.facts, found.versions, found.duplicates) == (4, 1, 2, 1)


def test_without_an_update_time_the_last_in_the_file_stands(bench: Bench) -> None:
    bench.file("t.csv", LOG)
    mapped = {name: column for name, column in TICKETS.items() if name != "updated_at"}
    assert rows(bench.land(source("tickets", "t.csv", mapped)), "tickets", "resolved_day") == [(None,)]


def test_every_row_is_a_version_until_the_next_is_received(bench: Bench) -> None:
    bench.file("t.csv", LOG)
    facts = bench.land(source("tickets", "t.csv", TICKETS, history="every"))
    assert rows(facts, "tickets", "received_day", "superseded_day", "resolved_day") == [
        (19723, 19731, None),
        (19731, None, 19731),
    ]
    found = tally(facts, "tickets")
    assert (found.facts, found.versions, found.duplicates) == (1, 1, 1)  # the second version says what the first said


def test_versions_follow_the_received_time_where_it_is_seen(bench: Bench) -> None:
    bench.file("t.csv", LOG.replace("2024-01-09,2024-01-09", "2024-01-09,2024-02-09"))
    seen = source("tickets", "t.csv", {**TICKETS, "received_at": of("updated_at")}, history="every")
    assert rows(bench.land(seen), "tickets", "received_day", "received_assumed") == [(19723, False), (19762, False)]
