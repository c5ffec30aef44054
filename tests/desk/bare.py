"""A desk of its own in a folder, with all its tables and nobody in them, for what a test runs as programs.

Making the tables takes as long as many tests do: it is done once in a run, by a process of its own, and copied.
`python -m tests.desk.bare` makes it where SABAI_DATA says.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path


def around(data: Path, **settings: str) -> dict[str, str]:
    """The environment of a program whose desk is in that folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SABAI_", "DATABASE_URL"))}
    own = {"SABAI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "sabai.desk.conf", "PYTHONWARNINGS": "ignore"}
    return kept | own | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)} | settings


def program(data: Path, *words: str, **settings: str) -> str:
    """What `python WORDS` prints there; its last words, where it fails."""
    command, environment = [sys.executable, *words], around(data, **settings)
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def bare_in(folder: Path) -> Path:
    """The bare desk there, made by whoever comes first; the others wait."""
    with (folder / "bare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "bare").exists():
            program(folder / "baring", "-m", __name__)
            (folder / "baring").rename(folder / "bare")
    return folder / "bare"


def tables() -> None:
    """In a program: those of the desk, where they are not there yet. The queue of jobs makes its own before."""
    from django.core.management import call_command
    from django.db import connection

    if "people_workspace" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0, skip_checks=True)
        call_command("createcachetable")


if __name__ == "__main__":
    import django
    from django.core.management import call_command

    django.setup()
    tables()
    call_command("collectstatic", verbosity=0, interactive=False)
