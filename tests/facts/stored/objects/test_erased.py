"""Whoever is erased is gone from the object store too: from every object, and from what killed landings left."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from sabai.definitions.reader import read_definitions
from sabai.facts.stored.erase import erase
from sabai.facts.stored.suppressed import Name
from sabai.store.objects import shared
from tests.facts.stored.canaries import ACCOUNT, CASES, CONTACT, DEFINITIONS, exports, found
from tests.facts.stored.objects.machines import Machine, Meddled, every_byte, lying_in
from tests.facts.stored.objects.test_laws import Cut


def poured(memory: MemoryStore, folder: Path) -> Path:
    """Every object as a file."""
    for name, told in every_byte(memory).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(told)
    return folder


def company(folder: Path) -> Machine:
    folder.mkdir(parents=True)
    (folder / "sabai.yaml").write_text(DEFINITIONS)
    return Machine(folder, read_definitions(folder / "sabai.yaml"))


def killed_before_the_head(machine: Machine, data: Path, memory: MemoryStore) -> None:
    def cut(number: int, verb: str, name: object) -> None:
        if verb == "put" and name == "head.json":
            raise Cut

    with lying_in(Meddled(memory, cut)), pytest.raises(Cut):
        machine.again(data)


@pytest.mark.parametrize("case", ["account", "contact"])
def test_no_object_names_them_and_no_working_copy_that_asks_again(tmp_path: Path, case: str) -> None:
    (_, name), canaries = CASES[case]
    with lying_in(MemoryStore()) as memory:
        one, other = company(tmp_path / "one"), company(tmp_path / "other")
        data = exports(tmp_path / "exports")
        one.again(data)
        later = tmp_path / "later"
        later.mkdir()
        (later / "usage.csv").write_text(
            f"id,account,who,what,at,mail\nz1,{ACCOUNT},{CONTACT},login,2025-06-02,\nz2,B,u2,x,2025-06-02,\n"
        )
        killed_before_the_head(other, later, memory)
        assert {canary for _, canary in found([poured(memory, tmp_path / "before")], canaries)} == set(canaries)
        erased = erase(one.store, Name(case, name), datetime(2026, 1, 1, tzinfo=UTC))
        assert other.facts.account_ids == (("B",) if case == "account" else ("B", ACCOUNT))
        everywhere = [poured(memory, tmp_path / "after"), one.copy.home, other.copy.home]
        assert not found(everywhere, canaries)
        assert (tmp_path / "after" / erased.receipt.relative_to(one.store)).is_file()
        other.again(later)
        assert not found([poured(memory, tmp_path / "again"), one.copy.home], canaries)


def test_erased_while_somebody_lands_they_are_left_out_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    push, by = shared.push, [True]
    with lying_in(MemoryStore()) as memory:
        one, other = company(tmp_path / "one"), company(tmp_path / "other")
        one.again(exports(tmp_path / "exports"))

        def second(*args: object) -> bool:
            if by.pop() if by else False:
                erase(other.store, Name("account", ACCOUNT), datetime(2026, 1, 1, tzinfo=UTC))
            return push(*args)  # type: ignore[arg-type]

        later = tmp_path / "later"
        later.mkdir()
        (later / "usage.csv").write_text(f"id,account,who,what,at,mail\nz1,{ACCOUNT},,login,2025-06-02,\n")
        monkeypatch.setattr(shared, "push", second)
        landed = one.again(later)
        assert [(tally.facts, tally.rejects) for tally in landed.tallies if tally.table == "events"] == [(0, 1)]
        assert not found([poured(memory, tmp_path / "after"), one.copy.home], CASES["account"][1])
