"""Every page of signing in that anybody can reach is ours, in every language; none is allauth's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sabai.desk.people.models import Membership, User
from tests.desk.people.conftest import ISSUER
from tests.desk.people.passkeys import passkey

VALUES = {"provider_id": "company", "uidb36": "1", "key": "forged", "pk": "1"}
NOT_HTML = {"/sign/2fa/recovery-codes/download/"}


def addresses() -> list[str]:
    """Every address below /sign/, its parts filled in."""
    sign = next(each for each in get_resolver().url_patterns if str(each.pattern) == "sign/")
    return sorted(set(_below(sign, "/sign/")))


def _below(resolver: URLResolver | URLPattern, before: str) -> Iterator[str]:
    if isinstance(resolver, URLPattern):
        yield before
        return
    for each in resolver.url_patterns:
        yield from _below(each, before + _written(each))


def _written(each: URLPattern | URLResolver) -> str:
    """The part of an address that a pattern fits."""
    text = str(each.pattern)
    text = re.sub(r"\(\?P<(\w+)>[^()]*\)|<(?:\w+:)?(\w+)>", lambda found: VALUES[found[1] or found[2]], text)
    return text.replace("^", "").replace("$", "")


ADDRESSES = addresses()


def test_the_walk_finds_the_pages() -> None:
    assert {"/sign/login/", "/sign/2fa/totp/activate/", "/sign/sessions/", "/sign/3rdparty/", "/sign/email/"} <= set(
        ADDRESSES
    )


@pytest.fixture
def with_company(settings: object) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = ISSUER  # type: ignore[attr-defined]


@pytest.mark.usefixtures("with_company")
@pytest.mark.parametrize("address", ADDRESSES)
def test_strangers_see_our_pages(address: str) -> None:
    _ours(Client().get(address), address)


@pytest.mark.usefixtures("with_company")
@pytest.mark.parametrize("address", ADDRESSES)
def test_people_see_our_pages(address: str, aiko: Membership, by_password: Callable[[User], Client]) -> None:
    _ours(by_password(aiko.user).get(address), address)


@pytest.mark.usefixtures("with_company")
@pytest.mark.parametrize("address", ADDRESSES)
def test_people_with_everything_see_our_pages(
    address: str, aiko: Membership, by_password: Callable[[User], Client]
) -> None:
    client = by_password(aiko.user)
    TOTP.activate(aiko.user, generate_totp_secret())
    RecoveryCodes.activate(aiko.user)
    key = {"name": "laptop", "credential": passkey(), "passwordless": True}
    made = Authenticator.objects.create(user=aiko.user, type=Authenticator.Type.WEBAUTHN, data=key)
    _ours(client.get(address.replace("/keys/1/", f"/keys/{made.pk}/")), address)


@pytest.mark.usefixtures("with_company")
@pytest.mark.parametrize(
    "name",
    [
        "account_change_password", "account_logout", "account_reauthenticate", "account_reset_password",
        "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "mfa_generate_recovery_codes",
        "usersessions_list", "socialaccount_connections", "socialaccount_login_cancelled",
    ],
)  # fmt: skip
def test_these_are_pages_and_lead_nowhere_else(
    name: str, aiko: Membership, by_password: Callable[[User], Client]
) -> None:
    """So that the walk above has not only met redirections."""
    client = by_password(aiko.user)
    if name == "mfa_generate_recovery_codes":
        TOTP.activate(aiko.user, generate_totp_secret())
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    _ours(answer, name)


@pytest.mark.parametrize("language", ["en", "th", "ar", "ja"])
def test_the_sign_in_page_speaks(language: str) -> None:
    answer = Client().get("/sign/login/", headers={"Accept-Language": language})
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("address", ["/sign/email/", "/sign/confirm-email/", "/sign/confirm-email/forged/"])
def test_what_is_closed_leads_home(address: str) -> None:
    assert Client().get(address).headers["Location"] == "/"


def test_nobody_signs_up() -> None:
    answer = Client().post("/sign/signup/", {"email": "mallory@example.com", "password1": "a long enough one"})
    assert "by invitation" in answer.content.decode()
    assert not User.objects.exists()


def _ours(answer: HttpResponse, address: str) -> None:
    assert answer.status_code < 500
    if answer.status_code in (301, 302, 404) or address in NOT_HTML:
        return
    page = answer.content.decode()
    assert '<body class="desk outside"' in page, f"{address} is not our page"
    assert "style=" not in page, f"{address}: style attributes are forbidden by our policy"
