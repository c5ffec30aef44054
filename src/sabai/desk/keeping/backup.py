"""All of the desk in one file, taken while it runs, and put back into an empty folder.

The database is copied first and the stores after it: what the database thinks has not landed yet lands once more and
is known by its key, so a backup between the two loses nothing and counts nothing twice.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sabai import __version__
from sabai.errors import Issue, SabaiError
from sabai.progress import Progress, quiet
from sabai.store.aside import aside, make_durable
from sabai.store.turns import in_turn

MANIFEST = "backup.json"
DATABASES = ("desk.sqlite3", "jobs.sqlite3")
DUMP = "desk.pgdump"
NOTED = "backed-up"
SMALL = ("secret.key",)
FOLDERS = ("workspaces", "uploads")
CHUNK = 1 << 20


def back_up(data: Path, path: Path, at: datetime, database_url: str = "", progress: Progress = quiet) -> int:
    """Writes all of the folder `data` to the file `path`, which appears when it is whole; the number of files in it.

    Landers wait while their store is read. With `database_url`, a dump of PostgreSQL stands for the database.
    """
    sums: dict[str, str] = {}
    with aside(path) as unfinished, TemporaryDirectory(dir=path.parent) as scratch:
        with tarfile.open(unfinished, "w") as archive:
            for name, file in _databases(data, Path(scratch), database_url):
                sums[name] = _add(archive, name, file)
            for name in SMALL:
                if (data / name).exists():
                    sums[name] = _add(archive, name, data / name)
            for done, folder in enumerate(folders := list(_folders(data))):
                progress("backing up", done, len(folders))
                with in_turn(folder, lambda: None):
                    for file in _files(folder):
                        name = file.relative_to(data).as_posix()
                        sums[name] = _add(archive, name, file)
            told = {"sabai": __version__, "at": at.isoformat(), "sha256": sums}
            _add_text(archive, MANIFEST, json.dumps(told, indent=1))
        os.chmod(unfinished, 0o600)
        progress("backing up", 1, 1)
    with aside(data / NOTED) as unfinished:
        unfinished.write_text(at.isoformat())
    return len(sums)


def noted(data: Path) -> datetime | None:
    """When the last backup of that folder was whole; None where none was made, or nobody can tell."""
    try:
        return datetime.fromisoformat((data / NOTED).read_text())
    except (OSError, ValueError):
        return None


def restore(path: Path, data: Path, database_url: str = "", progress: Progress = quiet) -> int:
    """Puts a backup into the folder `data`, which must be empty or not there; the number of files.

    SabaiError where the folder is not empty, or the backup is damaged: then nothing was put there.
    """
    if data.exists() and any(data.iterdir()):
        raise SabaiError(_not_empty(data))
    beside = data.with_name(f".{data.name}.restoring")
    try:
        with tarfile.open(path) as archive:
            archive.extractall(beside, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        raise SabaiError(_damaged(path, str(error))) from error
    told = _manifest(path, beside)
    for done, (name, expected) in enumerate(told.items()):
        progress("checking", done, len(told))
        if not (beside / name).is_file() or _sum_of(beside / name) != expected:
            raise SabaiError(_damaged(path, f"{name} is not what was backed up"))
        make_durable(beside / name)
    if database_url and (beside / DUMP).exists():
        _run(["pg_restore", "--clean", "--if-exists", "--no-owner", "--dbname", database_url, str(beside / DUMP)])
    if data.exists():
        data.rmdir()
    beside.rename(data)
    make_durable(data.parent)
    return len(told)


def _databases(data: Path, scratch: Path, database_url: str) -> Iterator[tuple[str, Path]]:
    if database_url.startswith("postgres"):
        _run(["pg_dump", "--format=custom", "--file", str(scratch / DUMP), database_url])
        yield DUMP, scratch / DUMP
    for name in DATABASES:
        if (data / name).exists():
            with closing(sqlite3.connect(data / name)) as live, closing(sqlite3.connect(scratch / name)) as copy:
                live.backup(copy)
            yield name, scratch / name


def _folders(data: Path) -> Iterator[Path]:
    """What is copied while it is held: each store and each folder of results, then the rest of a workspace."""
    for workspace in sorted(path for path in (data / "workspaces").glob("*") if path.is_dir()):
        yield from sorted(path for path in workspace.iterdir() if path.is_dir())
        yield workspace
    yield from (data / name for name in ("uploads",) if (data / name).is_dir())


def _files(folder: Path) -> Iterator[Path]:
    """All files below, but of a workspace itself only those that lie in no folder, which come apart."""
    found = folder.iterdir() if folder.parent.name == "workspaces" else folder.rglob("*")
    yield from sorted(path for path in found if path.is_file() and not path.name.endswith(".part"))


def _add(archive: tarfile.TarFile, name: str, file: Path) -> str:
    with file.open("rb") as content:
        digest = _sum(content)
        content.seek(0)
        known = archive.gettarinfo(arcname=name, fileobj=content)
        archive.addfile(known, content)
    return digest


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    known = tarfile.TarInfo(name)
    known.size = len(text.encode())
    archive.addfile(known, io.BytesIO(text.encode()))


def _sum(content: io.BufferedReader) -> str:
    return hashlib.file_digest(content, "sha256").hexdigest()


def _sum_of(file: Path) -> str:
    with file.open("rb") as content:
        return _sum(content)


def _manifest(path: Path, folder: Path) -> dict[str, str]:
    try:
        told: dict[str, str] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError) as error:
        raise SabaiError(_damaged(path, f"it has no {MANIFEST}")) from error
    (folder / MANIFEST).unlink()
    return told


def _run(command: list[str]) -> None:
    """A program of PostgreSQL's own."""
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise SabaiError(
            Issue("DSK-022", f"{command[0]} is not installed.", hint="Install PostgreSQL's client programs.")
        ) from error
    except subprocess.CalledProcessError as error:
        raise SabaiError(Issue("DSK-023", f"{command[0]} failed.", why=error.stderr.strip()[-500:])) from error


def _not_empty(data: Path) -> Issue:
    return Issue(
        "DSK-020",
        f"{data} is not empty.",
        str(data),
        "What is there would be lost.",
        "Name a folder that is not there yet.",
    )


def _damaged(path: Path, why: str) -> Issue:
    return Issue(
        "DSK-021", f"The backup cannot be used: {why}.", str(path), "Nothing was restored.", "Take another one."
    )
