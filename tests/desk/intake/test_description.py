"""The description of the API, and whether the API is what it describes."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sabai.desk.intake.messages import KINDS
from sabai.desk.intake.rows import OPEN
from sabai.desk.people.models import Membership, Token
from sabai.desk.people.secrets import drawn, hashed
from sabai.desk.wsgi import application
from tests.desk.intake.serving import made, made_token, serving

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def described() -> dict[str, Any]:
    told: dict[str, Any] = Client().get("/api/openapi.json").json()
    return told


def test_every_address_is_described() -> None:
    told = described()
    assert told["openapi"].startswith("3.1")
    assert set(told["paths"]) == {
        *(f"/v1/{kind}" for kind in (*KINDS, "batch")),
        "/v1/facts/{table}",
        "/v1/responses",
        "/api/accounts",
        "/api/accounts/{account_id}",
        "/v1/suppressions",
        "/api/tasks",
    }
    for path in told["paths"].values():
        for operation in path.values():
            assert operation["security"]
            assert {"401", "503"} <= set(operation["responses"])


def test_every_table_and_shape_is_described() -> None:
    schemas = described()["components"]["schemas"]
    assert {f"row_of_{name}" for name in OPEN} <= set(schemas)
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    assert set(schemas["Message"]["properties"]) >= {"type", "messageId", "userId", "timestamp", "properties"}


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """The test's own transaction outlives its requests, as Django's client would have it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


EXAMPLES = [pytest.param(1), pytest.param(30, marks=pytest.mark.long)]


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("examples", EXAMPLES)
def test_nothing_that_can_be_sent_is_a_fault_of_ours(aiko: Membership, key: str, examples: int) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    secret = drawn("sabai_")
    Token.everywhere.create(
        workspace=aiko.workspace, name="t", hashed=hashed(secret), begins="x", created_by=aiko.user,
        scopes=["scores", "tasks", "answers", "suppressions"],
    )  # fmt: skip
    by_key = "Basic " + b64encode(f"{key}:".encode()).decode()
    phases = (Phase.explicit, Phase.generate, Phase.target)
    for operation in (found.ok() for found in schema.get_all_operations()):
        authorization = by_key if operation.path.startswith("/v1") else f"Bearer {secret}"
        for mode in schemathesis.GenerationMode:

            @settings(
                max_examples=examples, deadline=None, database=None, derandomize=True, phases=phases,
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: Any) -> None:
                case.call_and_validate(headers={"Authorization": authorization}, checks=CHECKS)  # noqa: B023 - called here

            ask()


@pytest.mark.long
@pytest.mark.parametrize(("regex", "scheme"), [("^/v1", "Basic"), ("^/api", "Bearer")])
def test_schemathesis_in_all_its_phases(tmp_path: Path, regex: str, scheme: str) -> None:
    """Examples, coverage, fuzzing and stateful, as its own command runs them, against a real server."""
    key, token = made(tmp_path), made_token(tmp_path)
    authorization = f"Basic {b64encode(f'{key}:'.encode()).decode()}" if scheme == "Basic" else f"Bearer {token}"
    with serving(tmp_path) as (port, _):
        options = ["--checks", "not_a_server_error", "--max-examples", "20", "--seed", "7", "--no-color"]
        asked = ["--include-path-regex", regex, "-H", f"Authorization: {authorization}"]
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"http://127.0.0.1:{port}/api/openapi.json"]
        done = subprocess.run(
            [*command, *options, *asked], check=False, capture_output=True, text=True, timeout=900, cwd=tmp_path
        )
    assert done.returncode == 0, done.stdout
