"""Segment's own client for Python, pointed at the desk and otherwise unchanged."""

from __future__ import annotations

from typing import Any

import pytest
from segment.analytics.client import Client

from tests.desk.intake.test_taking import kept


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("gzip", [False, True])
def test_it_works_unchanged(live_server: Any, key: str, gzip: bool) -> None:
    wrong: list[object] = []
    client = Client(key, host=live_server.url, gzip=gzip, on_error=lambda error, _: wrong.append(error), max_retries=0)
    client.identify("u-1", {"email": "a@example.com"})
    client.group("u-1", "A-1", {"name": "Baan Coffee"})
    for number in range(120):
        client.track("u-1", "report opened", {"number": number})
    client.page("u-1", "docs", "Pricing")
    client.screen("u-1", "app", "Home")
    client.alias("anon", "u-1")
    client.flush()
    client.join()
    assert wrong == []
    kinds = [message["type"] for message in kept()]
    assert sorted(set(kinds)) == ["alias", "group", "identify", "page", "screen", "track"]
    assert kinds.count("track") == 120


@pytest.mark.django_db(transaction=True)
def test_twin_with_a_wrong_key_it_says_so(live_server: Any, key: str) -> None:
    wrong: list[object] = []
    client = Client("no", host=live_server.url, on_error=lambda error, _: wrong.append(error), max_retries=0)
    client.track("u-1", "report opened")
    client.flush()
    client.join()
    assert "401" in str(wrong[0])
    assert kept() == []
