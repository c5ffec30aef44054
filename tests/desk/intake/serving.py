"""A desk in a process of its own, that can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

MAKE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
call_command("createcachetable")
from sabai.desk.people.models import User, Workspace
from sabai.desk.intake.actions.sources import connect
workspace = Workspace.objects.create(slug="lanna", name="Lanna")
print(connect(workspace, User.objects.create_user("a@example.com", name="A"), "web", "events")[1])
"""

TOKEN = """
import django; django.setup()
from sabai.desk.people.models import Token, User, Workspace
from sabai.desk.people.secrets import drawn, hashed
secret, user, workspace = drawn("sabai_"), User.objects.get(), Workspace.objects.get()
known = {"hashed": hashed(secret), "begins": "x", "scopes": ["scores", "tasks"], "created_by": user}
Token.everywhere.create(workspace=workspace, name="t", **known)
print(secret)
"""

COMPANY = """
import shutil
import django; django.setup()
from sabai.demo.make import make_company
from sabai.desk.people.models import Workspace
from sabai.desk.scoring import jobs
from sabai.desk.scoring.company import Company
workspace = Workspace.objects.get()
company = Company.of(workspace)
exports = company.folder / "exports"
make_company(exports, accounts=ACCOUNTS)
shutil.copy(exports / "sabai.yaml", company.definitions)
jobs.land_folder.call_local(workspace.pk, str(exports))
print(exports)
"""


def surroundings(data: Path) -> dict[str, str]:
    known = {"SABAI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "sabai.desk.conf", "SABAI_INTAKE_RATE": "1000000"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SABAI_")}
    return kept | known | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONWARNINGS": "ignore"}


def made(data: Path) -> str:
    """A desk with one source; its key."""
    return _printed(data, MAKE)


def made_token(data: Path) -> str:
    """A token of that desk's only user, who reads and makes tasks."""
    return _printed(data, TOKEN)


def _printed(data: Path, program: str) -> str:
    python = [sys.executable, "-c", program]
    done = subprocess.run(python, env=surroundings(data), check=True, stdout=subprocess.PIPE, text=True, timeout=120)
    return done.stdout.strip().splitlines()[-1]


@contextmanager
def serving(data: Path, workers: int = 1) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Its port and its process group; whatever is left of it is killed at the end."""
    port = _free()
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(workers), "--port", str(port)]
    with (data / "served.log").open("ab") as log:
        process = subprocess.Popen(
            [*granian, "sabai.desk.wsgi:application"],
            env=surroundings(data), start_new_session=True, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        _awaited(port, process)
        yield port, process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """As a power cut would: every process at once, and no goodbye."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _awaited(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError, HTTPException), closing(HTTPConnection("127.0.0.1", port, timeout=5)) as asking:
            asking.request("GET", "/healthz")
            if asking.getresponse().status == 200:
                return
        time.sleep(0.05)
    raise TimeoutError("the desk does not answer")


def _free() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def made_company(data: Path, accounts: int) -> Path:
    """Lands and scores a made company in the desk above; its exports."""
    return Path(_printed(data, COMPANY.replace("ACCOUNTS", str(accounts))))


@contextmanager
def working(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process of its jobs."""
    with (data / "jobs.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", "from sabai.desk.start import run_jobs; run_jobs()"],
            env=surroundings(data), start_new_session=True, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield process
    finally:
        kill(process)
