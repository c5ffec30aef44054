"""What programs read, with a token, and what they may write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sabai.desk.people.models import Membership, Token
from sabai.desk.people.secrets import drawn, hashed
from sabai.desk.scoring.models import Account, Told
from sabai.desk.scoring.story import Line, Story, packed
from sabai.desk.tasks.models import Task

Reader = Callable[..., Client]


@pytest.fixture
def reader() -> Reader:
    """A program with a token of somebody's workspace, for some scopes."""

    def made(member: Membership, *scopes: str, **known: Any) -> Client:
        secret = drawn("sabai_")
        Token.everywhere.create(
            workspace=member.workspace, name="t", hashed=hashed(secret), begins="x", scopes=scopes,
            created_by=member.user, **known,
        )  # fmt: skip
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return made


def test_accounts_page_by_page(reader: Reader, aiko: Membership, customer: Callable[..., Account]) -> None:
    for name in ("A", "B", "C"):
        customer(name, band="healthy" if name == "B" else "unknown")
    program = reader(aiko, "scores")
    first = program.get("/api/accounts?limit=2").json()
    assert [one["name"] for one in first["accounts"]] == ["A", "B"]
    rest = program.get(f"/api/accounts?limit=2&after={first['next']}").json()
    assert ([one["name"] for one in rest["accounts"]], rest["next"]) == (["C"], None)
    assert [one["name"] for one in program.get("/api/accounts?band=healthy").json()["accounts"]] == ["B"]


def test_an_account_tells_its_score_as_an_addition(
    reader: Reader, aiko: Membership, customer: Callable[..., Account]
) -> None:
    found = customer("A", account_id="a/1", score=61.5)
    story = Story(as_of=20_000, lines=(Line("factor", "logins", 61.5, 0.0, value=4.0, points=61.5, weight=100.0),))
    Told.objects.filter(account=found).update(packed=packed(story))
    told = reader(aiko, "scores").get("/api/accounts/a/1").json()
    assert (told["score"], told["revenue_minor"]) == (61.5, None)
    assert [(line["name"], line["contribution"]) for line in told["lines"]] == [("logins", 61.5)]


def test_chloe_s_program_sees_nothing(
    reader: Reader, aiko: Membership, chloe: Membership, customer: Callable[..., Account]
) -> None:
    found = customer("A")
    program = reader(chloe, "scores", "tasks")
    assert program.get("/api/accounts").json()["accounts"] == []
    assert program.get(f"/api/accounts/{found.account_id}").status_code == 404
    body = {"title": "x", "account_id": found.account_id}
    assert program.post("/api/tasks", body, "application/json").status_code == 404
    assert not Task.everywhere.exists()


def test_a_token_needs_the_scope(reader: Reader, aiko: Membership) -> None:
    from django.utils import timezone

    now = timezone.now()
    for program in (
        Client(),
        Client(headers={"Authorization": "Bearer no"}),
        reader(aiko, "tasks"),
        reader(aiko, "scores", revoked_at=now),
        reader(aiko, "scores", expires_at=now),
    ):
        answer = program.get("/api/accounts")
        assert (answer.status_code, answer.json()["code"]) == (401, "DSK-318")


def test_a_task_is_made_once(reader: Reader, aiko: Membership, customer: Callable[..., Account]) -> None:
    account = customer("A")
    program = reader(aiko, "tasks")
    body = {
        "title": "Call them",
        "account_id": account.account_id,
        "assigned": "aiko@example.com",
        "due_on": "2026-07-01",
    }
    answers = [program.post("/api/tasks", body, "application/json", headers={"Idempotency-Key": "k"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    task = Task.everywhere.get()
    assert (task.title, task.assigned, task.account) == ("Call them", aiko.user, account)
    assert [one["id"] for one in program.get("/api/tasks").json()["tasks"]] == [task.pk]


@pytest.mark.parametrize("body", [{}, {"title": ""}, {"title": "x" * 301}, {"title": "x", "due_on": "soon"}, [], 7])
def test_a_task_that_is_none(reader: Reader, aiko: Membership, body: Any) -> None:
    answer = reader(aiko, "tasks").post("/api/tasks", body, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "DSK-305")


def test_a_body_that_is_no_json(reader: Reader, aiko: Membership) -> None:
    answer = reader(aiko, "tasks").post("/api/tasks", b"{", "application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "DSK-303")


def test_a_member_who_left_gets_no_task(reader: Reader, aiko: Membership) -> None:
    body = {"title": "x", "assigned": "nobody@example.com"}
    assert reader(aiko, "tasks").post("/api/tasks", body, "application/json").status_code == 404
