"""The second factor: added, asked for, removed, and told of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.urls import reverse

from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership, User
from tests.desk.people.conftest import PASSWORD


def digits(secret: str) -> str:
    """What an app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def _added(client: Client) -> str:
    """Adds an app with codes as a person does; its secret."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = page.split('<code class="secret">')[1].split("<")[0]
    answer = client.post(reverse("mfa_activate_totp"), {"code": digits(secret)})
    assert answer.status_code == 302
    return secret


@pytest.mark.usefixtures("transactional_db")
def test_an_app_is_added_asked_for_and_removed(aiko: Membership, by_password: Callable[[User], Client]) -> None:
    """With real transactions, because mails and signals wait for their end."""
    client = by_password(aiko.user)
    secret = _added(client)
    assert "Second factor added" in [each.subject for each in mail.outbox]
    again = Client()
    answer = again.post(reverse("account_login"), {"login": aiko.user.email, "password": PASSWORD})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert again.get(reverse("home")).headers["Location"].startswith(reverse("account_login"))
    again.post(reverse("mfa_authenticate"), {"code": digits(secret)})
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    told = [(entry.verb, entry.kind) for entry in Entry.of(aiko.workspace).order_by("number")]
    assert told == [
        ("sign in", "sign-in"),
        ("create", "second factor"),
        ("create", "second factor"),
        ("sign in", "sign-in"),
        ("remove", "second factor"),
        ("remove", "second factor"),
    ]


def test_a_wrong_code_is_told(aiko: Membership) -> None:
    TOTP.activate(aiko.user, generate_totp_secret())
    client = Client()
    client.post(reverse("account_login"), {"login": aiko.user.email, "password": PASSWORD})
    answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Incorrect code" in answer.content.decode()
    assert Entry.of(aiko.workspace).filter(verb="refuse", kind="second factor").count() == 1


def test_codes_cannot_be_guessed(aiko: Membership) -> None:
    TOTP.activate(aiko.user, generate_totp_secret())
    client = Client()
    client.post(reverse("account_login"), {"login": aiko.user.email, "password": PASSWORD})
    for number in range(20):
        answer = client.post(reverse("mfa_authenticate"), {"code": f"{number:06}"})
    assert "Too many" in answer.content.decode() or answer.status_code == 429
    assert Entry.of(aiko.workspace).filter(verb="refuse", kind="second factor").count() <= 5


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"])
def test_who_signed_in_by_link_shows_once_more_who_they_are(aiko: Membership, name: str) -> None:
    client = Client()
    client.force_login(aiko.user)
    Authenticator.objects.create(user=aiko.user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert client.get(reverse(name)).status_code == 302
