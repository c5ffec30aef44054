"""Nobody can find whoever was erased: not in any byte of the folder, and not in what the database unpacks to."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.desk.keeping.company import run
from tests.facts.stored.canaries import CASES, found


@pytest.fixture(scope="module")
def made(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = Path(shutil.copytree(bare, tmp_path_factory.mktemp("desk") / "data"))
    run(data, "make")
    return data


@pytest.mark.parametrize(
    "kind", ["contact", pytest.param("account", marks=pytest.mark.long), pytest.param("email", marks=pytest.mark.long)]
)
def test_no_byte_names_who_was_erased(kind: str, made: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(made, data)
    (_, value), canaries = CASES[kind]
    assert {canary for _, canary in _found(data, canaries)} == set(canaries)
    told = run(data, "erase", kind, value)
    assert told.startswith(" True"), told
    assert _found(data, canaries) == set()
    after = run(data, "dump")
    assert [canary for canary in canaries if canary.lower() in after.lower()] == []
    assert after.startswith("chain None"), "the trail says what it has forgotten, and is whole"
    assert "'event': 'x'" in after or '"u2"' in after, "what names others is still there"


@pytest.mark.long
@pytest.mark.parametrize("kind", CASES)
def test_an_export_holds_what_an_erasure_takes(kind: str, made: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(made, data)
    (_, value), canaries = CASES[kind]
    told = run(data, "export", kind, value)
    assert [canary for canary in canaries if canary.lower() not in told.lower()] == []
    parts = {line.split()[0] for line in told.splitlines() if line.startswith(("facts/", "desk/"))}
    assert {"facts/contacts.jsonl", "facts/events.jsonl", "desk/note.jsonl", "desk/audit.jsonl"} <= parts
    assert "ben@example.com" not in told, "who else works there is not theirs to have"


def _found(data: Path, canaries: Iterable[str]) -> set[tuple[str, str]]:
    """In all files but those that we ship."""
    return {(path, canary) for path, canary in found([data], canaries) if not path.startswith(str(data / "static"))}
