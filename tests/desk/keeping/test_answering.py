"""What machines ask the desk, and what it says while it works."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse

from sabai.desk.keeping.logs import Plain
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account

SignIn = Callable[[Membership], Client]


def test_it_is_alive(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"


def test_it_is_ready(client: Client) -> None:
    assert client.get("/readyz").content == b"ok"


def test_it_is_not_ready_with_the_database_of_an_older_version(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [("one", False)])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"1 migrations to go")


def test_it_counts_pages_by_name(aiko: Membership, customer: Callable[..., Account], sign_in: SignIn) -> None:
    account = customer("Secret Coffee")
    sign_in(aiko).get(reverse("accounts:account", args=[aiko.workspace.slug, account.pk]))
    told = Client().get("/metrics").content.decode()
    assert 'sabai_requests_total{method="GET",page="accounts:account",status="200"}' in told
    assert "Secret" not in told


def test_strangers_see_no_metrics() -> None:
    assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 404


def test_a_log_names_nobody(
    aiko: Membership, customer: Callable[..., Account], sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    account = customer("Secret Coffee")
    address = reverse("accounts:account", args=[aiko.workspace.slug, account.pk])
    with caplog.at_level(logging.INFO, logger="sabai.desk"):
        sign_in(aiko).get(address + "?q=secret@example.com")
    told = [Plain().format(each) for each in caplog.records if each.name == "sabai.desk"]
    assert [json.loads(line)["page"] for line in told] == ["accounts:account"]
    assert not any(word in line for line in told for word in ("secret", "Secret", address, aiko.user.email))


def test_a_fault_is_told_without_its_message() -> None:
    try:
        raise ValueError("anna@example.com is no number")
    except ValueError as error:
        told = logging.LogRecord(
            "sabai", logging.ERROR, "", 0, "a fault", None, (ValueError, error, error.__traceback__)
        )
    line = json.loads(Plain().format(told))
    assert (line["fault"], line["message"]) == ("ValueError", "a fault")
    assert line["where"][0].startswith(__file__)
    assert "anna" not in json.dumps(line)
