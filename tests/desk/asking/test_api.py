"""Programs say who is never to be asked."""

from __future__ import annotations

import pytest
from django.test import Client

from sabai.desk.asking.actions.plan import plan
from sabai.desk.asking.models import NotAsked, Suppression
from sabai.desk.people.models import Membership, Token
from sabai.desk.people.secrets import drawn, hashed
from tests.desk.asking.conftest import NOON, MakeContact, MakeSurvey


def post(member: Membership, told: object, *scopes: str):  # type: ignore[no-untyped-def]
    secret = drawn("sabai_")
    Token.everywhere.create(
        workspace=member.workspace, name="t", hashed=hashed(secret), begins="x", scopes=scopes, created_by=member.user
    )
    headers = {"Authorization": f"Bearer {secret}"}
    return Client().post("/v1/suppressions", told, content_type="application/json", headers=headers)


def test_a_provider_tells_of_mails_that_came_back(aiko: Membership, survey: MakeSurvey, contact: MakeContact) -> None:
    contact("noi@example.com")
    told = {"suppressions": [{"email": "NOI@example.com", "why": "bounced"}] * 2}
    for _ in range(2):
        answer = post(aiko, told, "suppressions")
        assert (answer.status_code, answer.json()) == (200, {"kept": 1})
    assert Suppression.everywhere.get().by == aiko.user
    plan(survey(), NOON, 1, None)
    assert NotAsked.everywhere.get().reason == "bounced"


@pytest.mark.parametrize(
    "told", [{"email": "noi", "why": "bounced"}, {"email": "a@b.example", "why": "by hand"}, {"why": "bounced"}]
)
def test_what_is_no_address_or_no_reason_changes_nothing(told: dict[str, str], aiko: Membership) -> None:
    good = {"email": "a@b.example", "why": "bounced"}
    assert post(aiko, {"suppressions": [good, told]}, "suppressions").status_code == 422
    assert not Suppression.everywhere.exists()


def test_only_who_may(aiko: Membership, chloe: Membership, contact: MakeContact) -> None:
    told = {"suppressions": [{"email": "noi@example.com", "why": "bounced"}]}
    assert post(aiko, told, "scores").status_code == 401
    post(chloe, told, "suppressions")
    assert not Suppression.of(aiko.workspace).exists()
