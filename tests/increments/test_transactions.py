"""Exactly once: a landing has a number, tables remember it, and the log takes each number once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from deltalake import DeltaTable

from sabai.errors import SabaiError
from sabai.facts.stored.log import Log
from sabai.store.delta import APP
from tests.facts.stored.bench import Growing, meaning, source_of

DEFINITIONS = meaning(source_of("events"))


def events(first: int) -> dict[str, list[dict[str, str]]]:
    told = {"account_id": "a", "name": "login", "occurred_at": "2024-01-05"}
    return {"events": [{"event_id": str(first + n), **told} for n in range(3)]}


@pytest.fixture
def store(tmp_path: Path) -> Growing:
    store = Growing(tmp_path, DEFINITIONS, buckets=1)
    store.land(events(0))
    store.land(events(3))
    return store


def remembered(store: Growing, *parts: str) -> int | None:
    return DeltaTable(store.store.joinpath(*parts)).transaction_version(APP)


def test_tables_remember_with_which_landing_they_came(store: Growing) -> None:
    assert remembered(store, "facts", "events") == remembered(store, "landings") == 2
    store.land(events(6))
    assert remembered(store, "facts", "events") == remembered(store, "landings") == 3


def test_a_landing_that_is_played_again_counts_once(store: Growing, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between its tables and the log: they remember a landing of which the log knows nothing."""
    data = store.exports(events(6))
    with monkeypatch.context() as patched:
        patched.setattr(Log, "add", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        patched.setattr("sabai.facts.stored.unfinished._tidy", lambda *_: None)  # kill -9 does not clear up
        with pytest.raises(KeyboardInterrupt):
            store.again(data)
    assert (remembered(store, "facts", "events"), remembered(store, "landings")) == (3, 2)
    assert store.facts.scan("events").collect().height == 6
    assert store.again(data).number == 3
    assert (remembered(store, "facts", "events"), remembered(store, "landings")) == (3, 3)
    assert sorted(store.facts.scan("events").collect()["key"]) == [str(n) for n in range(9)]
    assert store.again(data).tallies == ()


def test_the_log_takes_a_number_once(store: Growing) -> None:
    """As where a disk has no locks, and two landers counted on from the same landing."""
    log = Log(store.store)
    newest = log.entries()[-1]
    for number in (1, newest.number):
        with pytest.raises(SabaiError, match="STO-004"):
            log.add(replace(newest, number=number))
    assert [entry.number for entry in log.entries()] == [1, 2]
    log.add(replace(newest, number=3))
    assert [entry.number for entry in log.entries()] == [1, 2, 3]
