"""Damaged files of a store are set aside, so that landing the exports again brings back what they held.

They lie in a folder of their own for as long as nobody takes them away, and so long every score says so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sabai.cores import on_every_core
from sabai.errors import Issue
from sabai.facts.stored import settings as begun
from sabai.facts.stored.damage import is_whole, tables
from sabai.facts.stored.log import Entry, Log
from sabai.facts.stored.unfinished import to_the_end
from sabai.store.aside import make_durable, said_plainly
from sabai.store.delta import File, OpenTable
from sabai.store.objects.shared import shared
from sabai.store.turns import in_turn

FOLDER = "damaged"


@shared
def mend(store: Path, at: datetime, waits: Callable[[], None] = lambda: None) -> tuple[str, ...]:
    """Hides every file that is not there, or not whole, and keeps what is left of it in `damaged`; their names.

    Readers see all other rows as they were. Nothing happens where there is no store, or nothing has landed.
    """
    if begun.read(store) is None:
        return ()
    with in_turn(store, waits):
        entries = Log(store).entries()
        if not entries:
            return ()
        with to_the_end(store, entries[-1]):
            found = [(table, gone) for table in tables(store, entries[-1].versions) if (gone := _damaged(table))]
            versions = {table.folder.name: table.now().commit([], gone, at) for table, gone in found}
            if versions:
                newest = entries[-1]
                Log(store).add(Entry(newest.number + 1, "mending", at, "", {**newest.versions, **versions}))
        for table, gone in found:
            _set_aside(store, table, gone)
    return tuple(file.path for _, gone in found for file in gone)


def missing(store: Path) -> tuple[Issue, ...]:
    """A word on each table of which damaged files lie aside."""
    folders = sorted(path for path in (store / FOLDER).glob("*") if path.is_dir())
    return tuple(_missing(folder, len([path for path in folder.rglob("*") if path.is_file()])) for folder in folders)


def emptied(store: Path) -> None:
    """Nothing of what damaged files held stays; that they were damaged does."""
    for path in (store / FOLDER).rglob("*"):
        if path.is_file():
            path.write_bytes(b"")


def _damaged(table: OpenTable) -> list[File]:
    files = table.files()
    whole = on_every_core(lambda file: is_whole(table.folder / file.path, file.size), files)
    return [file for file, sound in zip(files, whole, strict=True) if not sound]


def _set_aside(store: Path, table: OpenTable, gone: list[File]) -> None:
    with said_plainly(store):
        for file in gone:
            kept = store / FOLDER / table.folder.name / file.path
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.touch()
            if (table.folder / file.path).exists():
                (table.folder / file.path).replace(kept)
            make_durable(kept.parent)


def _missing(folder: Path, files: int) -> Issue:
    return Issue(
        "STO-005",
        f"Damaged files of {folder.name} were set aside: {files}.",
        str(folder),
        "What they held is missing from every score until the exports that brought it have landed again.",
        "Land all exports again, and then take that folder away.",
    )
