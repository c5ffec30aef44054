"""People who sign in as people do: through the page, with a password."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from sabai.desk.people.models import User

PASSWORD = "correct horse"
ISSUER = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "company",
                "name": "OpenID Connect",
                "client_id": "id",
                "secret": "secret",
                "settings": {"server_url": "https://issuer.example.com"},
            }
        ]
    }
}


@pytest.fixture(autouse=True)
def _uncounted() -> Iterator[None]:
    """Wrong passwords of another test do not count here."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def by_password() -> Callable[[User], Client]:
    """Somebody who has just typed their password, and once more, as whoever changes their sign-in must."""

    def typed(user: User) -> Client:
        client = Client()
        answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client

    return typed
