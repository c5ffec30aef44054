"""Signing in with the company: there and back over HTTP, and nothing that is forged, old or meant for another."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership, User
from tests.desk.people.conftest import ISSUER
from tests.desk.people.issuer import CLIENT, KEYS, SECRET, Claims, Issuer, issuing

HOME = "http://testserver"
LOGIN, CALLBACK = (reverse(f"openid_connect_{view}", args=["company"]) for view in ("login", "callback"))


@pytest.fixture
def issuer(aiko: Membership, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # oauthlib: HTTP, on loopback
    person = {"sub": "u-77", "email": aiko.user.email, "email_verified": True, "name": "Aiko"}
    with issuing(HOME + CALLBACK, person) as there:
        providers = deepcopy(ISSUER)
        app: Any = providers["openid_connect"]["APPS"][0]
        app |= {"client_id": CLIENT, "secret": SECRET, "settings": {"server_url": there.address + "/"}}
        settings.SOCIALACCOUNT_PROVIDERS = providers
        yield there


def gone(browser: Client) -> str:
    """To the issuer, who knows the person, and back: the address that the issuer sends the browser to."""
    answer = browser.post(f"{LOGIN}?process=login")
    assert answer.status_code == 302, answer.content.decode()
    there = requests.get(answer.headers["Location"], allow_redirects=False, timeout=5)
    assert there.status_code == 302, there.text
    assert there.headers["Location"].startswith(HOME + CALLBACK)
    return there.headers["Location"].removeprefix(HOME)


def signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def came_back(browser: Client) -> HttpResponse:
    answer: HttpResponse = browser.get(gone(browser))  # type: ignore[assignment]
    return answer


def test_there_and_back(aiko: Membership, issuer: Issuer) -> None:
    browser = Client()
    assert came_back(browser).status_code == 302
    assert int(browser.session["_auth_user_id"]) == aiko.user.pk
    asked = issuer.asked[0]
    assert (asked.code_challenge_method, asked.response_type) == ("S256", "code")
    assert len(asked.code_challenge) == 43
    assert len(asked.nonce) == 64
    assert "email" in asked.scopes
    assert ("create", "company sign-in") in Entry.of(aiko.workspace).values_list("verb", "kind")


def test_each_request_has_its_own_secrets(issuer: Issuer) -> None:
    for _ in range(2):
        came_back(Client())
    asked = {request.state: request for request in issuer.asked}
    assert len(asked) == 2
    assert len({request.nonce for request in asked.values()}) == len({r.code_challenge for r in asked.values()}) == 2


def test_whoever_was_never_invited_stays_outside(issuer: Issuer) -> None:
    issuer.person |= {"sub": "u-99", "email": "stranger@example.com"}
    browser = Client()
    came_back(browser)
    assert not signed_in(browser)
    assert not User.objects.filter(email="stranger@example.com").exists()


@pytest.mark.parametrize("verified", [False, "false", None])
def test_an_address_that_nobody_verified_is_nobodys(issuer: Issuer, verified: object) -> None:
    issuer.person["email_verified"] = verified
    browser = Client()
    came_back(browser)
    assert not signed_in(browser)


def _at(seconds: int) -> Callable[[Claims], Claims]:
    return lambda claims: claims | {"exp": int(time.time()) + seconds}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda claims: claims | {"nonce": "of another request"},
        lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
        lambda claims: claims | {"iss": "https://elsewhere.example.com"},
        lambda claims: claims | {"aud": "another-app"},
        lambda claims: claims | {"aud": ["another-app", CLIENT]},
        lambda claims: claims | {"aud": [CLIENT, "another-app"], "azp": "another-app"},
        _at(-120),
        lambda claims: {name: value for name, value in claims.items() if name != "exp"},
        lambda claims: claims | {"iat": int(time.time()) + 3_600},
        lambda claims: claims | {"sub": "u-78"},
    ],
    ids="nonce,no nonce,issuer,audience,two audiences,for another,expired,for ever,early,two people".split(","),
)
def test_a_token_that_is_not_for_us_now_is_refused(issuer: Issuer, spoil: Callable[[Claims], Claims]) -> None:
    issuer.spoil = spoil
    browser = Client()
    assert came_back(browser).status_code in (200, 401)
    assert not signed_in(browser)


@pytest.mark.parametrize(("key", "name"), [("stranger", "ours"), ("stranger", "stranger"), ("stranger", None)])
def test_a_token_that_another_signed_is_refused(issuer: Issuer, key: str, name: str | None) -> None:
    issuer.key, issuer.key_name = KEYS[key], name
    browser = Client()
    came_back(browser)
    assert not signed_in(browser)


def test_the_only_key_needs_no_name(issuer: Issuer) -> None:
    """The twin of the above: signed rightly, it is let in."""
    issuer.key_name = None
    browser = Client()
    came_back(browser)
    assert signed_in(browser)


def test_a_code_counts_once_and_in_one_browser(issuer: Issuer) -> None:
    browser, thief = Client(), Client()
    address = gone(browser)
    thief.get(address)
    assert not signed_in(thief)
    browser.get(address)
    assert signed_in(browser)
    again = Client()
    again.get(address)
    assert not signed_in(again)


def test_a_code_of_somebody_else_is_not_taken_for_ones_own(issuer: Issuer) -> None:
    """The state is the browser's, the code another's: PKCE and nonce say so."""
    attacker, browser = Client(), Client()
    stolen = parse_qs(urlsplit(gone(attacker)).query)["code"][0]
    own = parse_qs(urlsplit(gone(browser)).query)["state"][0]
    browser.get(CALLBACK, {"code": stolen, "state": own})
    assert not signed_in(browser)


@pytest.mark.parametrize(
    "said",
    [{"issuer": "https://elsewhere.example.com"}, {"token_endpoint": None}, {"jwks_uri": 7}],
)
def test_an_issuer_that_says_something_else_is_not_asked(issuer: Issuer, said: Claims) -> None:
    issuer.discovery = said
    answer = Client().post(f"{LOGIN}?process=login")
    assert answer.status_code in (200, 401)
    assert not issuer.asked


def test_an_issuer_that_is_down_is_a_page(issuer: Issuer, settings: Any) -> None:
    providers = deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    providers["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    settings.SOCIALACCOUNT_PROVIDERS = providers
    answer = Client().post(f"{LOGIN}?process=login")
    assert answer.status_code in (200, 401)
    assert "<html" in answer.content.decode()
