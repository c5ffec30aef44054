"""Keys to the API: shown once, kept as a hash, good for what they say and no longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sabai.desk.audit.models import Entry
from sabai.desk.people.actions.tokens import create, revoke
from sabai.desk.people.models import Membership, Token
from sabai.desk.people.tokens import find

SignIn = Callable[[Membership], Client]


def test_made_shown_once_and_found(aiko: Membership, sign_in: SignIn) -> None:
    client, address = sign_in(aiko), reverse("people:tokens", args=["lanna"])
    page = client.post(address, {"name": "Warehouse", "scopes": ["scores"], "days": "90"}).content.decode()
    secret = page.split('value="sabai_')[1].split('"')[0]
    token = find(f"sabai_{secret}", "scores")
    assert token
    assert token.workspace == aiko.workspace
    assert secret not in client.get(address).content.decode()
    assert secret not in str(Token.everywhere.values()) + str(Entry.of(aiko.workspace).values())


def test_only_what_it_may(aiko: Membership) -> None:
    _, secret = create(aiko, "Warehouse", ["scores"], 90)
    assert find(secret, "scores")
    assert find(secret, "tasks") is None
    assert find(secret + "x", "scores") is None
    assert find("", "scores") is None


def test_not_when_expired_or_revoked(aiko: Membership) -> None:
    token, secret = create(aiko, "Warehouse", ["scores"], 30)
    Token.everywhere.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert find(secret, "scores") is None
    Token.everywhere.update(expires_at=None)
    assert find(secret, "scores")
    revoke(aiko, token)
    assert find(secret, "scores") is None


def test_last_use_is_noted_once_a_minute(aiko: Membership, django_assert_num_queries: Callable[[int], object]) -> None:
    _, secret = create(aiko, "Warehouse", ["scores"], None)
    find(secret, "scores")
    first = Token.everywhere.get().last_used_at
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        find(secret, "scores")
    assert Token.everywhere.get().last_used_at == first
    Token.everywhere.update(last_used_at=timezone.now() - timedelta(minutes=2))
    find(secret, "scores")
    assert timezone.now() - Token.everywhere.get().last_used_at < timedelta(minutes=1)


@pytest.mark.parametrize("bad", [{"scopes": ["everything"]}, {"scopes": []}, {"name": ""}, {"days": "99999"}])
def test_nonsense_makes_none(aiko: Membership, sign_in: SignIn, bad: dict[str, object]) -> None:
    said = {"name": "Warehouse", "scopes": ["scores"], "days": "90"} | bad
    sign_in(aiko).post(reverse("people:tokens", args=["lanna"]), said)
    assert not Token.everywhere.exists()
