"""The desk when it has grown: PostgreSQL, two web workers, and a process that works off jobs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.postgres import INSTALLED, free_port, postgres
from tests.desk.keeping.test_running import signed_in, visitor

SABAI = (sys.executable, "-c", "from sabai.cli import main; main()")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not INSTALLED, reason="PostgreSQL's server is not installed"),
]


@dataclass(frozen=True, slots=True)
class Grown:
    """A database server, and a desk in `data` that uses it."""

    server: str
    data: Path
    address: str

    def around(self, database: str = "sabai", **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SABAI_", "DATABASE_URL"))}
        known = {
            "DATABASE_URL": f"{self.server}/{database}",
            "SABAI_DATA": str(self.data),
            "SABAI_URL": self.address,
            "SABAI_LISTEN": self.address.removeprefix("http://"),
            "SABAI_WORKERS": "2",
            "SABAI_JOBS": "no",
            "DJANGO_SETTINGS_MODULE": "sabai.desk.conf",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "PYTHONWARNINGS": "ignore",
        }
        return kept | known | more

    def run(self, *command: str, database: str = "sabai", **more: str) -> str:
        around = self.around(database, **more)
        done = subprocess.run(command, env=around, capture_output=True, text=True, timeout=180, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    def beside(self, *arguments: str, database: str = "sabai") -> str:
        return self.run(sys.executable, "-m", "tests.desk.grown", *arguments, database=database)

    @contextmanager
    def serving(self, *arguments: str) -> Iterator[None]:
        with (self.data / "served.log").open("ab") as log:
            process = subprocess.Popen(
                [*SABAI, "desk", *arguments], env=self.around(), stdout=log, stderr=log, start_new_session=True
            )
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    with _server() as server:
        made = Grown(server, tmp_path_factory.mktemp("data"), f"http://127.0.0.1:{free_port()}")
        made.run(*SABAI, "desk", "--company", "Lanna", "--email", "a@b.example", "--set-up")
        yield made


def test_web_and_jobs_as_processes_of_their_own(grown: Grown, tmp_path: Path) -> None:
    with grown.serving(), grown.serving("--jobs-only"):
        _await(lambda: _answers(f"{grown.address}/readyz"), "the web workers do not answer")
        link = grown.run(*SABAI, "desk", "--set-up", "--email", "a@b.example", "--json").split('"sign_in": "')[1]
        assert b"Lanna" in signed_in(visitor(), link.split('"')[0])
        grown.beside("land", str(tmp_path / "exports"))
        _await(lambda: grown.beside("count").split()[1:] == ["2", "1", "None"], "no job scored the two customers")


def test_the_same_task_from_two_processes_at_once_is_one_task(grown: Grown) -> None:
    before = int(grown.beside("count").split()[0])
    begins = str(time.time() + 12)
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.desk.grown", "create", begins],
            env=grown.around(), stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    new = [int(process.communicate(timeout=120)[0]) for process in both]
    tasks, *_, broken_at = grown.beside("count").split()
    assert sum(new) == 20 == int(tasks) - before
    assert broken_at == "None", "entries of the trail were written in turn"


def test_a_backup_is_restored_into_another_database(grown: Grown, tmp_path: Path) -> None:
    grown.run(*SABAI, "backup", str(tmp_path / "all.tar"))
    _create_database(grown.server, "again")
    again = tmp_path / "again"
    grown.run(*SABAI, "restore", str(tmp_path / "all.tar"), database="again", SABAI_DATA=str(again))
    there = Grown(grown.server, again, grown.address)
    assert there.beside("count", database="again") == grown.beside("count")
    assert (again / "secret.key").read_bytes() == (grown.data / "secret.key").read_bytes()


@contextmanager
def _server() -> Iterator[str]:
    """A PostgreSQL with an empty database; the address without it."""
    with postgres() as server:
        _create_database(server, "sabai")
        yield server


def _create_database(server: str, name: str) -> None:
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]


def _answers(address: str) -> bool:
    with suppress(OSError):
        opened = urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=5)
        return bool(opened.status == 200)
    return False


def _await(is_so: Callable[[], bool], otherwise: str, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, otherwise
        time.sleep(0.5)
