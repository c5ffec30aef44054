"""A source of Aiko's company with its key, and ways to send."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from django.http import HttpResponse
from django.test import Client

from sabai.desk.intake import jobs
from sabai.desk.intake.actions.settle import settle
from sabai.desk.intake.actions.sources import connect
from sabai.desk.intake.keys import _windows
from sabai.desk.intake.models import Seen, Source
from sabai.desk.people.models import Membership

Send = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for what another one sent, and nothing lands unless a test says so."""
    _windows.clear()
    jobs._asked.clear()


@pytest.fixture
def key(aiko: Membership) -> str:
    return connect(aiko.workspace, aiko.user, "web", "events")[1]


@pytest.fixture
def source(key: str) -> Source:
    return Source.everywhere.get(name="web")


@pytest.fixture
def send(key: str) -> Send:
    """`send("track", {...})` with the key of the source, or another; the body may be bytes already."""

    def sent(path: str, body: Any, *, by: str | None = key, **headers: str) -> HttpResponse:
        raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
        if by is not None:
            headers["Authorization"] = "Basic " + b64encode(f"{by}:".encode()).decode()
        return Client().generic("POST", f"/v1/{path}", raw, "application/json", headers=headers)  # type: ignore[return-value]

    return sent


def track(number: int = 1, **known: Any) -> dict[str, Any]:
    message = {"type": "track", "messageId": f"m-{number}", "userId": "u-1", "event": "report opened"}
    return message | known


def seen() -> int:
    """How many messages are known again, once all of them are settled."""
    for source in Source.everywhere.all():
        settle(source)
    return Seen.objects.count()
