"""The real thing: a desk with the demo company in a folder of its own, started as anybody would start it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SABAI = (sys.executable, "-c", "from sabai.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Desk:
    address: str
    data: Path

    def link(self, email: str) -> str:
        """What signs this person in, once, as the console says it."""
        return str(said(self.data, self.address, "--set-up", "--email", email)["sign_in"])


def company_in(folder: Path) -> Path:
    """The demo company, made there by whoever comes first; the others wait."""
    with (folder / "company.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "company").exists():
            said(folder / "making", _free_address(), "--demo", "--set-up")
            (folder / "making").rename(folder / "company")
    return folder / "company"


@contextmanager
def running(company: Path, data: Path, post: str) -> Iterator[Desk]:
    """A copy of the company, served until the end of the block; `post` is the address of its mail server."""
    shutil.copytree(company, data)
    desk = Desk(_free_address(), data)
    pid = int(said(data, desk.address, "--background", "--minutes", "120", SABAI_MAIL=post)["pid"])
    try:
        yield desk
    finally:
        os.kill(pid, signal.SIGTERM)


def said(data: Path, address: str, *arguments: str, **settings: str) -> dict[str, Any]:
    """`sabai desk --json …`, and what it answered."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SABAI_", "DJANGO_"))}
    own = {"SABAI_DATA": str(data), "SABAI_URL": address, "SABAI_LISTEN": address.removeprefix("http://")}
    command = [*SABAI, "desk", "--json", *arguments]
    done = subprocess.run(command, env=kept | own | settings, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr or done.stdout
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"
