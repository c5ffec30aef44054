"""How many events a second the desk takes in, each acknowledged only once it is on the disk.

    python -m benchmarks.intake           prints a table; `python -m benchmarks intake` keeps the figures too

Two granian workers on SQLite, batches of 500, connections kept open. Beside it in the same run stands a bare WSGI
application under the same server that writes each body into a file, calls fsync, and does nothing else.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

BATCH, WORKERS, SENDERS, SECONDS = 500, 2, 8, 6.0
GOAL = 50_000  # events a second
BARE, DESK = "benchmarks.ways.intake_bare:application", "sabai.desk.wsgi:application"
MAKE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
call_command("createcachetable")
from sabai.desk.people.models import User, Workspace
from sabai.desk.intake.actions.sources import connect
workspace = Workspace.objects.create(slug="bench", name="Bench")
print(connect(workspace, User.objects.create_user("a@example.com", name="A"), "web", "events")[1])
"""


@dataclass
class Sent:
    """`took`: seconds of each acknowledged request, in order; `within`: seconds from the first to the last.

    `worked`: seconds of processor that the server took for them; on a machine that others use, only that says anything.
    """

    within: float = 0.0
    took: list[float] = field(default_factory=list)
    worked: float = 0.0

    @property
    def events(self) -> int:
        return BATCH * len(self.took)

    def quantile(self, share: float) -> float:
        """In milliseconds."""
        return self.took[min(int(share * len(self.took)), len(self.took) - 1)] * 1000

    def said(self) -> str:
        work = 1000 * self.worked / max(len(self.took), 1)
        waited = f"p50 {self.quantile(0.5):.0f} ms, p99 {self.quantile(0.99):.0f} ms"
        return f"{waited}, {work:.1f} ms of the server's processor a request"


def measured(application: str, rate: float | None = None, seconds: float = SECONDS) -> Sent:
    """What is acknowledged in so many seconds: as fast as it goes, or at so many events a second."""
    with tempfile.TemporaryDirectory(prefix="sabai-intake-") as folder:
        around = _around(Path(folder))
        key = _made(around) if application == DESK else "x"
        with _served(application, around) as (port, group):
            _load(port, key, "warm", 1.0, None)
            before = _processor(group)
            sent = _load(port, key, "run", seconds, rate)
            return replace(sent, worked=_processor(group) - before)


def _around(data: Path) -> dict[str, str]:
    known = {"SABAI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "sabai.desk.conf", "SABAI_INTAKE_RATE": "10000000"}
    here = {name: value for name, value in os.environ.items() if not name.startswith("SABAI_")}
    return here | known | {"PYTHONWARNINGS": "ignore"}


def _made(around: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-c", MAKE], env=around, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.split()[-1]


@contextmanager
def _served(application: str, around: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Its port and its process group."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    options = ["--interface", "wsgi", "--workers", str(WORKERS), "--port", str(port), "--no-log"]
    command = [sys.executable, "-m", "granian", *options, application]
    server = subprocess.Popen(
        command, env=around, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _awaited(port)
        yield port, server.pid
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _processor(group: int) -> float:
    """Seconds of processor that all processes of the group have taken; 0 where the system does not tell."""
    ticks = 0
    for told in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            numbers = told.read_text().rpartition(")")[2].split()
            if int(numbers[2]) == group:
                ticks += int(numbers[11]) + int(numbers[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _awaited(port: int) -> None:
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def _load(port: int, key: str, name: str, seconds: float, rate: float | None) -> Sent:
    """Senders that keep their connection; at a rate each sends at its own times, however long an answer takes."""
    took: list[list[float]] = [[] for _ in range(SENDERS)]
    begun = time.perf_counter()
    every = SENDERS * BATCH / rate if rate else 0.0
    threads = [
        threading.Thread(
            target=_send, args=(port, key, f"{name}-{n}", begun + n * every / SENDERS, seconds, every, took[n])
        )
        for n in range(SENDERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Sent(time.perf_counter() - begun, sorted(one for each in took for one in each))


def _send(port: int, key: str, name: str, begin: float, seconds: float, every: float, took: list[float]) -> None:
    body, headers = _body(), {"Authorization": "Basic " + b64encode(f"{key}:".encode()).decode()}
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    due, number = begin, 0
    while time.perf_counter() < begin + seconds:
        time.sleep(max(0.0, due - time.perf_counter()))
        start = due if every else time.perf_counter()  # who waits for an answer waits since it was due
        asking.request("POST", "/v1/batch", body(f"{name}-{number}-"), headers)
        answer = asking.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"answered {answer.status}")
        took.append(time.perf_counter() - start)
        due, number = due + every, number + 1
    asking.close()


def _body() -> Callable[[str], bytes]:
    """A batch with message ids of its own each time; it is written only once, because the senders share the cores."""
    batch = json.dumps({"batch": [_message(number) for number in range(BATCH)]}).encode()
    return lambda name: batch.replace(b"@@", name.encode())


def _message(number: int) -> dict[str, object]:
    return {
        "type": "track",
        "messageId": f"@@{number}",
        "userId": f"u-{number % 97}",
        "event": "report opened",
        "timestamp": "2026-06-01T10:00:00.123Z",
        "properties": {"plan": "pro", "count": number, "path": "/reports/weekly"},
        "context": {"groupId": f"A-{number % 100}"},
    }


def main() -> None:
    print(f"{'what':36}{'events/s':>10}{'p50 ms':>8}{'p99 ms':>8}{'CPU ms':>8}")
    ways = (
        ("fsync of a file per request", BARE, None),
        ("the desk", DESK, None),
        ("the desk, at half the goal", DESK, GOAL / 2),
    )
    for name, application, rate in ways:
        sent = measured(application, rate)
        times = f"{sent.quantile(0.5):8.0f}{sent.quantile(0.99):8.0f}{1000 * sent.worked / len(sent.took):8.1f}"
        print(f"{name:36}{sent.events / sent.within:10,.0f}{times}")


if __name__ == "__main__":
    main()
