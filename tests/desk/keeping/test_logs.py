"""No line of the log, whoever wrote it, says who somebody is or where they looked."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from huey import MemoryHuey

from sabai.desk.keeping.logs import Plain, configure
from sabai.desk.people.models import Membership

SignIn = Callable[[Membership], Client]
NAMES = ("aiko", "example.com", "secret", "/w/", "lanna", "correct horse")


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[str]]]:
    """Every line so far, of every logger, as it would be written."""
    with caplog.at_level(logging.DEBUG):
        yield lambda: [Plain().format(each) for each in caplog.records]


def is_silent(lines: list[str]) -> bool:
    return bool(lines) and not any(name in line.lower() for line in lines for name in NAMES)


def test_a_sign_in_that_fails(aiko: Membership, told: Callable[[], list[str]]) -> None:
    for password in ("wrong secret", "correct horse"):
        Client().post(reverse("account_login"), {"login": aiko.user.email, "password": password})
    assert is_silent(told())


def test_a_page_that_is_not_there(aiko: Membership, sign_in: SignIn, told: Callable[[], list[str]]) -> None:
    sign_in(aiko).get("/w/lanna/accounts/77/secret@example.com/?q=aiko@example.com")
    assert is_silent(told())


def test_what_django_finds_suspicious(told: Callable[[], list[str]]) -> None:
    """It says the address or the host in a line of its own, filled already."""
    Client(headers={"host": "secret.example.com"}, raise_request_exception=False).get("/w/lanna/")
    Client(enforce_csrf_checks=True).post("/w/lanna/tasks/", {"secret": "x"})
    assert any("django.security" in line for line in told())
    assert is_silent(told())


def test_a_fault_of_ours(
    aiko: Membership, sign_in: SignIn, told: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ValueError(f"secret of {aiko.user.email}")

    monkeypatch.setattr("sabai.desk.tasks.pages.tasks.render", fails)
    client = sign_in(aiko)
    client.raise_request_exception = False
    assert client.get(reverse("tasks:tasks", args=["lanna"])).status_code == 500
    assert any('"fault": "ValueError"' in line for line in told())
    assert is_silent(told())


def test_a_job_that_fails(told: Callable[[], list[str]]) -> None:
    jobs = MemoryHuey("secret-free", immediate=True)

    @jobs.task()
    def fails(email: str) -> None:
        raise ValueError(f"secret of {email}")

    fails("aiko@example.com")
    assert any('"fault": "ValueError"' in line for line in told())
    assert is_silent(told())


def test_what_is_said_is_said() -> None:
    """Our own lines are told, and patterns of libraries: a log that says nothing would pass all of the above."""
    ours = logging.LogRecord("sabai.desk", logging.INFO, "", 1, "answered", None, None)
    theirs = logging.LogRecord("granian", logging.INFO, "", 1, "Listening at %s", ("here",), None)
    filled = logging.LogRecord("other", logging.INFO, "/x/server.py", 7, "of anna@x.example", None, None, "serve")
    assert [json.loads(Plain().format(each))["message"] for each in (ours, theirs, filled)] == [
        "answered",
        "Listening at %s",
        "said at server.serve:7",
    ]


def test_warnings_of_python_are_lines_too(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    monkeypatch.setattr(root, "level", root.level)
    try:
        configure()
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            logging.captureWarnings(False)
            logging.captureWarnings(True)
            warnings.warn("aiko@example.com is naive", stacklevel=1)
    finally:
        logging.captureWarnings(False)
        root.handlers[:] = before
    lines: list[dict[str, Any]] = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["from"] for line in lines] == ["py.warnings"]
    assert "aiko" not in json.dumps(lines)
