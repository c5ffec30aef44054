"""Makes a working copy what the object store says: fetches what is missing or other, and takes away what is gone."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sabai.progress import Progress
from sabai.store.aside import aside, said_plainly
from sabai.store.objects.door import at_once
from sabai.store.objects.generations import Generation, Head, Kept, head_of, noted, remembered
from sabai.store.objects.names import CACHES, lying_in, never_changes
from sabai.store.objects.refusals import damaged

if TYPE_CHECKING:
    from sabai.store.objects.copies import Copy
    from sabai.store.objects.door import Objects

_KNOWN = "generation.json"


def pull(objects: Objects, copy: Copy, progress: Progress, times: int = 4) -> Head:
    """The head that the working copy is like now. For whoever holds it.

    SabaiError STO-009 where what it names is not there, each of so many times.
    """
    try:
        head = head_of(objects, _known(copy))
        _fetch(objects, copy.folder, head.generation, progress)
    except FileNotFoundError as error:  # another generation came, and took away what this one named
        if times == 1:
            raise damaged(objects.address, str(error), "it is not there") from error
        return pull(objects, copy, progress, times - 1)
    _tidy(copy.folder, head.generation)
    note(copy, head.generation)
    return head


def note(copy: Copy, generation: Generation) -> None:
    """Remembers what the working copy is like, so that it is not asked for again."""
    with aside(copy.home / _KNOWN) as unfinished:
        unfinished.write_text(noted(generation), encoding="utf-8")


def is_like(path: str, kept: Kept, known: os.stat_result | None) -> bool:
    """Whether the file on the disk is the one that was kept."""
    if known is None or known.st_size != kept.size:
        return False
    return never_changes(path) or known.st_mtime_ns == kept.written


def _known(copy: Copy) -> Generation:
    try:
        return remembered((copy.home / _KNOWN).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return Generation()


def _fetch(objects: Objects, folder: Path, generation: Generation, progress: Progress) -> None:
    here = lying_in(folder)
    wanted = [path for path, kept in generation.files.items() if not is_like(path, kept, here.get(path))]
    _forget_caches(folder, {*wanted, *(here.keys() - generation.files.keys())})
    at_once("fetching", partial(_fetch_one, objects, folder, generation), wanted, progress)


def _fetch_one(objects: Objects, folder: Path, generation: Generation, path: str) -> None:
    kept = generation.files[path]
    objects.fetch(kept.name, folder / path)
    if (folder / path).stat().st_size != kept.size:
        raise damaged(objects.address, kept.name, f"it has not the {kept.size:,} bytes that were written")
    os.utime(folder / path, ns=(kept.written, kept.written))


def _forget_caches(folder: Path, changed: set[str]) -> None:
    """What was made of a table that others changed is made again."""
    tables = {path.split("/")[1] for path in changed if path.startswith("facts/")}
    for table in tables:
        shutil.rmtree(folder / CACHES / table, ignore_errors=True)


def _tidy(folder: Path, generation: Generation) -> None:
    with said_plainly(folder):
        for path in lying_in(folder).keys() - generation.files.keys():
            (folder / path).unlink(missing_ok=True)
        for where, _, _ in os.walk(folder, topdown=False):
            with suppress(OSError):  # it is not empty
                os.rmdir(where)
