"""A store that is called by a relative name: a worker elsewhere must look for it under its whole one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sabai.engines.spark.cluster import _buckets
from sabai.facts.stored.store import stored
from tests.facts.stored.bench import Growing, meaning, source_of


def test_what_was_opened_here_is_opened_anew_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    definitions = meaning(source_of("accounts"))
    Growing(tmp_path, definitions, buckets=2).land({"accounts": [{"account_id": name} for name in "abc"]})
    monkeypatch.chdir(tmp_path)
    facts = stored(definitions, Path("store"))
    assert facts.has("accounts")
    parts = _buckets(facts)
    monkeypatch.chdir("/")
    assert parts
    assert all(part.has("accounts") for part in parts)
