"""Rows of tables: the vocabulary of the catalogue, keys, versions, and the same request twice."""

from __future__ import annotations

from typing import Any

import pytest

from sabai.desk.intake.models import Answered, Batch
from sabai.desk.intake.rows import OPEN, READS
from sabai.facts.catalogue import TABLES
from tests.desk.intake.conftest import Send

TICKET = {"ticket_id": "T-1", "account_id": "A-1", "opened_at": "2026-06-01T09:00:00Z"}
PAYMENT = {"payment_id": "P-1", "occurred_at": "2026-06-01T09:00:00Z", "amount_minor": 12_00, "currency": "THB"}


def test_an_array_and_lines(send: Send) -> None:
    assert send("facts/tickets", [TICKET]).json() == {"success": True, "new": 1, "rejected": []}
    assert send("facts/payments", b'{"payment_id":"P-1","occurred_at":"2026-06-01T09:00:00Z"}\n\n').json()["new"] == 1
    assert list(Batch.everywhere.order_by("pk").values_list("table", "count")) == [("tickets", 1), ("payments", 1)]


def test_a_thing_has_versions_and_a_happening_has_not(send: Send) -> None:
    later = TICKET | {"resolved_at": "2026-06-02T09:00:00Z"}
    assert send("facts/tickets", [TICKET, later, TICKET]).json() == {"success": True, "new": 2, "rejected": []}
    assert send("facts/payments", [PAYMENT]).json()["new"] == 1
    answer = send("facts/payments", [PAYMENT | {"amount_minor": 1}]).json()
    assert (answer["new"], answer["rejected"][0]["code"]) == (0, "DSK-310")


def test_the_order_of_columns_is_no_difference(send: Send) -> None:
    assert send("facts/payments", [PAYMENT]).json()["new"] == 1
    assert send("facts/payments", [dict(reversed(PAYMENT.items()))]).json() == {
        "success": True,
        "new": 0,
        "rejected": [],
    }


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"ticket_id": "T-1"}, "DSK-308"),
        (TICKET | {"ticket_id": ""}, "DSK-308"),
        (TICKET | {"opend_at": "2026-06-01"}, "DSK-315"),
        (TICKET | {"opened_at": "yesterday"}, "DSK-316"),
        (TICKET | {"satisfaction": "good"}, "DSK-316"),
        (TICKET | {"satisfaction": True}, "DSK-316"),
        (TICKET | {"reopened_at": ["2026-06-01T09:00:00Z", 1]}, "DSK-316"),
        ("no row", "DSK-305"),
    ],
)
def test_rows_that_are_refused(send: Send, row: Any, code: str) -> None:
    answer = send("facts/tickets", [row, TICKET]).json()
    assert [(one["index"], one["code"]) for one in answer["rejected"]] == [(0, code)]
    assert answer["new"] == 1


def test_a_misspelt_column_is_told_the_right_one(send: Send) -> None:
    answer = send("facts/tickets", [TICKET | {"opend_at": "2026-06-01"}]).json()
    assert answer["rejected"][0]["hint"] == 'Did you mean "opened_at"?'


def test_money_is_whole_minor_units(send: Send) -> None:
    for amount in (12.5, "12", 2**63, True):
        rejected = send("facts/payments", [PAYMENT | {"amount_minor": amount}]).json()["rejected"]
        assert [one["code"] for one in rejected] == ["DSK-316"]


def test_what_has_happened_is_not_to_come(send: Send) -> None:
    rejected = send("facts/payments", [PAYMENT | {"occurred_at": "2036-06-01T09:00:00Z"}]).json()["rejected"]
    assert [one["code"] for one in rejected] == ["DSK-309"]
    contract = {"subscription_id": "S", "item_id": "I", "account_id": "A", "starts_at": "2036-06-01T00:00:00Z"}
    assert send("facts/subscriptions", [contract]).json()["new"] == 1


@pytest.mark.parametrize("table", ["dues", "identities", "nothing"])
def test_tables_that_are_not_open(send: Send, table: str) -> None:
    answer = send(f"facts/{table}", [])
    assert (answer.status_code, answer.json()["code"]) == (404, "DSK-314")


def test_every_type_of_the_catalogue_can_be_read() -> None:
    assert {kind for name in OPEN for kind in TABLES[name].columns.values()} <= set(READS)


def test_an_idempotency_key_is_answered_as_before(send: Send) -> None:
    first = send("facts/tickets", [TICKET], **{"Idempotency-Key": "k"})
    again = send("facts/tickets", [TICKET], **{"Idempotency-Key": "k"})
    assert (first.json()["new"], again.json()["new"]) == (1, 1)
    assert Answered.everywhere.count() == Batch.everywhere.count() == 1
    other = send("facts/tickets", [TICKET | {"topic": "bread"}], **{"Idempotency-Key": "k"})
    assert (other.status_code, other.json()["code"]) == (422, "DSK-317")
    assert send("facts/tickets", [TICKET], **{"Idempotency-Key": "other"}).json()["new"] == 0


def test_a_refused_request_may_be_repeated_with_its_key(send: Send) -> None:
    assert send("facts/tickets", b"{", **{"Idempotency-Key": "k"}).json()["new"] == 0
    assert send("facts/tickets", b"[", **{"Idempotency-Key": "l"}).status_code == 400
    assert send("facts/tickets", [TICKET], **{"Idempotency-Key": "l"}).json()["new"] == 1
