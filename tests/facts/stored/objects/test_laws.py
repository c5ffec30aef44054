"""A store in an object store is the store that a disk would have, however many machines land into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from obstore.store import MemoryStore

from sabai.errors import SabaiError
from sabai.facts.stored.log import Log
from sabai.facts.stored.store import mark_scored
from sabai.store.objects import push as pushing
from sabai.store.objects import shared
from tests.facts.stored.bench import BEGIN, Growing, assert_same_numbers
from tests.facts.stored.objects.machines import (
    MEANING,
    Machine,
    Meddled,
    accounts,
    events,
    every_byte,
    lying_in,
)

LANDINGS = some.lists(
    some.tuples(some.integers(0, 1), some.sets(some.sampled_from("pqrstuvw"), min_size=1), some.sampled_from("abc")),
    min_size=2,
    max_size=5,
)


@settings(max_examples=6)
@given(landings=LANDINGS)
def test_two_machines_leave_what_one_disk_would_have(landings: list[tuple[int, set[str], str]]) -> None:
    with TemporaryDirectory() as name, lying_in(MemoryStore()):
        folder = Path(name)
        disk, machines = Growing(folder / "disk", MEANING, 2), [Machine(folder / "0"), Machine(folder / "1")]
        for day, (which, keys, account) in enumerate(landings, 1):
            tables = {"accounts": accounts(account), "events": events(*sorted(keys), account=account)}
            there = machines[which].land_on(day, tables)
            here = disk.land(tables)
            assert there.tallies == here.tallies
        for machine in machines:
            assert_same_numbers(machine.facts, disk.facts, MEANING)
            assert machine.facts.tallies == disk.facts.tallies


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Any:
    with lying_in(MemoryStore()) as memory:
        yield memory


def beaten(monkeypatch: pytest.MonkeyPatch, by: list[Any]) -> None:
    """Before each of the next pushes somebody else comes first."""
    push = shared.push

    def second(*args: Any) -> bool:
        if by:
            by.pop(0)()
        return push(*args)

    monkeypatch.setattr(shared, "push", second)


def test_of_two_landers_at_once_nothing_is_lost_and_nothing_doubled(
    memory: MemoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Machine(tmp_path / "one"), Machine(tmp_path / "other")
    one.land_on(1, {"accounts": accounts("a"), "events": events("p")})
    beaten(monkeypatch, [lambda: other.land_on(2, {"events": events("q", "r")})])
    landed = one.land_on(3, {"events": events("q", "s")})
    (tally,) = [tally for tally in landed.tallies if tally.table == "events"]
    assert (tally.facts, tally.duplicates) == (1, 1)
    for machine in (one, other, Machine(tmp_path / "third")):
        assert sorted(machine.facts.scan("events").collect()["key"]) == ["p", "q", "r", "s"]
    assert [entry.number for entry in Log(one.store).entries()] == [1, 2, 3]


def test_two_who_begin_it_at_once_begin_one_store(
    memory: MemoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Machine(tmp_path / "one"), Machine(tmp_path / "other", buckets=5)
    beaten(monkeypatch, [lambda: other.land_on(1, {"accounts": accounts("b"), "events": events("q", account="b")})])
    one.land_on(2, {"accounts": accounts("a"), "events": events("p")})
    assert sorted(one.facts.account_ids) == ["a", "b"]
    assert one.facts.settings.buckets == 5


def test_a_run_that_scored_while_others_landed_says_so_after_them(
    memory: MemoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Machine(tmp_path / "one"), Machine(tmp_path / "other")
    one.land_on(1, {"accounts": accounts("a"), "events": events("p")})
    beaten(monkeypatch, [lambda: other.land_on(2, {"events": events("q")})])
    mark_scored(one.store, 19_800, BEGIN)
    assert [entry.kind for entry in Log(one.store).entries()] == ["landing", "landing", "scored"]
    before = every_byte(memory)
    mark_scored(one.store, 19_800, BEGIN)
    assert every_byte(memory) == before


def test_who_always_comes_second_is_told_so(
    memory: MemoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Machine(tmp_path / "one"), Machine(tmp_path / "other")
    one.land_on(1, {"accounts": accounts("a"), "events": events("p")})
    busy = [lambda at=at: other.land_on(2 + at, {"events": events(f"q{at}")}) for at in range(3)]
    monkeypatch.setattr(shared, "TIMES", 2)
    beaten(monkeypatch, [each for pair in zip(busy, [lambda: None] * 3, strict=True) for each in pair])
    with pytest.raises(SabaiError, match="STO-010"):
        one.land_on(9, {"events": events("z")})
    assert "z" not in set(one.facts.scan("events").collect()["key"])


def test_twin_where_conditions_are_not_heeded_no_store_is_begun(tmp_path: Path) -> None:
    class Careless(MemoryStore):
        def put(self, path: str, file: Any, *, mode: Any = None, **more: Any) -> Any:
            return super().put(path, file, **more)

    with lying_in(Careless()) as memory:
        one = Machine(tmp_path / "one")
        with pytest.raises(SabaiError, match="STO-012"):
            one.land_on(1, {"accounts": accounts("a"), "events": events("p")})
        assert "head.json" not in every_byte(memory)


class Cut(Exception):
    """The machine stops here."""


@contextmanager
def cut_after(memory: MemoryStore, requests: int) -> Iterator[None]:
    def cut(number: int, verb: str, name: Any) -> None:
        if number > requests:
            raise Cut

    with lying_in(Meddled(memory, cut)), suppress(Cut):
        yield


@pytest.mark.parametrize("requests", range(12))
def test_stopped_at_any_request_the_store_is_whole_and_the_same_again_completes_it(
    memory: MemoryStore, tmp_path: Path, requests: int
) -> None:
    one = Machine(tmp_path / "one", buckets=1)
    one.land_on(1, {"accounts": accounts("a"), "events": events("p")})
    landed = [one.exports({"events": events(*keys)}) for keys in ("q", "rs")]
    with cut_after(memory, requests):
        one.again(landed[0])
    seen = sorted(Machine(tmp_path / "two").facts.scan("events").collect()["key"])
    assert seen == (["p"] if requests < 8 else ["p", "q"])  # the eighth writes the head
    one.again(landed[0])
    one.again(landed[1])
    assert sorted(one.facts.scan("events").collect()["key"]) == ["p", "q", "r", "s"]
    assert not [name for name in every_byte(memory) if not named(memory, name)]


@pytest.mark.parametrize("requests", range(0, 24, 3))
def test_stopped_while_it_is_begun_anybody_begins_it(memory: MemoryStore, tmp_path: Path, requests: int) -> None:
    one, other = Machine(tmp_path / "one", buckets=1), Machine(tmp_path / "other", buckets=1)
    with cut_after(memory, requests):
        one.land_on(1, {"accounts": accounts("a"), "events": events("p")})
    other.land_on(2, {"accounts": accounts("a"), "events": events("p", "q")})
    for machine in (one, other):
        assert sorted(machine.facts.scan("events").collect()["key"]) == ["p", "q"]
    assert not [name for name in every_byte(memory) if not named(memory, name)]


def named(memory: MemoryStore, name: str) -> bool:
    """Whether the head, the generation, or the files that it names need the object."""
    with lying_in(memory):
        from sabai.store.objects.generations import Generation, head_of
        from sabai.store.objects.names import shown_as

        generation = head_of(shared.opened("s3://bucket/store"), Generation()).generation
    kept = {each.name for each in generation.files.values()} | {shown_as(path) for path in generation.files}
    return name in {"head.json", generation.name} | kept


def test_an_answer_that_is_lost_on_the_way_is_no_loss(memory: MemoryStore, tmp_path: Path) -> None:
    class Deaf(MemoryStore):
        """Asks twice for what it was told once, as one does who heard no answer."""

        def put(self, path: str, file: Any, **more: Any) -> Any:
            super().put(path, file, **more)
            return super().put(path, file, **more)

    with lying_in(Deaf()):
        one = Machine(tmp_path / "one")
        one.land_on(1, {"accounts": accounts("a"), "events": events("p")})
        one.land_on(2, {"events": events("q")})
        assert sorted(one.facts.scan("events").collect()["key"]) == ["p", "q"]


def test_a_working_copy_that_is_damaged_or_gone_is_fetched_again(memory: MemoryStore, tmp_path: Path) -> None:
    import shutil

    one = Machine(tmp_path / "one")
    one.land_on(1, {"accounts": accounts("a"), "events": events("p", "q")})
    path = next(one.store.glob("facts/events/*/*.parquet"))
    path.write_bytes(path.read_bytes()[:10])
    (one.store / "suppressed.json").write_text("{}")
    assert one.facts.scan("events").collect().height == 2
    assert not (one.store / "suppressed.json").exists()
    shutil.rmtree(one.copy.home)
    one.copy.begin()
    assert one.facts.scan("events").collect().height == 2


def test_nothing_is_sent_again_that_lies_there(memory: MemoryStore, tmp_path: Path) -> None:
    sent: list[str] = []
    with lying_in(Meddled(memory, lambda _, verb, name: sent.append(str(name)) if verb == "put" else None)):
        one = Machine(tmp_path / "one")
        one.land_on(1, {"accounts": accounts("a"), "events": events("p")})
        sent.clear()
        one.land_on(2, {"events": events("q")})
    rows = [name for name in sent if name.endswith(".parquet") and "_delta_log" not in name]
    assert sorted(name.split("/")[0] for name in rows) == ["facts", "landings"]
    assert len([name for name in sent if name == pushing.HEAD]) == 1
