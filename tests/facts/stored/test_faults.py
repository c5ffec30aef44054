"""A disk that fails, files that are damaged, and several at once: a sentence, and the store as it was."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sabai.errors import FactsError, SabaiError
from sabai.facts.stored.log import Log
from sabai.store import aside, delta
from tests.acceptance.programs import begin, call, call_within, company, few_of, limited
from tests.calling import called
from tests.facts.conftest import of, same, source
from tests.facts.stored.bench import COLUMNS, Growing, meaning, source_of

DEFINITIONS = meaning(source_of("events"), source_of("tickets"))


EVERY = 13 if settings().derandomize else 3
"""Of the places where a disk may fail, one in so many is tried."""


def events(first: int, count: int = 40) -> dict[str, list[dict[str, str]]]:
    day = "2024-01-05"
    return {
        "events": [
            {"event_id": str(n), "account_id": f"a{n % 7}", "name": "x", "occurred_at": day, "received_at": day}
            for n in range(first, first + count)
        ],
        "tickets": [{"ticket_id": f"t{first}", "account_id": "a1", "opened_at": day, "received_at": day}],
    }


def keys(store: Growing) -> list[str]:
    return sorted(store.facts.scan("events").collect()["key"].to_list(), key=int)


def refusal(store: Growing, data: Path) -> str:
    """The code of the error with which a landing ends; nothing where it ends well."""
    try:
        store.again(data)
    except SabaiError as error:
        return error.issues[0].code
    return ""


def stray(store: Path) -> list[str]:
    """Files in tables that no commit knows of, and marks of what was not finished."""
    strays = [path.name for path in store.glob("unfinished")]
    for log in store.rglob("_delta_log"):
        folder = log.parent
        told = "".join(path.read_text() for path in log.glob("*.json"))
        strays += [path.name for path in folder.rglob("*.parquet") if path.parent != log and path.name not in told]
    return strays


def test_the_kth_thing_that_cannot_be_made_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the disk is full: the store is as it was, or has all of the landing; the next landing makes it whole."""
    store, failed = Growing(tmp_path, DEFINITIONS, 2), 0
    store.land(events(0))
    real = aside.make_durable
    for k in range(0, 200, EVERY):
        landed, calls = keys(store), 0

        def full(path: Path, k: int = k) -> None:
            nonlocal calls
            calls += 1
            if calls > k:
                raise OSError(28, "No space left on device")
            real(path)

        data = store.exports(events(1_000 + 40 * k))
        with monkeypatch.context() as patched:
            for module in (aside, delta):
                patched.setattr(module, "make_durable", full)
            patched.setattr("sabai.facts.stored.keys.make_durable", full)
            refused = refusal(store, data)
        if not refused:
            break
        assert refused == "STO-001"
        failed += 1
        assert stray(store.store) in ([], ["unfinished"])
        assert len(keys(store)) in (len(landed), len(landed) + 40)
        store.again(data)
        assert len(keys(store)) == len(landed) + 40
        assert not stray(store.store)
    assert failed >= 3


@pytest.mark.parametrize("most", few_of(0, 4_000, 100, 1_000, 2_000, 8_000, 12_000, 30_000, every=8))
def test_a_file_of_the_store_that_may_not_grow_further(tmp_path: Path, most: int) -> None:
    company(tmp_path, 60)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "usage.csv").write_text("customer,action,at\nC1,login,2025-06-02\n")
    assert call_within(tmp_path, "land", "more", "--definitions", "sabai.yaml", "--store", "store")[0] == 0
    before = Log(tmp_path / "store").entries()
    code, _, err = call(tmp_path, "land", "--store", "store", preexec_fn=limited(resource.RLIMIT_FSIZE, most))
    assert code in (0, 1), err
    assert code == 0 or err.split()[0] in ("STO-001", "STO-002", "CLI-008")
    assert code == 0 or Log(tmp_path / "store").entries() == before
    assert code == 0 or not stray(tmp_path / "store")
    assert call_within(tmp_path, "land", "--store", "store")[0] == 0
    assert call_within(tmp_path, "score", "store", "--definitions", "sabai.yaml")[0] == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk may only be mounted by root")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.mark.parametrize("free", few_of(0, 60, 20, 40, 80, 120, 160, 200, every=8))
def test_a_disk_with_so_many_kilobytes_left_for_the_store(small_disk: Path, tmp_path: Path, free: int) -> None:
    company(tmp_path, 60)
    store = str(small_disk / "store")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "usage.csv").write_text("customer,action,at\nC1,login,2025-06-02\n")
    assert call_within(tmp_path, "land", "more", "--definitions", "sabai.yaml", "--store", store)[0] == 0
    before = Log(small_disk / "store").entries()
    room = shutil.disk_usage(small_disk).free
    (small_disk / "ballast").write_bytes(b"x" * max(0, room - (free << 10)))
    code, _, err = call(tmp_path, "land", "--store", store)
    assert code in (0, 1), err
    if code == 1:
        assert err.split()[0] in ("STO-001", "STO-002", "CLI-008")
        assert Log(small_disk / "store").entries() == before
        assert not stray(small_disk / "store")
        (small_disk / "ballast").unlink()
        assert call_within(tmp_path, "land", "--store", store)[0] == 0


def test_two_landers_take_turns(tmp_path: Path) -> None:
    company(tmp_path, 50)
    days = {"one": "2025-06-02", "two": "2025-06-03", "three": "2025-06-03"}
    for name, day in days.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "usage.csv").write_text(f"customer,action,at\nC1,login,{day}\n")
    assert call_within(tmp_path, "land", "--store", "store")[0] == 0
    words = ["land", "--definitions", "sabai.yaml", "--store", "store", "--json"]
    at_once = [begin(tmp_path, words[0], name, *words[1:]) for name in days]
    ended = [(process.wait(timeout=120), *process.communicate()) for process in at_once]
    assert [code for code, *_ in ended] == [0, 0, 0], ended
    told = [json.loads(out) for _, out, _ in ended]
    assert sorted(each["landing"] for each in told) == [2, 3, 4]
    assert sum(tally["facts"] for each in told for tally in each["tallies"]) == 2
    assert not stray(tmp_path / "store")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def spoil(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:60] + bytes(40) + whole[100:])


@pytest.mark.parametrize("damage", [cut, spoil, Path.unlink], ids=["cut", "spoiled", "gone"])
@pytest.mark.parametrize("verb", ["land", "score"])
def test_a_damaged_file_of_the_store_names_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[Path], None], verb: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(company(tmp_path, 5))
    assert called(capsys, "land", "--store", "store", "--buckets", "1").code == 0
    table = "accounts" if damage is spoil else "events"
    (file,) = (tmp_path / "store/facts" / table).rglob("bucket=0/*.parquet")
    damage(file)
    (tmp_path / "customers.csv").touch()
    words = ["land", "--store", "store"] if verb == "land" else ["score", "store", "--definitions", "sabai.yaml"]
    said = called(capsys, *words)
    assert said.code == 1, said.err
    assert said.err.startswith("STO-003")
    assert file.name in said.err
    assert "Traceback" not in said.err


def test_a_damaged_log_names_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(company(tmp_path, 5))
    assert called(capsys, "land", "--store", "store").code == 0
    log = tmp_path / "store/facts/events/_delta_log/00000000000000000000.json"
    cut(log)
    said = called(capsys, "score", "store", "--definitions", "sabai.yaml")
    assert (said.code, said.err.split()[0]) == (1, "STO-003"), said.err
    assert "facts/events/_delta_log" in said.err


def test_a_damaged_parquet_export_names_itself_and_lands_nothing(tmp_path: Path) -> None:
    definitions = meaning(source_of("tickets"), source("events", "events.parquet", same(*COLUMNS["events"])))
    store = Growing(tmp_path, definitions)
    data = store.exports({"tickets": events(0)["tickets"]})
    (data / "events.parquet").write_bytes(b"PAR1" + bytes(500) + b"PAR1")
    with pytest.raises(FactsError) as raised:
        store.again(data)
    assert raised.value.issues[0].code == "FCT-005"
    assert "events.parquet" in str(raised.value)
    assert not Log(store.store).entries()
    assert not stray(store.store)


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    store = Growing(tmp_path, DEFINITIONS)
    store.land(events(0))
    file = store.store / "store.json"
    told = json.loads(file.read_text())
    file.write_text(json.dumps({**told, "format": told["format"] + 1, "colour": "blue"}))
    for use in (lambda: store.land(events(50)), lambda: store.facts):
        with pytest.raises(FactsError) as raised:
            use()
        assert raised.value.issues[0].code == "FCT-202"
    file.write_text("{")
    with pytest.raises(FactsError) as raised:
        store.land(events(50))
    assert raised.value.issues[0].code == "FCT-203"


class Disk:
    """What was synced before the log said that the landing is done, and what after."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, skipped: str = "\n") -> None:
        self.before: list[Path] = []
        self.after: list[Path] = []
        self.now, real_sync, real_add = self.before, os.fsync, Log.add

        def sync(descriptor: int) -> None:
            path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
            if skipped not in str(path):
                self.now.append(path)
                real_sync(descriptor)

        def add(log: Log, entry: object) -> None:
            self.now = self.after
            real_add(log, entry)

        monkeypatch.setattr(os, "fsync", sync)
        monkeypatch.setattr(Log, "add", add)

    def not_durable(self, store: Path) -> set[Path]:
        """What was there when the log had its row, and a power cut could still take."""
        here = {path for path in store.rglob("*") if path.parts[len(store.parts)] not in ("landings", "keys")}
        return (here - set(self.before)) | ({*(store / "landings").rglob("*")} - set(self.after))


def test_everything_is_on_the_disk_before_the_log_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Growing(tmp_path, DEFINITIONS, 2)
    disk = Disk(monkeypatch)
    store.land(events(0))
    assert not disk.not_durable(store.store) - {store.store / "store.json"}
    disk.before.clear()
    disk.after.clear()
    disk.now = disk.before
    old = set(store.store.rglob("*"))
    more = source("events", "events.csv", {**source_of("events").columns, "properties.plan": of("contact_id")})
    store.definitions = meaning(more, source_of("tickets"), source_of("invoices"))
    store.land({**events(100), "invoices": [{"invoice_id": "1", "account_id": "a1", "issued_on": "2024-01-01"}]})
    assert not disk.not_durable(store.store) - old


@pytest.mark.parametrize("skipped", [".parquet", "bucket=", "_delta_log", "facts/events"])
def test_what_is_not_synced_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, skipped: str) -> None:
    store, disk = Growing(tmp_path, DEFINITIONS, 2), Disk(monkeypatch, skipped)
    store.land(events(0))
    assert disk.not_durable(store.store) - {store.store / "store.json"}
