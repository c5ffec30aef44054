"""From a message to a live score: a desk as it runs, with its web process and that of its jobs."""

from __future__ import annotations

import csv
import sqlite3
import time
from base64 import b64encode
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import msgspec
import polars as pl
import pytest

from tests.desk.intake.conftest import track
from tests.desk.intake.serving import made, made_company, serving, working

PATIENCE = 120.0  # seconds; the goal of 10 is measured by benchmarks/live.py, on a machine that does nothing else


@pytest.mark.long
def test_a_message_becomes_a_live_score(tmp_path: Path) -> None:
    key, exports = made(tmp_path), made_company(tmp_path, accounts=30)
    (account,) = _asked(tmp_path, "SELECT account_id FROM scoring_account WHERE score IS NOT NULL LIMIT 1")[0]
    shop = _as_the_product_says(account, exports)
    with serving(tmp_path) as (port, _), working(tmp_path):
        _send(port, key, [track(1, event="login", context={"groupId": shop})])
        first, before = _awaited(tmp_path, account, since="")
        _send(port, key, [track(2, event="cancel_page_viewed", context={"groupId": shop})])
        second, after = _awaited(tmp_path, account, since=before)
    assert after > before
    assert first is not None
    assert second == pytest.approx(first - 15), "the demo's definitions take 15 points for that page"
    assert _asked(tmp_path, "SELECT account_id FROM scoring_account WHERE live_at IS NOT NULL") == [(account,)]
    assert _in_store(tmp_path, account) == {"m-1", "m-2"}


def _send(port: int, key: str, messages: list[dict[str, Any]]) -> None:
    headers = {"Authorization": "Basic " + b64encode(f"{key}:".encode()).decode()}
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as asking:
        asking.request("POST", "/v1/batch", msgspec.json.encode({"batch": messages}), headers)
        answer = asking.getresponse()
        assert (answer.status, msgspec.json.decode(answer.read())["new"]) == (200, len(messages))


def _awaited(data: Path, account: str, since: str) -> tuple[float | None, str]:
    """The live score of the account, once there is one that is newer."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        ((score, at),) = _asked(data, f"SELECT live_score, live_at FROM scoring_account WHERE account_id = '{account}'")
        if at is not None and at > since:
            return score, at
        time.sleep(0.2)
    raise TimeoutError((data / "jobs.log").read_text()[-3_000:])


def _asked(data: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "desk.sqlite3", timeout=30)) as database:
        return database.execute(question).fetchall()


def _as_the_product_says(account: str, exports: Path) -> str:
    with (exports / "crm" / "identities.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["Account ID"] == account and row["Tool"] == "product"]
    return rows[0]["ID there"]


def _in_store(data: Path, account: str) -> set[str]:
    """The ids of what was told of the account by messages."""
    store = data / "workspaces" / "lanna" / "store"
    rows = pl.scan_parquet(
        sorted(store.glob("facts/events/**/*.parquet")), missing_columns="insert", extra_columns="ignore"
    )
    found = rows.filter(pl.col("account_id") == account, pl.col("key").str.starts_with("m-")).select("key").collect()
    return set(found["key"])
