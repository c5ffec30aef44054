"""Each rule with a row that breaks it and its twin that does not."""

from __future__ import annotations

import pytest

from tests.facts.conftest import Bench, aside, rows, same, source, tally

CASES = [
    (
        "subscriptions",
        {"subscription_id": "1", "account_id": "a", "starts_at": "2024-01-02"},
        {"starts_at": ""},
        "FCT-101",
    ),
    (
        "subscriptions",
        {"subscription_id": "1", "account_id": "a", "starts_at": "2024-01-02", "ends_at": "2024-01-02"},
        {"ends_at": "2024-01-01"},
        "FCT-103",
    ),
    (
        "accounts",
        {"account_id": "a", "started_on": "2024-01-02", "ended_on": "2024-02-01"},
        {"ended_on": "2023-02-01"},
        "FCT-103",
    ),
    (
        "invoices",
        {
            "invoice_id": "1",
            "account_id": "a",
            "issued_on": "2024-01-02",
            "disputed_from": "2024-01-03",
            "disputed_until": "2024-01-04",
        },
        {"disputed_until": "2024-01-01"},
        "FCT-103",
    ),
    (
        "responses",
        {"response_id": "1", "account_id": "a", "asked_at": "2024-01-02", "answered_at": "2024-01-03"},
        {"answered_at": "2024-01-01"},
        "FCT-104",
    ),
    (
        "tickets",
        {"ticket_id": "1", "account_id": "a", "opened_at": "2024-01-02", "resolved_at": "2024-01-03"},
        {"resolved_at": "2024-01-01"},
        "FCT-105",
    ),
    (
        "tickets",
        {"ticket_id": "1", "account_id": "a", "opened_at": "2024-01-02", "first_response_at": "2024-01-03"},
        {"first_response_at": "2024-01-01"},
        "FCT-106",
    ),
    (
        "tickets",
        {
            "ticket_id": "1",
            "account_id": "a",
            "opened_at": "2024-01-02",
            "first_response_at": "2024-01-04",
            "resolved_at": "2024-01-04",
        },
        {"resolved_at": "2024-01-03"},
        "FCT-107",
    ),
    ("responses", {"response_id": "1", "account_id": "a", "kind": "nps", "score": "10"}, {"score": "11"}, "FCT-108"),
    (
        "responses",
        {"response_id": "1", "account_id": "a", "kind": "csat", "score": "5", "scale_min": "1", "scale_max": "5"},
        {"score": "0"},
        "FCT-108",
    ),
    (
        "payments",
        {"payment_id": "1", "account_id": "a", "occurred_at": "2024-01-02", "amount_minor": "-5", "currency": "USD"},
        {"currency": "BTC"},
        "FCT-109",
    ),
    (
        "payments",
        {"payment_id": "1", "account_id": "a", "occurred_at": "2024-01-02", "amount_minor": "-5", "currency": "USD"},
        {"currency": "EUR"},
        "FCT-110",
    ),
    (
        "events",
        {"event_id": "1", "account_id": "a", "name": "x", "occurred_at": "2024-01-02", "value": "1e12"},
        {"value": "1.1e12"},
        "FCT-112",
    ),
    (
        "events",
        {"event_id": "1", "account_id": "a", "name": "x", "occurred_at": "2024-01-02"},
        {"name": "a\x00b"},
        "FCT-113",
    ),
    (
        "events",
        {"event_id": "1", "account_id": "a", "name": "x", "occurred_at": "2024-01-02"},
        {"occurred_at": "1899-12-29"},
        "FCT-114",
    ),
    (
        "subscriptions",
        {"subscription_id": "1", "account_id": "a", "starts_at": "2024-01-02", "interval": "6 months"},
        {"interval": "fortnight"},
        "FCT-115",
    ),
    (
        "events",
        {"event_id": "1", "account_id": "a", "name": "x", "occurred_at": "1970-01-02"},
        {"occurred_at": "1970-01-01T00:00:00Z"},
        "FCT-117",
    ),
    (
        "payments",
        {"payment_id": "1", "account_id": "a", "occurred_at": "1900-01-02", "amount_minor": "5", "currency": "USD"},
        {"occurred_at": "1900-01-01"},
        "FCT-117",
    ),
]


@pytest.mark.parametrize(("table", "sound", "broken", "code"), CASES)
def test_a_broken_row_is_set_aside_and_its_twin_lands(
    bench: Bench, table: str, sound: dict[str, str], broken: dict[str, str], code: str
) -> None:
    mapping = source(table, "x.csv", same(*sound))
    lines = [",".join(sound), ",".join(sound.values()), ",".join((sound | broken).values())]
    bench.file("x.csv", "\n".join(lines[:2]))
    assert aside(bench.land(mapping)) == []
    bench.file("x.csv", "\n".join([lines[0], lines[2], ""]))
    facts = bench.land(mapping)
    assert aside(facts) == [(table, 1, next(iter(broken)), code)]
    assert (tally(facts, table).facts, tally(facts, table).rejects) == (0, 1)


def test_meaning_and_not_habit(bench: Bench) -> None:
    """Refunds are negative, prepaid invoices are paid before they are due and even issued, renewals lie ahead."""
    bench.file(
        "i.csv",
        "invoice_id,account_id,issued_on,due_on,paid_on,amount_minor\n1,a,2024-01-10,2024-02-01,2024-01-05,-5\n",
    )
    bench.file("s.csv", "subscription_id,account_id,starts_at,ends_at\n1,a,2024-01-10,2199-01-01\n")
    facts = bench.land(
        source("invoices", "i.csv", same("invoice_id", "account_id", "issued_on", "due_on", "paid_on", "amount_minor")),
        source("subscriptions", "s.csv", same("subscription_id", "account_id", "starts_at", "ends_at")),
    )
    assert aside(facts) == []
    assert rows(facts, "invoices", "base_minor") == [(-500,)]


def test_a_row_is_set_aside_once_for_its_first_problem(bench: Bench) -> None:
    bench.file("x.csv", "ticket_id,account_id,opened_at,resolved_at\n,,never,soon\n")
    facts = bench.land(source("tickets", "x.csv", same("ticket_id", "account_id", "opened_at", "resolved_at")))
    assert len(aside(facts)) == 1
    assert tally(facts, "tickets").holds
