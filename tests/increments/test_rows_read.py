"""An increment reads what its windows need, and says how little that is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.programs import call_within
from tests.increments.test_go_on import ACCOUNTS
from tests.increments.test_killed import LAND, ROWS, SCORE, export

WINDOWED = """
sabai: 1
workspace: { name: Windows }
sources:
  accounts: { files: accounts.csv, table: accounts, columns: { account_id: id, segment: segment, started_on: since } }
  app: { files: app*.csv, table: events, columns: { event_id: id, account_id: account, name: name, occurred_at: at } }
metrics:
  logins: { count: events, window: 28d }
  EVER
health:
  dimensions:
    usage:
      logins: { weight: 1, curve: { 0: 0, 20: 100 } }
  bands: { cut: { healthy: 70, at_risk: 40 } }
"""
PARTS = 3


@pytest.fixture(params=["", "ever: { count: events }"], ids=["windows", "everything"])
def company(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Three exports of eight weeks each, of which the last two were landed since the last score."""
    (tmp_path / "sabai.yaml").write_text(WINDOWED.replace("EVER", request.param))
    for part in range(PARTS):
        export(tmp_path, part)
    for part in range(PARTS):
        assert call_within(tmp_path, "land", f"part-{part}", *LAND)[0] == 0
        assert part or call_within(tmp_path, *SCORE)[0] == 0
    return tmp_path


def test_an_increment_says_how_many_rows_it_read(company: Path, request: pytest.FixtureRequest) -> None:
    """The first reaches back to the second export, and the one a week later reads only the third, if windows let it."""
    accounts = ACCOUNTS.count("\n") - 1
    stored = PARTS * ROWS + accounts
    assert call_within(company, *SCORE, "--since-last", "--as-of", "2024-06-10")[0] == 0
    told = json.loads(call_within(company, *SCORE, "--since-last", "--as-of", "2024-06-17", "--json")[1])["rows_read"]
    read = ROWS + accounts if "windows" in request.node.name else stored
    assert told == {"read": read, "stored": stored}
    text = call_within(company, *SCORE, "--since-last", "--as-of", "2024-06-24")[1]
    assert f"{read:,} of {stored:,} rows of the store were read." in text


def test_without_a_store_there_is_nothing_to_compare(company: Path) -> None:
    told = json.loads(call_within(company, "score", "part-0", "--definitions", "sabai.yaml", "--json")[1])
    assert told["rows_read"] is None
