"""An upgrade that was killed, at whatever point, is done by starting once more."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

SABAI = (sys.executable, "-c", "from sabai.cli import main; main()", "desk", "--set-up")
LATER = "tests.desk.keeping.later.settings"
COMPANY = ("--company", "Lanna", "--email", "aiko@example.com")


@pytest.mark.long
def test_an_upgrade_that_is_killed_goes_on(tmp_path: Path) -> None:
    lot, marks = random.Random(7), tmp_path / "marks"
    data = tmp_path / "data"
    _set_up(data, *COMPANY)
    killed = 0
    for wanted in range(1, 8):
        killed += _killed(data, marks, wanted, lot.uniform(0, 0.4))
    _set_up(data, settings=LATER)
    assert killed >= 5, "the upgrade came to its end before it was killed, so nothing is shown"
    with closing(sqlite3.connect(data / "desk.sqlite3")) as database:
        assert database.execute("SELECT count(*), count(DISTINCT number), max(text) FROM later_later").fetchone() == (
            100, 100, "x",
        )  # fmt: skip
        assert database.execute("SELECT name FROM people_workspace").fetchall() == [("Lanna!",)]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    _set_up(data, settings=LATER)  # and once more there is nothing to do


@pytest.mark.long
def test_a_first_start_that_is_killed_goes_on(tmp_path: Path) -> None:
    lot, data = random.Random(8), tmp_path / "data"
    killed = 0
    for turn in range(5):
        process = subprocess.Popen([*SABAI, *COMPANY], env=_around(data), stdout=-3, stderr=-3, start_new_session=True)
        until = time.monotonic() + 60
        while not (data / "desk.sqlite3").exists() and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(lot.uniform(0, 0.6) * (turn + 1))
        killed += _kill(process)
    _set_up(data, *COMPANY)
    assert killed >= 3
    with closing(sqlite3.connect(data / "desk.sqlite3")) as database:
        assert database.execute("SELECT slug FROM people_workspace").fetchall() == [("lanna",)]


def _killed(data: Path, marks: Path, wanted: int, later: float) -> bool:
    """Whether the upgrade was killed: a moment after it came to its next mark."""
    before = _count(marks)
    process = subprocess.Popen(
        SABAI, env=_around(data, LATER) | {"MARKS": str(marks)}, stdout=-3, stderr=-3, start_new_session=True
    )
    wanted_now = before + 1 + wanted % 3
    until = time.monotonic() + 90
    while _count(marks) < wanted_now and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(later)
    return _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> bool:
    alive = process.poll() is None
    if alive:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return alive


def _count(marks: Path) -> int:
    return len(marks.read_text().splitlines()) if marks.exists() else 0


def _set_up(data: Path, *arguments: str, settings: str = "sabai.desk.conf") -> None:
    command = [*SABAI, *arguments]
    done = subprocess.run(
        command, env=_around(data, settings), capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


def _around(data: Path, settings: str = "sabai.desk.conf") -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SABAI_", "DATABASE_URL"))}
    known = {"SABAI_DATA": str(data), "DJANGO_SETTINGS_MODULE": settings, "PYTHONWARNINGS": "ignore"}
    return kept | known | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
