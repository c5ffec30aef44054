"""Fixation, forged forms, and addresses that would lead away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sabai.desk.people.models import Membership, User
from sabai.desk.people.sign_in import sign_in_link
from tests.desk.people.conftest import PASSWORD

AWAY = (
    "https://evil.example.com/",
    "//evil.example.com/",
    "/\\evil.example.com/",
    "///evil.example.com",
    "http:///evil.example.com",
    "javascript:alert(1)",
    "https://testserver@evil.example.com/",
    "\x08//evil.example.com",
)


def test_signing_in_changes_the_session(aiko: Membership) -> None:
    """Whoever planted a session in somebody's browser is not signed in with them."""
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    client.post(reverse("account_login"), {"login": aiko.user.email, "password": PASSWORD})
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get(reverse("home")).status_code == 302


def test_a_link_of_the_console_changes_the_session_too(aiko: Membership) -> None:
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    link = sign_in_link(aiko.user).removeprefix("http://127.0.0.1:8321")
    assert client.get(link).status_code == 200
    client.post(link)
    assert client.cookies["sessionid"].value != planted
    assert Client().get(link).status_code == 404, "a link works once"


@pytest.mark.parametrize("to", AWAY)
def test_signing_in_does_not_lead_away(aiko: Membership, to: str) -> None:
    said = {"login": aiko.user.email, "password": PASSWORD, "next": to}
    answer = Client().post(reverse("account_login"), said)
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("to", AWAY)
def test_nor_does_signing_out_or_the_language(aiko: Membership, by_password: Callable[[User], Client], to: str) -> None:
    client = by_password(aiko.user)
    assert client.post(reverse("language"), {"language": "th", "next": to}).headers["Location"] == "/"
    assert client.post(reverse("account_logout"), {"next": to}).headers["Location"] == "/"


def test_signing_in_leads_to_where_somebody_wanted(aiko: Membership) -> None:
    to = reverse("people:me", args=[aiko.workspace.slug])
    answer = Client().post(reverse("account_login"), {"login": aiko.user.email, "password": PASSWORD, "next": to})
    assert answer.headers["Location"] == to


@pytest.mark.parametrize("name", ["people:people", "people:me", "people:settings", "people:tokens"])
def test_forged_forms_are_refused(aiko: Membership, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(aiko.user)
    answer = client.post(reverse(name, args=[aiko.workspace.slug]), {"name": "forged", "email": "m@example.com"})
    assert answer.status_code == 403
    assert '<body class="desk outside"' in answer.content.decode()


@pytest.mark.parametrize("name", ["account_login", "account_logout", "language", "mfa_login_webauthn"])
def test_forged_forms_of_signing_in_are_refused(name: str) -> None:
    assert Client(enforce_csrf_checks=True).post(reverse(name)).status_code == 403


def test_signing_out_everywhere_else(aiko: Membership, by_password: Callable[[User], Client]) -> None:
    here, elsewhere = by_password(aiko.user), by_password(aiko.user)
    page = here.get(reverse("usersessions_list")).content.decode()
    assert page.count("Another program") == 2
    here.post(reverse("usersessions_list"))
    me = reverse("people:me", args=[aiko.workspace.slug])
    assert (here.get(me).status_code, elsewhere.get(me).status_code) == (200, 302)


def test_a_new_password_signs_out_everywhere(aiko: Membership, by_password: Callable[[User], Client]) -> None:
    here, elsewhere = by_password(aiko.user), by_password(aiko.user)
    new = "seven quiet lanterns"
    said = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post(reverse("account_change_password"), said)
    me = reverse("people:me", args=[aiko.workspace.slug])
    assert elsewhere.get(me).status_code == 302


@pytest.mark.parametrize(
    ("password", "why"),
    [("short", "at least 10"), ("password123", "Many people"), ("aiko@example.com", "too close")],
)
def test_bad_passwords_are_refused(
    aiko: Membership, by_password: Callable[[User], Client], password: str, why: str
) -> None:
    said = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = by_password(aiko.user).post(reverse("account_change_password"), said)
    assert why in answer.content.decode()


def test_what_is_not_there_or_not_for_somebody_looks_like_ours(
    aiko: Membership, member: Callable[[str], Membership]
) -> None:
    client = Client()
    client.force_login(member("viewer").user)
    for address, code in (("/w/lanna/nowhere/", 404), (reverse("people:people", args=["lanna"]), 403)):
        answer = client.get(address)
        assert answer.status_code == code
        assert '<body class="desk' in answer.content.decode()
