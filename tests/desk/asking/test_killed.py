"""A sending process is killed in the middle, again and again: nobody gets two mails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.desk.asking.mail_server import Server, serving

SENDER = (sys.executable, "-m", "tests.desk.asking.sender")


@pytest.mark.parametrize(
    ("kills", "people"), [(2, 150), pytest.param(20, 2_000, marks=pytest.mark.long)], ids=["two", "twenty"]
)
def test_nobody_is_asked_twice_however_often_the_sender_dies(kills: int, people: int, tmp_path: Path) -> None:
    server, rng = Server(), Random(kills)
    server.slow = 0.004  # so that there is a middle
    with serving(server) as port:
        around = _around(tmp_path, port)
        assert _run(around, "fill", str(people)) == str(people)
        for at in range(kills):
            _killed(around, server, int(people * (at + rng.random()) / kills))
        while (states := _states(around)).get("planned"):
            _run(around, "send")
        _run(around, "send")  # says of what the last one left that nobody knows
    counts, states = server.counts, _states(around)
    assert set(counts.values()) == {1}, "somebody got two"
    assert set(states) <= {"sent", "unsure"}
    assert sum(states.values()) == people
    assert states["sent"] <= len(counts) <= people
    assert states.get("unsure", 0) <= 10 * kills, "so many mails stand between two transactions"


def _killed(around: dict[str, str], server: Server, after: int) -> None:
    """Sends until the server has so many mails, and dies."""
    sender = subprocess.Popen([*SENDER, "send"], env=around)
    until = time.monotonic() + 120
    while len(server.mails) < after and sender.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    sender.kill()
    sender.wait()


def _around(data: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SABAI_", "DATABASE_URL"))}
    return kept | {
        "SABAI_DATA": str(data),
        "SABAI_MAIL": f"smtp://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "sabai.desk.conf",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONWARNINGS": "ignore",
    }


def _run(around: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([*SENDER, *arguments], env=around, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


def _states(around: dict[str, str]) -> dict[str, int]:
    lines = (line.split() for line in _run(around, "states").splitlines())
    return {state: int(count) for state, count in lines}
