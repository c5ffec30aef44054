"""The page of the trail: readable, found by what one remembers, and taken away safely."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from sabai.desk.audit.actions import write
from sabai.desk.audit.difference import Change, changes
from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership

SignIn = Callable[[Membership], Client]
ADDRESS = reverse("audit:trail", args=["lanna"])


@pytest.fixture
def entries(aiko: Membership, ben: Membership) -> None:
    write(aiko.workspace, aiko.user, "change", "task", "Call Baan", {"due": "2026-06-01"}, {"due": "2026-06-09"})
    write(aiko.workspace, ben.user, "create", "note", "<script>alert(1)</script>", after={"text": "=1+1"})
    write(aiko.workspace, None, "remove", "task", "Old")


def _things(client: Client, **asked: str) -> list[str]:
    rows = client.get(reverse("audit:jsonl", args=["lanna"]), asked).getvalue().decode().splitlines()
    return [json.loads(row)["thing"] for row in rows if json.loads(row)["kind"] != "audit trail"]


@pytest.mark.usefixtures("entries")
def test_before_and_after_are_read(aiko: Membership, sign_in: SignIn) -> None:
    page = sign_in(aiko).get(ADDRESS).content.decode()
    assert "<del><bdi>2026-06-01</bdi></del> → <ins><bdi>2026-06-09</bdi></ins>" in page
    assert "the desk" in page
    assert "<script>alert" not in page


@pytest.mark.usefixtures("entries")
def test_found_by_what_one_remembers(aiko: Membership, ben: Membership, sign_in: SignIn) -> None:
    client = sign_in(aiko)
    assert _things(client, who=str(aiko.user.pk)) == ["Call Baan"]
    assert _things(client, kind="task") == ["Call Baan", "Old"]
    assert _things(client, text="BAAN") == ["Call Baan"]
    assert _things(client, who="1e9", since="yesterday", until="9999-99-99", text="\0") == _things(client)


@pytest.mark.usefixtures("entries")
def test_found_by_the_reason_that_somebody_gave(aiko: Membership, sign_in: SignIn) -> None:
    said = {"account": "A-7", "reason": "เขาบอกว่าจะย้ายไป Pipedrive"}
    write(aiko.workspace, aiko.user, "create", "override", "12", None, said)
    write(aiko.workspace, aiko.user, "withdraw", "override", "12", said, None)
    client = sign_in(aiko)
    assert _things(client, text="จะย้าย") == ["12", "12"]
    assert _things(client, text="pipedrive") == ["12", "12"]
    assert _things(client, text="reason") == []
    assert _things(client, text="2026-06-09") == []


@pytest.mark.usefixtures("entries")
def test_days_are_those_of_the_workspace(aiko: Membership, sign_in: SignIn) -> None:
    Entry.of(aiko.workspace).filter(number=1).update(at=datetime(2026, 6, 1, 17, 30, tzinfo=UTC))  # 2 June in Bangkok
    client = sign_in(aiko)
    assert _things(client, since="2026-06-02", until="2026-06-02") == ["Call Baan"]
    assert _things(client, until="2026-06-01") == []


@pytest.mark.usefixtures("entries")
def test_a_spreadsheet_runs_nothing(aiko: Membership, sign_in: SignIn) -> None:
    write(aiko.workspace, aiko.user, "create", "note", "=HYPERLINK(0)")
    answer = sign_in(aiko).get(reverse("audit:csv", args=["lanna"]))
    rows = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0][:3] == ["number", "at", "who"]
    assert rows[4][5] == "'=HYPERLINK(0)"
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


@pytest.mark.usefixtures("entries")
def test_whoever_takes_it_away_is_told_of(aiko: Membership, sign_in: SignIn) -> None:
    sign_in(aiko).get(reverse("audit:csv", args=["lanna"]))
    last = Entry.of(aiko.workspace).first()
    assert last
    assert (last.verb, last.kind, last.user) == ("export", "audit trail", aiko.user)


@pytest.mark.usefixtures("entries")
def test_the_chain_is_checked_on_the_page(aiko: Membership, sign_in: SignIn) -> None:
    client, address = sign_in(aiko), reverse("audit:whole", args=["lanna"])

    assert "Whole: 3 entries." in client.get(address).content.decode()
    Entry.of(aiko.workspace).filter(number=2).update(thing="another")
    assert "Broken at no. 2." in client.get(address).content.decode()


@pytest.mark.usefixtures("entries")
def test_a_long_trail_takes_few_questions(
    aiko: Membership, sign_in: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for number in range(120):
        write(aiko.workspace, aiko.user, "change", "task", number)
    client = sign_in(aiko)
    with django_assert_max_num_queries(11):  # type: ignore[attr-defined]
        page = client.get(ADDRESS, {"page": "2", "kind": "task"}).content.decode()

    assert "?kind=task&amp;page=3" in page


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        (None, {"a": 1}, [Change("a", None, "1")]),
        ({"a": [1]}, None, [Change("a", "1", None)]),
        ({"a": None}, {"a": "x"}, [Change("a", "null", "x")]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
        (None, None, []),
    ],
)
def test_differences(before: object, after: object, seen: list[Change]) -> None:
    assert changes(Entry(before=before, after=after)) == seen
