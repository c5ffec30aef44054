"""What every template is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone

from sabai.desk.look.context import around
from sabai.desk.people.models import Membership


def test_today_is_the_day_of_the_workspace(aiko: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Bangkok the next morning has begun while it is still evening in London: what was due then is late."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 22, 20, 0, tzinfo=UTC))
    request = RequestFactory().get("/")

    assert around(request)["today"] == date(2026, 11, 22)
    request.member = aiko  # type: ignore[attr-defined]
    assert around(request)["today"] == date(2026, 11, 23)
