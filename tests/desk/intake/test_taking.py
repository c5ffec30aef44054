"""What is taken, what is refused, and what is known again."""

from __future__ import annotations

import gzip
from typing import Any

import msgspec
import pytest
from django.utils import timezone

from sabai.desk.intake.actions.receive import unpacked
from sabai.desk.intake.models import Batch, Quarantined, Refused, Source
from tests.desk.intake.conftest import Send, seen, track


def kept() -> list[dict[str, Any]]:
    """Every message that is on the disk."""
    batches = Batch.everywhere.order_by("pk")
    return [msgspec.json.decode(raw) for batch in batches for raw in unpacked(bytes(batch.blob)).items]


def test_a_single_message(send: Send, source: Source) -> None:
    answer = send("track", track(timestamp="2026-06-01T10:00:00Z"))
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert kept() == [track(timestamp="2026-06-01T10:00:00Z")]
    source.refresh_from_db()
    assert source.last_used_at is not None


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("identify", {"userId": "u-1", "traits": {"email": "a@example.com"}}),
        ("group", {"userId": "u-1", "groupId": "A-1"}),
        ("page", {"anonymousId": "x"}),
        ("screen", {"anonymousId": 7, "name": "Home"}),
        ("alias", {"userId": "u-1", "previousId": "x"}),
    ],
)
def test_every_kind(send: Send, kind: str, message: dict[str, Any]) -> None:
    assert send(kind, message).status_code == 200
    assert kept()[0]["type"] == kind


def test_bad_items_come_back_and_spare_their_neighbours(send: Send) -> None:
    messages = [track(1), track(2, event=""), {"type": "shrug", "userId": "u"}, track(4, userId=None), track(5)]
    answer = send("batch", {"batch": messages}).json()
    assert [(one["index"], one["code"]) for one in answer["rejected"]] == [
        (1, "DSK-308"),
        (2, "DSK-307"),
        (3, "DSK-308"),
    ]
    assert answer["new"] == 2
    assert [message["messageId"] for message in kept()] == ["m-1", "m-5"]
    assert Refused.everywhere.get().count == 3


def test_a_single_bad_message_is_400(send: Send) -> None:
    answer = send("track", track(event=None))
    assert (answer.status_code, answer.json()["code"]) == (400, "DSK-308")
    assert kept() == []
    assert Refused.everywhere.get().told[0]["code"] == "DSK-308"


def test_the_same_again_counts_once(send: Send) -> None:
    body = {"batch": [track(1), track(2)]}
    assert send("batch", body).json()["new"] == 2
    assert send("batch", body).json() == {"success": True, "new": 0, "rejected": []}
    assert send("batch", {"batch": [track(2), track(3)]}).json()["new"] == 1
    assert [message["messageId"] for message in kept()] == ["m-1", "m-2", "m-3"]
    assert [batch.count for batch in Batch.everywhere.order_by("pk")] == [2, 1]


def test_the_same_twice_in_one_request(send: Send) -> None:
    assert send("batch", {"batch": [track(1), track(1)]}).json() == {"success": True, "new": 1, "rejected": []}


def test_the_same_id_with_another_body_is_set_aside(send: Send) -> None:
    send("batch", {"batch": [track(1), track(2)]})
    answer = send("batch", {"batch": [track(1, event="something else"), track(3)]}).json()
    assert [(one["index"], one["code"]) for one in answer["rejected"]] == [(0, "DSK-310")]
    assert answer["new"] == 1
    one = Quarantined.everywhere.get()
    assert ("report opened" in one.first, "something else" in one.second) == (True, True)
    assert [message["event"] for message in kept()] == ["report opened"] * 3


def test_two_bodies_of_one_id_in_one_request(send: Send) -> None:
    answer = send("batch", {"batch": [track(1), track(1, event="something else")]}).json()
    assert (answer["new"], answer["rejected"][0]["code"]) == (1, "DSK-310")
    assert "report opened" in Quarantined.everywhere.get().first


def test_a_single_conflict_is_409(send: Send) -> None:
    send("track", track(1))
    assert send("track", track(1, event="something else")).status_code == 409


def test_another_source_may_use_the_same_id(send: Send, aiko: Any) -> None:
    from sabai.desk.intake.actions.sources import connect

    _, other = connect(aiko.workspace, aiko.user, "app", "events")
    assert send("batch", {"batch": [track(1)]}).json()["new"] == 1
    assert send("batch", {"batch": [track(1)]}, by=other).json()["new"] == 1
    assert seen() == 2


def test_without_an_id_each_is_its_own(send: Send) -> None:
    body = {"batch": [{"type": "track", "userId": "u", "event": "e"}] * 3}
    assert send("batch", body).json()["new"] == 3
    assert len({message["messageId"] for message in kept()}) == 3


def test_packed_bodies(send: Send) -> None:
    body = gzip.compress(msgspec.json.encode({"batch": [track(1)]}))
    assert send("batch", body, **{"Content-Encoding": "gzip"}).json()["new"] == 1


def test_the_key_may_stand_in_the_body_and_is_not_kept(send: Send, key: str) -> None:
    assert send("track", track(1, writeKey=key), by=None).status_code == 200
    assert send("batch", {"batch": [track(2)], "writeKey": key}, by=None).status_code == 200
    assert all("writeKey" not in message for message in kept())
    assert all(key not in str(message) for message in kept())


def test_the_time_of_sending_belongs_to_the_request(send: Send) -> None:
    now = timezone.now()
    send("track", track(1, sentAt=now.isoformat()))
    send("track", track(1, sentAt=now.replace(microsecond=1).isoformat()))
    assert Batch.everywhere.get().sent_at == now
