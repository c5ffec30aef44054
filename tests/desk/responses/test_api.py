"""Answers that programs bring."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sabai.desk.people.models import Membership, Token
from sabai.desk.people.secrets import drawn, hashed
from sabai.desk.responses.models import LONGEST, Response
from sabai.desk.scoring.models import Contact
from sabai.desk.surveys.models import Survey


@pytest.fixture
def token(aiko: Membership) -> str:
    return token_of(aiko, ["answers"])


def test_answer_is_kept_once(survey: Survey, contact: Contact, token: str) -> None:
    told = {"survey": survey.key, "id": "till-7", "given": {"score": 9}, "account_id": "A-1", "contact_id": "c-1"}
    status, kept = sent(token, told | {"complete": False})
    assert (status, kept["state"], kept["counted"], kept["score"]) == (200, "partial", True, 9)
    status, again = sent(token, told | {"given": {"best": "Beans"}, "language": "en"})
    assert (status, again["id"], again["state"]) == (200, kept["id"], "complete")
    response = Response.everywhere.get()
    assert (response.given, response.contact, response.channel) == ({"score": 9, "best": "Beans"}, contact, "api")


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"given": {"score": 11}}, 422),
        ({"given": {"score": "ten"}}, 422),
        ({"given": {"other": 1}}, 422),
        ({"given": {"score": 1.5}}, 422),
        ({"given": {"score": True}}, 422),
        ({"given": {"score": 1, "why": "x" * (LONGEST + 1)}}, 422),
        ({"given": []}, 422),
        ({"survey": "x"}, 404),
        ({"account_id": "nobody"}, 404),
        ({"account_id": "A-1", "contact_id": "nobody"}, 404),
        ({"id": ""}, 422),
        ({"id": "a\0b"}, 422),
        ({"answered_at": "2999-01-01T00:00:00Z"}, 400),
        ({"answered_at": "yesterday"}, 422),
    ],
)
def test_what_is_not_kept(survey: Survey, contact: Contact, token: str, told: dict[str, Any], status: int) -> None:
    usual = {"survey": survey.key, "id": "1", "given": {"score": 1}}
    found, why = sent(token, usual | told)
    assert found == status, why
    assert why["code"].startswith("DSK-")
    assert not Response.everywhere.exists()
    assert sent(token, usual)[0] == 200


def test_nul_in_a_comment_is_left_out(survey: Survey, token: str) -> None:
    assert sent(token, {"survey": survey.key, "id": "1", "given": {"score": 1, "why": "a\0b"}})[0] == 200
    assert Response.everywhere.get().comment == "ab"


def test_of_another_day(survey: Survey, token: str) -> None:
    day = timezone.now() - timedelta(days=3)
    assert (
        sent(token, {"survey": survey.key, "id": "1", "given": {"score": 1}, "answered_at": day.isoformat()})[0] == 200
    )
    assert Response.everywhere.get().answered_at == day


def test_token_needs_the_scope(survey: Survey, aiko: Membership, chloe: Membership) -> None:
    told = {"survey": survey.key, "id": "1", "given": {"score": 1}}
    assert sent(token_of(aiko, ["scores", "tasks"]), told)[0] == 401
    assert sent(token_of(chloe, ["answers"]), told)[0] == 404
    assert sent("wrong", told)[0] == 401


def token_of(member: Membership, scopes: list[str]) -> str:
    secret = drawn("sabai_")
    Token.everywhere.create(
        workspace=member.workspace,
        name="Till",
        hashed=hashed(secret),
        begins=secret[:12],
        scopes=scopes,
        created_by=member.user,
    )
    return secret


def sent(token: str, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    client = Client(headers={"authorization": f"Bearer {token}"})
    answered = client.post("/v1/responses", json.dumps(told), "application/json")
    return answered.status_code, json.loads(answered.content)
