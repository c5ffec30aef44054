"""A sending process is killed in the middle, again and again: nobody gets two mails."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.desk.asking.mail_server import Server, serving
from tests.desk.bare import around, program

SENDER = ("-m", "tests.desk.asking.sender")


@pytest.mark.parametrize(
    ("kills", "people"), [(2, 150), pytest.param(20, 2_000, marks=pytest.mark.long)], ids=["two", "twenty"]
)
def test_nobody_is_asked_twice_however_often_the_sender_dies(kills: int, people: int, bare_desk: Path) -> None:
    server, rng = Server(), Random(kills)
    server.slow = 0.004  # so that there is a middle
    with serving(server) as port:
        mail = f"smtp://127.0.0.1:{port}"
        assert program(bare_desk, *SENDER, "fill", str(people)).strip() == str(people)
        for at in range(kills):
            _killed(bare_desk, mail, server, int(people * (at + rng.random()) / kills))
        while _states(bare_desk).get("planned"):
            program(bare_desk, *SENDER, "send", SABAI_MAIL=mail)
        program(bare_desk, *SENDER, "send", SABAI_MAIL=mail)  # says of what the last one left that nobody knows
    counts, states = server.counts, _states(bare_desk)
    assert set(counts.values()) == {1}, "somebody got two"
    assert set(states) <= {"sent", "unsure"}
    assert sum(states.values()) == people
    assert states["sent"] <= len(counts) <= people
    assert states.get("unsure", 0) <= 10 * kills, "so many mails stand between two transactions"


def _killed(data: Path, mail: str, server: Server, after: int) -> None:
    """Sends until the server has so many mails, and dies."""
    sender = subprocess.Popen([sys.executable, *SENDER, "send"], env=around(data, SABAI_MAIL=mail))
    until = time.monotonic() + 120
    while len(server.mails) < after and sender.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    sender.kill()
    sender.wait()


def _states(data: Path) -> dict[str, int]:
    """How many asks are in which state, as the file of the database says."""
    with closing(sqlite3.connect(data / "desk.sqlite3")) as database:
        return dict(database.execute("SELECT state, count(*) FROM asking_ask GROUP BY state"))
