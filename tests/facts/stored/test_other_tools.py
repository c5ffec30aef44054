"""DuckDB, Polars and pandas read a store without Sabai, as docs/how-to/read-the-store.md shows."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest
from deltalake import DeltaTable

from tests.facts.stored.bench import Growing, meaning, source_of
from tests.house.tree import ROOT

PAGE = (ROOT / "docs" / "how-to" / "read-the-store.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each name of the page stands for once all of it was run beside a small store."""
    store = Growing(tmp_path, meaning(source_of("events"), source_of("tickets")), 16)
    for day, account in (("2024-01-05", "C1"), ("2024-01-06", "C2")):
        event = {"event_id": day, "account_id": account, "name": "login", "occurred_at": day, "received_at": day}
        ticket = {"ticket_id": "1", "account_id": account, "opened_at": "2024-01-02", "received_at": day}
        store.land({"events": [event], "tickets": [ticket]})
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for snippet in SNIPPETS:
        exec(snippet, names)
    return names


def test_every_tool_says_the_same(told: dict[str, Any]) -> None:
    assert told["by_name"].rows() == [("login", 2)]
    assert told["one"]["account_id"].to_list() == ["C1"]
    assert told["days"] == [("C1", 1), ("C2", 1)]
    assert told["newest"]["account_id"].to_list() == ["C2"]
    assert told["tickets"].height == 3  # two versions, and a row that closes the first account's
    assert {"duckdb", "pandas", "polars"} <= sys.modules.keys()


def test_a_filter_on_a_column_without_statistics_finds_its_rows(tmp_path: Path) -> None:
    """Arrow takes no statistics for "no row has a value", unless the table says which columns have some."""
    store = Growing(tmp_path, meaning(source_of("events")), 4)
    for day in ("2024-01-05", "2024-01-06"):
        event = {"event_id": day, "account_id": "C1", "name": "login", "occurred_at": day, "received_at": day}
        store.land({"events": [event]})
    table = DeltaTable(store.store / "facts" / "events").to_pyarrow_dataset()
    assert table.count_rows(filter=ds.field("name") == "login") == 2
    assert table.count_rows(filter=ds.field("name") == "logout") == 0
