from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sabai.store import turns
from sabai.store.turns import in_turn


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def leave(folder: Path, name: str) -> Path:
    (folder / name).write_text("half")
    return folder / name


def test_what_the_dead_left_is_swept_and_nothing_else(tmp_path: Path, dead: int) -> None:
    making = tmp_path / f".facts.{dead}.part"
    making.mkdir()
    gone = [leave(tmp_path, f".scores.csv.{dead}.part"), leave(making, "events.parquet"), making]
    stays = [
        leave(tmp_path, name)
        for name in (
            "scores.csv",
            f".scores.csv.{os.getpid()}.part",
            ".notes.part",
            f"mine.{dead}.part",
            ".part",
            ".a.1b.part",
        )
    ]
    with in_turn(tmp_path, lambda: None):
        assert not any(path.exists() for path in gone)
    assert all(path.exists() for path in stays)


def test_twin_without_a_lock_nothing_is_swept(tmp_path: Path, dead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(turns, "flock", no_locks)
    part = leave(tmp_path, f".scores.csv.{dead}.part")
    with in_turn(tmp_path, lambda: None):
        assert part.exists()
