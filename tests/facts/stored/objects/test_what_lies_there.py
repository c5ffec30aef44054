"""What else may lie at the address: a store that was copied there, other things, a newer store, a damaged one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from obstore.store import MemoryStore

from sabai.definitions.reader import read_definitions
from sabai.errors import SabaiError
from sabai.facts.stored.erase import erase
from sabai.facts.stored.mend import mend
from sabai.facts.stored.store import stored
from sabai.facts.stored.suppressed import Name
from sabai.store.objects.names import CACHES, belongs
from sabai.store.objects.names import lying_in as lying_in_folder
from tests.facts.stored.bench import BEGIN, Growing, assert_same_numbers
from tests.facts.stored.canaries import ACCOUNT, DEFINITIONS, exports
from tests.facts.stored.objects.machines import MEANING, Machine, accounts, events, every_byte, lying_in
from tests.facts.stored.objects.test_laws import named


@pytest.fixture
def memory() -> Any:
    with lying_in(MemoryStore()) as memory:
        yield memory


@pytest.fixture
def machine(memory: MemoryStore, tmp_path: Path) -> Machine:
    machine = Machine(tmp_path / "one")
    machine.land_on(1, {"accounts": accounts("a"), "events": events("p", "q")})
    return machine


def test_every_file_of_a_store_is_sent_or_a_cache(tmp_path: Path) -> None:
    (tmp_path / "sabai.yaml").write_text(DEFINITIONS)
    disk = Growing(tmp_path, read_definitions(tmp_path / "sabai.yaml"))
    disk.again(exports(tmp_path / "exports"))
    next(disk.store.glob("facts/tickets/*/*.parquet")).write_bytes(b"PAR1")
    mend(disk.store, BEGIN)
    erase(disk.store, Name("account", ACCOUNT), BEGIN)
    files = {path.relative_to(disk.store).as_posix() for path in disk.store.rglob("*") if path.is_file()}
    assert {path.split("/")[0] for path in files if not belongs(path)} <= {CACHES}
    assert {path.split("/")[0] for path in files} >= {"facts", "aside", "landings", "damaged", "erasures", "store.json"}
    assert files - {path for path in files if path.startswith(f"{CACHES}/")} == lying_in_folder(disk.store).keys()


def test_what_lies_under_its_own_name_is_a_store_for_every_tool(
    machine: Machine, memory: MemoryStore, tmp_path: Path
) -> None:
    machine.land_on(2, {"events": events("r")})
    for name, told in every_byte(memory).items():
        if name.split("/")[0] not in ("head.json", "generations", "kept"):
            (tmp_path / "plain" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "plain" / name).write_bytes(told)
    assert_same_numbers(stored(MEANING, tmp_path / "plain"), machine.facts, MEANING)


def test_a_store_that_was_copied_there_is_read_and_goes_on(memory: MemoryStore, tmp_path: Path) -> None:
    disk, machine = Growing(tmp_path / "disk", MEANING, 2), Machine(tmp_path / "one")
    disk.land({"accounts": accounts("a"), "events": events("p", "q")})
    for path in disk.store.rglob("*"):
        if path.is_file():
            memory.put(path.relative_to(disk.store).as_posix(), path.read_bytes())
    assert_same_numbers(machine.facts, disk.facts, MEANING)
    assert "head.json" not in every_byte(memory)
    tables = {"accounts": accounts("b"), "events": events("q", "r")}
    assert machine.land_on(2, tables).tallies == disk.land(tables).tallies
    assert_same_numbers(Machine(tmp_path / "two").facts, disk.facts, MEANING)
    assert all(named(memory, name) for name in every_byte(memory))


def test_where_something_else_lies_no_store_is_begun(memory: MemoryStore, tmp_path: Path) -> None:
    memory.put("photos/cat.jpg", b"cat")
    with pytest.raises(SabaiError, match=r"STO-011[^/]*photos/cat\.jpg"):
        Machine(tmp_path / "one").land_on(1, {"accounts": accounts("a")})
    assert every_byte(memory) == {"photos/cat.jpg": b"cat"}


def test_what_others_lay_beside_it_later_is_left_alone(machine: Machine, memory: MemoryStore) -> None:
    memory.put("photos/cat.jpg", b"cat")
    machine.land_on(2, {"events": events("r")})
    assert every_byte(memory)["photos/cat.jpg"] == b"cat"


@pytest.mark.parametrize(
    ("told", "code"), [(b'{"format": 2}', "STO-008"), (b"{}", "STO-009"), (b"\x00", "STO-009"), (b"[1]", "STO-009")]
)
def test_a_head_that_cannot_be_read_is_named(machine: Machine, memory: MemoryStore, told: bytes, code: str) -> None:
    memory.put("head.json", told)
    with pytest.raises(SabaiError, match=rf"{code}.*"):
        machine.land_on(2, {"events": events("r")})
    assert every_byte(memory)["head.json"] == told


def test_a_generation_of_a_newer_format_one_that_says_nothing_and_one_that_reaches_outside(
    machine: Machine, memory: MemoryStore, tmp_path: Path
) -> None:
    name = json.loads(every_byte(memory)["head.json"])["generation"]
    outside = b'{"format": 1, "number": 1, "files": {"facts/../../../evil": [4, 1, "store.json"]}}'
    for at, (told, code) in enumerate(
        ((b'{"format": 7}', "STO-008"), (b'{"format": 1, "files": {"a": 3}}', "STO-009"), (outside, "STO-009"))
    ):
        memory.put(name, told)
        with pytest.raises(SabaiError, match=code):
            _ = Machine(tmp_path / str(at)).facts
    assert not list(tmp_path.rglob("evil"))


def test_an_object_that_is_gone_or_cut_is_named(machine: Machine, memory: MemoryStore, tmp_path: Path) -> None:
    name = next(name for name in every_byte(memory) if name.startswith("facts/events/bucket="))
    memory.put(name, b"PAR1")
    with pytest.raises(SabaiError, match="STO-009") as error:
        _ = Machine(tmp_path / "two").facts
    assert name in str(error.value)
    memory.delete(name)
    with pytest.raises(SabaiError, match="STO-009") as error:
        _ = Machine(tmp_path / "three").facts
    assert name in str(error.value)
    assert machine.facts.account_ids == ("a",)
