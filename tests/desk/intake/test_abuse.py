"""What nobody sends by mistake, or everybody does once."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from sabai.desk.intake import keys
from sabai.desk.intake.actions.sources import connect, renew, revoke
from sabai.desk.intake.limits import BODY_BYTES, ITEMS
from sabai.desk.intake.models import Batch, Refused, Source
from sabai.desk.people.models import Membership
from tests.desk.intake.conftest import Send, seen, track


def test_without_a_key(send: Send) -> None:
    for key in (None, "", "sabai_write_no", "x" * 5_000, "ไม่มี"):
        answer = send("batch", {"batch": [track()]}, by=key)
        assert (answer.status_code, answer.json()["code"]) == (401, "DSK-301")
        assert "Basic" in answer.headers["WWW-Authenticate"]
    assert not Batch.everywhere.exists()


@pytest.mark.parametrize("header", ["Basic", "Basic !", "Basic /w==", "Bearer x", "Basic Og=="])
def test_a_key_that_is_no_key(header: str) -> None:
    answer = Client().post("/v1/track", track(), "application/json", headers={"Authorization": header})
    assert answer.status_code == 401


def test_a_revoked_key_opens_nothing(send: Send, source: Source, aiko: Membership) -> None:
    revoke(source, aiko.user)
    assert send("track", track()).status_code == 401


def test_a_renewed_key_takes_the_place_of_the_old_one(send: Send, source: Source, aiko: Membership) -> None:
    send("track", track())
    new = renew(source, aiko.user)
    assert send("track", track()).status_code == 401
    assert send("batch", {"batch": [track()]}, by=new).json()["new"] == 0


def test_another_company_s_key_fills_its_own_company(send: Send, chloe: Membership) -> None:
    _, theirs = connect(chloe.workspace, chloe.user, "web", "events")
    send("track", track(), by=theirs)
    assert Batch.everywhere.get().workspace == chloe.workspace
    assert send("batch", {"batch": [track()]}).json()["new"] == 1


def test_too_large(send: Send) -> None:
    answer = send("batch", b" " * (BODY_BYTES + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "DSK-302")
    assert send("track", track(properties={"text": "x" * 33_000})).json()["code"] == "DSK-302"
    assert send("batch", {"batch": [track(n) for n in range(ITEMS + 1)]}).json()["code"] == "DSK-311"


def test_a_bomb_is_not_unpacked(send: Send) -> None:
    bomb = gzip.compress(b'{"batch":[' + b" " * 200_000_000 + b"]}", 1)
    assert len(bomb) < BODY_BYTES
    answer = send("batch", bomb, **{"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["code"]) == (413, "DSK-302")


@pytest.mark.parametrize("packed", [b"no gzip", gzip.compress(b"{}", mtime=0)[:-4], b""], ids=["none", "cut", "empty"])
def test_damaged_gzip(send: Send, packed: bytes) -> None:
    assert send("batch", packed, **{"Content-Encoding": "gzip"}).json()["code"] == "DSK-303"


def test_another_packing_is_not_read(send: Send) -> None:
    assert send("batch", b"{}", **{"Content-Encoding": "br"}).json()["code"] == "DSK-303"


@pytest.mark.parametrize("depth", [33, 200, 100_000])
def test_too_deep(send: Send, depth: int) -> None:
    deep = b'{"userId":"u","event":"e","properties":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"
    answer = send("track", deep)
    assert (answer.status_code, answer.json()["code"]) in ((400, "DSK-304"), (413, "DSK-302"))
    assert send("batch", b'{"batch":[' + deep + b"]}").json() != {"success": True, "new": 1, "rejected": []}


def test_wide_is_not_deep(send: Send) -> None:
    assert send("track", track(properties={f"p{n}": {"a[{": "}]"} for n in range(100)})).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b'{"batch":[{"a":NaN}]}',
        b'{"batch":[{"a":-Infinity}]}',
        b"\xff",
        b"{",
        b"",
        b"[]",
        b"7",
        b'{"batch":7}',
        b"null",
    ],
)
def test_what_is_no_json_of_ours(send: Send, body: bytes) -> None:
    assert send("batch", body).json()["code"] in ("DSK-303", "DSK-305")


@pytest.mark.parametrize("value", [b"NaN", b"1e999", b"-Infinity"])
def test_numbers_are_finite(send: Send, value: bytes) -> None:
    body = b'{"userId":"u","event":"e","properties":{"a":' + value + b"}}"
    assert send("track", body).status_code == 400


@pytest.mark.parametrize("where", ['{"a":"\\u0000"}', '{"\\u0000":1}', '{"a":["\\u0000"]}'])
def test_nul_is_refused(send: Send, where: str) -> None:
    body = f'{{"batch":[{{"type":"track","userId":"u","event":"e","properties":{where}}}]}}'.encode()
    assert [one["code"] for one in send("batch", body).json()["rejected"]] == ["DSK-306"]


def test_a_backslash_before_u0000_is_no_nul(send: Send) -> None:
    assert send("track", track(properties={"path": "C:\\u0000"})).status_code == 200


def test_half_a_character_is_refused(send: Send) -> None:
    assert send("track", b'{"userId":"u","event":"e","properties":{"a":"\\ud800"}}').status_code == 400


def test_ten_years_ahead(send: Send) -> None:
    ahead = (timezone.now() + timedelta(days=3650)).isoformat()
    assert send("track", track(timestamp=ahead)).json()["code"] == "DSK-309"
    assert send("track", track(timestamp="1969-12-31T23:59:59Z")).json()["code"] == "DSK-309"
    assert send("track", track(timestamp="0001-01-01T00:00:00+14:00", sentAt="9999-12-31T00:00:00Z")).status_code == 400


@pytest.mark.parametrize("sent", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_of_sending_beyond_the_calendar(send: Send, sent: str) -> None:
    assert send("track", track(1, sentAt=sent)).json()["code"] == "DSK-309"
    assert send("batch", {"batch": [track(2)], "sentAt": sent}).json()["code"] == "DSK-309"


def test_a_time_of_sending_without_a_zone(send: Send) -> None:
    assert send("track", track(1, sentAt="2026-06-01T10:00:00")).status_code == 200
    assert Batch.everywhere.get().sent_at == datetime(2026, 6, 1, 10, tzinfo=UTC)


def test_a_clock_that_is_ten_years_ahead_is_set_right(send: Send) -> None:
    ahead = timezone.now() + timedelta(days=3650)
    told = {"timestamp": (ahead - timedelta(hours=1)).isoformat(), "sentAt": ahead.isoformat()}
    assert send("track", track(**told)).status_code == 200


def test_a_thousand_bad_items(send: Send) -> None:
    messages = [track(n, event=7) for n in range(1_000)] + [track(1_000)]
    answer = send("batch", {"batch": messages})
    assert answer.status_code == 200
    assert [one["index"] for one in answer.json()["rejected"]] == list(range(1_000))
    assert answer.json()["new"] == 1
    noted = Refused.everywhere.get()
    assert (noted.count, len(noted.told)) == (1_000, 20)


def test_a_source_may_send_only_so_fast(send: Send, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "WINDOW", 1)
    monkeypatch.setattr("django.conf.settings.SABAI", {"SABAI_INTAKE_RATE": 3})
    monkeypatch.setattr(keys.time, "monotonic", lambda: 0.0)
    answers = [send("track", track(n)) for n in range(40)]
    late = [answer for answer in answers if answer.status_code == 429]
    assert late
    assert int(late[0].headers["Retry-After"]) >= 1
    assert late[0].json()["code"] == "DSK-312"
    assert seen() == len(answers) - len(late)


def test_a_full_disk_is_503_and_nothing_is_taken(send: Send) -> None:
    send("track", track(1))
    noise = "".join(f"{timezone.now().timestamp() * n}" for n in range(1, 1_500))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        answers = [send("track", track(n, properties={"noise": noise[n:]})) for n in range(2, 20)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    full = [answer for answer in answers if answer.status_code != 200]
    assert {(answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) for answer in full} == {
        (503, "DSK-313", "5")
    }
    assert seen() == 1 + len(answers) - len(full)
    assert send("track", track(99)).status_code == 200


def test_other_methods_are_told_which_there_are(send: Send) -> None:
    answer = Client().get("/v1/batch")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
