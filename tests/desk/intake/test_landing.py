"""What messages become: rows of fact tables in the company's folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.intake import jobs
from sabai.desk.intake.actions.forget import forget_older_than
from sabai.desk.intake.clocks import happened_at
from sabai.desk.intake.landing.batches import bring_in
from sabai.desk.intake.models import Batch, Known
from sabai.desk.intake.refusals import Refusal
from sabai.desk.people.models import Membership
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.models import Account
from sabai.facts.catalogue import TABLES
from tests.desk.intake.conftest import Send, track

Landed = Callable[[], dict[str, list[dict[str, Any]]]]


@pytest.fixture
def landed(aiko: Membership, tmp_path: Path, settings: Any) -> Landed:
    """Brings in what waits; the lines of each table, and none a second time."""
    settings.DATA = tmp_path

    def brought() -> dict[str, list[dict[str, Any]]]:
        bring_in(aiko.workspace)
        tables: dict[str, list[dict[str, Any]]] = {}
        for path in sorted(Company.of(aiko.workspace).incoming.rglob("*.jsonl")):
            assert path.parent.name == "web"
            tables[path.parent.parent.name] = [json.loads(line) for line in path.read_text().splitlines()]
            path.unlink()
        for table, rows in tables.items():
            assert all(set(row) <= {*TABLES[table].columns, "received_at"} for row in rows)
        return tables

    return brought


def test_an_event(send: Send, landed: Landed) -> None:
    told = {"plan": "pro", "revenue": 12.5, "quantity": 3, "big": 10**25, "nested": {"a": 1}, "none": None}
    send("track", track(1, timestamp="2026-06-01T10:00:00Z", properties=told, context={"groupId": "A-1"}))
    (event,) = landed()["events"]
    assert event.pop("received_at").endswith("Z")
    assert event == {
        "event_id": "m-1",
        "account_id": "A-1",
        "contact_id": "u-1",
        "name": "report opened",
        "occurred_at": "2026-06-01T10:00:00.000000Z",
        "value": 12.5,
        "quantity": 3.0,
        "properties": {"plan": "pro", "revenue": 12.5, "quantity": 3, "big": str(10**25)},
    }
    assert landed() == {}


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"type": "page", "name": "Pricing"}, "page Pricing"),
        ({"type": "screen", "name": "Home"}, "screen Home"),
        ({"type": "page"}, "page"),
    ],
)
def test_pages_are_events(send: Send, landed: Landed, told: dict[str, str], name: str) -> None:
    send("batch", {"batch": [{"userId": "u"} | told]})
    assert [event["name"] for event in landed()["events"]] == [name]


@pytest.mark.parametrize(
    "where",
    [
        {"groupId": "A-1"},
        {"context": {"groupId": "A-1"}},
        {"context": {"traits": {"company": {"id": "A-1"}}}},
        {"traits": {"company": {"id": "A-1"}}},
    ],
)
def test_how_a_message_names_its_account(send: Send, landed: Landed, where: dict[str, Any]) -> None:
    send("track", track(1, **where))
    assert [event["account_id"] for event in landed()["events"]] == ["A-1"]


def test_the_context_of_a_batch_is_that_of_its_messages(send: Send, landed: Landed) -> None:
    batch = [track(1), track(2, context={"groupId": "A-2"})]
    send("batch", {"batch": batch, "context": {"groupId": "A-1"}})
    assert [event["account_id"] for event in landed()["events"]] == ["A-1", "A-2"]


def test_who_belongs_to_a_group_brings_it_along(send: Send, landed: Landed) -> None:
    send("batch", {"batch": [track(1), {"type": "group", "userId": "u-1", "groupId": "A-1"}, track(2)]})
    assert [event["account_id"] for event in landed()["events"]] == [None, "A-1"]
    send("track", track(3))
    assert [event["account_id"] for event in landed()["events"]] == ["A-1"]


def test_a_person_is_told_bit_by_bit(send: Send, landed: Landed) -> None:
    send("identify", {"userId": "u-1", "traits": {"email": "a@example.com", "name": "Anong", "age": 7}})
    send("identify", {"userId": "u-1", "traits": {"title": "Owner"}})
    send("identify", {"userId": "u-1", "traits": {"title": "Owner"}})
    rows = landed()["contacts"]
    assert [(row["contact_id"], row["email"], row.get("role")) for row in rows] == [
        ("u-1", "a@example.com", None),
        ("u-1", "a@example.com", "Owner"),
    ]
    send("group", {"userId": "u-1", "groupId": "A-1"})
    (row,) = landed()["contacts"]
    assert (row["account_id"], row["name"], row["role"]) == ("A-1", "Anong", "Owner")


def test_an_account_is_told_where_nobody_else_tells_it(
    send: Send, landed: Landed, customer: Callable[..., Account]
) -> None:
    customer("From the CRM", account_id="A-1")
    for group in ("A-1", "A-2"):
        send("group", {"userId": "u-1", "groupId": group, "traits": {"name": "Told", "plan": "pro"}})
    (row,) = landed()["accounts"]
    assert (row["account_id"], row["name"], row["segment"]) == ("A-2", "Told", "pro")
    customer("Told", account_id="A-2")  # it was scored since, and is still this source's own
    send("group", {"userId": "u-1", "groupId": "A-2", "traits": {"industry": "coffee"}})
    (row,) = landed()["accounts"]
    assert (row["name"], row["industry"]) == ("Told", "coffee")


def test_who_was_nameless_is_known_later(send: Send, landed: Landed) -> None:
    send("alias", {"previousId": "anon", "userId": "u-1"})
    (row,) = landed()["identities"]
    assert (row["source_name"], row["source_id"], row["contact_id"]) == ("web", "anon", "u-1")
    send("batch", {"batch": [track(1, userId=None, anonymousId="anon"), track(2, userId=None, anonymousId="other")]})
    assert [event["contact_id"] for event in landed()["events"]] == ["u-1", "other"]


def test_identify_with_both_ids_is_an_alias(send: Send, landed: Landed) -> None:
    send("identify", {"userId": "u-1", "anonymousId": "anon"})
    send("identify", {"userId": "u-1", "anonymousId": "anon"})
    assert [row["source_id"] for row in landed()["identities"]] == ["anon"]


def test_clocks_are_set_right(send: Send, landed: Landed) -> None:
    sent = datetime.now(UTC) + timedelta(days=400)
    send("track", track(1, timestamp=(sent - timedelta(hours=2)).isoformat(), sentAt=sent.isoformat()))
    (event,) = landed()["events"]
    ago = datetime.fromisoformat(event["received_at"]) - datetime.fromisoformat(event["occurred_at"])
    assert ago == timedelta(hours=2)


def test_rows_land_as_they_are(send: Send, landed: Landed) -> None:
    ticket = {"ticket_id": "T-1", "account_id": "A-1", "opened_at": "2026-06-01T09:00:00Z"}
    send("facts/tickets", [ticket])
    (row,) = landed()["tickets"]
    assert row.pop("received_at")
    assert row == ticket


def test_dead_before_it_was_noted_it_is_written_again(
    send: Send, landed: Landed, aiko: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    send("group", {"userId": "u-1", "groupId": "A-1", "messageId": "g"})
    send("track", track(1))

    class Killed(Exception):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("sabai.desk.intake.landing.people.Memory.keep", killed)
        with pytest.raises(Killed):
            bring_in(aiko.workspace)
    assert Batch.everywhere.filter(landed_at=None).count() == 2
    assert not Known.everywhere.exists()
    again = landed()
    assert [event["event_id"] for event in again["events"]] == ["m-1"]
    assert [row["account_id"] for row in again["contacts"]] == ["A-1"]


def test_what_landed_is_let_go_and_still_known_again(send: Send, landed: Landed) -> None:
    send("track", track(1))
    landed()
    send("track", track(2))
    forget_older_than(timezone.now() + timedelta(days=1))
    assert [batch.landed_at for batch in Batch.everywhere.all()] == [None]
    assert send("batch", {"batch": [track(1)]}).json()["new"] == 0


def test_many_requests_ask_for_one_landing(
    send: Send, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(jobs.land, "schedule", lambda *args, **known: asked.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            send("track", track(number))
    assert len(asked) == 1


TIMES = st.floats(2 * 86_400, 130 * 365 * 86_400).map(lambda seconds: datetime.fromtimestamp(round(seconds), UTC))
SPANS = st.timedeltas(timedelta(days=-20_000), timedelta(days=20_000))


@given(TIMES, SPANS, TIMES)
def test_law_a_wrong_clock_changes_nothing(told: datetime, wrong: timedelta, received: datetime) -> None:
    """However far a clock is off, what it says of the time between two moments is right."""
    sent = told + timedelta(minutes=5)
    assert _at(told + wrong, sent + wrong, received) == _at(told, sent, received)


@given(TIMES, TIMES, TIMES)
def test_law_nothing_lies_far_ahead(told: datetime, sent: datetime, received: datetime) -> None:
    at = _at(told, sent, received)
    assert at is None or at <= received + timedelta(days=1)


def _at(told: datetime, sent: datetime, received: datetime) -> datetime | None:
    try:
        return happened_at(told, sent, received)
    except Refusal:
        return None
