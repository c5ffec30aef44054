"""The day of a moment: the one that it was where the workspace is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client
from django.urls import reverse

from sabai.desk.people.models import Membership

SignIn = Callable[[Membership], Client]


def test_an_evening_in_london_is_the_next_day_in_bangkok(aiko: Membership, sign_in: SignIn) -> None:
    client = sign_in(aiko)
    aiko.user.last_login = datetime(2026, 1, 1, 20, tzinfo=UTC)
    aiko.user.save(update_fields=["last_login"])
    page = client.get(reverse("people:people", args=["lanna"])).content.decode()
    assert "Jan 2, 2026" in page
    assert "Jan 1, 2026" not in page
