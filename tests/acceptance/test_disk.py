"""A disk that is full, or may not be written: exit code 1, a sentence, and every file whole as before or absent."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from sabai.facts.landed import Facts
from sabai.metrics.calendar import canonical_days
from tests.acceptance.conftest import OUTPUTS, USAGE, Folder, leftovers
from tests.acceptance.programs import call, company, few_of, limited

SMALL_DISK = "size=700k"


def contents(out: Path) -> dict[str, str]:
    """file -> hash of what is in it"""
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in sorted(out.rglob("*")) if path.is_file()}


def whole(out: Path) -> None:
    """What is there can be read from its first to its last byte; nothing unfinished lies around."""
    assert not leftovers(out)
    for path in out.glob("*.csv"):
        assert path.read_bytes().endswith(b"\n")
    for path in (out / "facts").glob("*.parquet"):
        pl.read_parquet(path)
    if (out / "snapshots" / "_delta_log").exists():
        pl.read_delta(str(out / "snapshots"))
    if (out / "report.html").exists():
        assert (out / "report.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    if (out / "scores.xlsx").exists():
        assert load_workbook(out / "scores.xlsx", read_only=True).sheetnames


@pytest.mark.parametrize("most", few_of(0, 4_000, 100, 1_000, 12_000, 30_000, 60_000, 100_000, every=8))
def test_a_file_that_may_not_grow_further(tmp_path: Path, most: int) -> None:
    """The same error as of a full disk, at each of the files that a run writes, small and large."""
    company(tmp_path, 60)
    code, out, err = call(tmp_path, "score", preexec_fn=limited(resource.RLIMIT_FSIZE, most))
    assert code == 1, err
    assert err.split()[0] in ("STO-001", "STO-002", "FCT-013", "CLI-008")
    assert "Written" not in out
    whole(tmp_path / "sabai-out")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", SMALL_DISK, "tmpfs", str(disk)], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("a small disk may only be mounted by root")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.mark.parametrize("free", few_of(0, 120, 20, 60, 200, 300, 400, 500, every=8))
def test_a_disk_with_so_many_kilobytes_left(small_disk: Path, tmp_path: Path, free: int) -> None:
    company(tmp_path, 60)
    out = small_disk / "sabai-out"
    (small_disk / "ballast").write_bytes(b"x" * ((690 - free) << 10))
    code, _, err = call(tmp_path, "score", "--out", str(out))
    assert code in (0, 1), err
    assert (code == 0) == all((out / name).exists() for name in OUTPUTS), err
    if code == 1:
        assert err.split()[0] in ("STO-001", "STO-002", "FCT-013")
    whole(out)


@pytest.mark.long
@pytest.mark.parametrize("kept", [0, 5, 40, 100])
def test_results_of_before_stay_whole_when_the_disk_fills_up(small_disk: Path, tmp_path: Path, kept: int) -> None:
    company(tmp_path, 60)
    out = small_disk / "sabai-out"
    assert call(tmp_path, "score", "--out", str(out), "--as-of", "2025-05-12")[0] == 0
    before = contents(out)
    room = shutil.disk_usage(small_disk).free
    (small_disk / "ballast").write_bytes(b"x" * max(0, room - (kept << 10)))
    code, _, err = call(tmp_path, "score", "--out", str(out), "--as-of", "2025-05-19")
    assert code in (0, 1), err
    whole(out)
    gone = before.keys() - contents(out).keys()
    assert not gone
    assert before[str(out / "snapshots/_delta_log/00000000000000000000.json")]


def test_the_kth_write_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Folder) -> None:
    """Whichever file is the one that cannot take its name: those before are new, those after as they were."""
    assert folder.say("score", "--as-of", "2025-05-19").code == 0
    real, failed = Path.replace, 0
    for k in range(20):
        before, calls = contents(tmp_path / "sabai-out"), 0

        def full(self: Path, target: Path, k: int = k) -> Path:
            nonlocal calls
            calls += 1
            if calls == k + 1:
                raise OSError(28, "No space left on device")
            return real(self, target)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", full)
            folder.file("usage.csv", USAGE + "C1,login,2025-05-23T09:00:00\n" * k)
            said = folder.say("score", "--as-of", "2025-05-19")
        if said.code == 0:
            break
        failed += 1
        assert said.err.startswith("STO-001")
        whole(tmp_path / "sabai-out")
        assert before.keys() <= contents(tmp_path / "sabai-out").keys() | {
            name for name in before if "/snapshots/" in name or "/facts/" in name
        }
    named = [
        *(name for name in OUTPUTS if name != "snapshots"),
        "standing: reference",
        "standing: accounts",
        "standing: answer",
    ]
    assert failed == len(named)


def test_results_where_a_file_is_in_the_way(folder: Folder) -> None:
    folder.file("taken/scores.csv", "no folder")
    said = folder.say("score", "--out", "taken/scores.csv/results", "--json")
    assert (said.code, said.json["issues"][0]["code"]) == (1, "STO-001")
    assert folder.say("facts", "--out", "taken/scores.csv", "--json").code == 2


@pytest.mark.parametrize("name", ["scores.csv", "report.html", "scores.xlsx", "rejects.csv"])
def test_a_folder_that_has_the_name_of_a_result(folder: Folder, name: str) -> None:
    folder.file(f"sabai-out/{name}/mine.txt", "kept")
    said = folder.say("score", "--json")
    assert (said.code, said.json["issues"][0]["code"]) == (1, "STO-001")
    assert folder.read(f"{name}/mine.txt") == "kept"


def test_a_folder_that_may_not_be_written(folder: Folder) -> None:
    out = folder.root / "sabai-out"
    out.mkdir()
    out.chmod(0o555)
    if os.access(out, os.W_OK):
        pytest.skip("root may write everywhere")
    said = folder.say("score", "--json")
    out.chmod(0o755)
    assert (said.code, said.json["issues"][0]["code"]) == (1, "FCT-013")


def test_a_device_that_takes_no_answer(folder: Folder) -> None:
    with open("/dev/full", "w") as full:
        code, _, err = call(folder.root, "schema", stdout=full)
    assert code == 1
    assert err.startswith("CLI-008  The computer refused: there is no room left on the disk.")


def test_a_landed_file_that_somebody_took_away_is_landed_again(folder: Folder) -> None:
    assert folder.say("score").code == 0
    scores = folder.read("scores.csv")
    (folder.root / "sabai-out" / "facts" / "events.parquet").unlink()
    assert folder.say("explain", "C1").code == 0
    assert folder.say("score").code == 0
    assert folder.read("scores.csv") == scores


def test_a_landed_file_that_goes_away_in_the_middle(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads it last says so in our words, and the same command again is fine."""

    def without_events(facts: Facts, asked: Sequence[int]) -> tuple[int, ...]:
        facts.path("events").unlink()
        return canonical_days(facts, asked)

    with monkeypatch.context() as patched:
        patched.setattr("sabai.pipeline.canonical_days", without_events)
        said = folder.say("score", "--json")
    (issue,) = said.json["issues"]
    assert (said.code, issue["code"]) == (1, "CLI-008")
    assert issue["what"] == "The computer refused: a file or folder is gone that should be there."
    assert issue["where"].endswith("sabai-out/facts/events.parquet")
    assert "os error" not in said.out
    assert folder.say("score").code == 0
