"""A PostgreSQL of one's own, out of the Debian package, on a free port of this machine; gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
INSTALLED = bool(SERVERS or shutil.which("initdb"))


@contextmanager
def postgres(*settings: str) -> Iterator[str]:
    """The address of the server, without a database; `settings` as `work_mem=64MB`. Nothing of it outlives a crash of
    the machine, which makes it faster."""
    programs = SERVERS[-1] if SERVERS else Path(str(shutil.which("initdb"))).parent
    folder, port = Path(tempfile.mkdtemp(prefix="sabai-postgres-")), free_port()
    user = _lesser_user()
    begun = ["runuser", "-u", user, "--"] if user else []
    if user:
        shutil.chown(folder, user)

    def call(program: str, *arguments: str) -> None:
        command = [*begun, str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=120)

    told = " ".join(f"-c {setting}" for setting in ("listen_addresses=127.0.0.1", "fsync=off", *settings))
    try:
        call("initdb", "--username=sabai", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        call("pg_ctl", "--wait", "--log", str(folder / "log"), "-o", f"-p {port} -k {folder} {told}", "start")
        yield f"postgresql://sabai@127.0.0.1:{port}"
    finally:
        with suppress(subprocess.CalledProcessError):
            call("pg_ctl", "--wait", "--mode=immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def _lesser_user() -> str:
    """PostgreSQL does not run as root."""
    if os.geteuid():
        return ""
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
