"""Machines that share a store in an object store, which lies in memory; each has exports and a working copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from obstore.store import MemoryStore

from sabai.definitions.model import Definitions
from sabai.facts.stored.facts import StoredFacts
from sabai.facts.stored.store import Added, stored
from sabai.progress import quiet
from sabai.store.objects import shared
from sabai.store.objects.copies import copy_at
from sabai.store.objects.door import Objects
from tests.facts.stored.bench import Growing, Rows, meaning, source_of

ADDRESS = "s3://bucket/store"
MEANING = meaning(source_of("accounts"), source_of("events"), source_of("tickets"))


class Machine(Growing):
    """One that knows the store by its address."""

    def __init__(self, folder: Path, definitions: Definitions = MEANING, buckets: int = 2) -> None:
        super().__init__(folder, definitions, buckets)
        self.copy = copy_at(ADDRESS, folder / "cache").begin()
        self.store = self.copy.folder

    def land_on(self, day: int, tables: Mapping[str, Rows]) -> Added:
        self.landings = day - 1
        return self.land(tables)

    @property
    def facts(self) -> StoredFacts:
        shared.refresh(self.copy, lambda: None, quiet)
        return stored(self.definitions, self.store)


class Meddled:
    """An object store that calls `before` with the number, the verb and the names of each request."""

    def __init__(self, under: MemoryStore, before: Callable[[int, str, Any], None]) -> None:
        self.under, self.before, self.requests = under, before, 0

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        def asked(*args: Any, **kwargs: Any) -> Any:
            self.requests += 1
            self.before(self.requests, verb, args[0] if args else "")
            return getattr(self.under, verb)(*args, **kwargs)

        return asked


@contextmanager
def lying_in(memory: Any) -> Iterator[Any]:
    """Every address names this one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared, "opened", lambda address: Objects(address, memory))
        yield memory


def every_byte(memory: MemoryStore) -> dict[str, bytes]:
    names = [meta["path"] for chunk in memory.list() for meta in chunk]
    return {name: bytes(memory.get(name).bytes()) for name in names}


def accounts(*names: str) -> list[dict[str, str]]:
    return [{"account_id": name, "name": name, "started_on": "2023-12-01", "segment": "small"} for name in names]


def events(*keys: str, account: str = "a") -> list[dict[str, str]]:
    """One a key; the day follows from the key, so that the same key says the same."""
    return [
        {
            "event_id": key,
            "account_id": account,
            "name": "login",
            "occurred_at": f"2024-01-{1 + sum(map(ord, key)) % 28:02}T09:00:00Z",
            "value": "1",
        }
        for key in keys
    ]
