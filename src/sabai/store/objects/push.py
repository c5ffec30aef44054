"""Brings what was changed in a working copy to the object store: files first, then the head, in one step."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sabai.progress import Progress, quiet
from sabai.store.objects.door import at_once
from sabai.store.objects.generations import HEAD, Generation, Head, Kept, begun
from sabai.store.objects.names import belongs, is_ours, lying_in, object_for, shown_as
from sabai.store.objects.pull import is_like, note

if TYPE_CHECKING:
    from sabai.store.objects.copies import Copy
    from sabai.store.objects.door import Lying, Objects


def push(objects: Objects, copy: Copy, base: Head, progress: Progress) -> bool:
    """Whether the store there is what the working copy is now; False where somebody else changed it since `base`, and
    nothing of ours is there. For whoever holds the copy.

    What no generation names is taken away: at the time of the list nobody who comes after us had written anything, and
    whoever began before us comes too late. So what was erased is gone from the object store when this returns.
    """
    here = {path: known for path, known in lying_in(copy.folder).items() if belongs(path)}
    if not _differ(here, base.generation):
        return True
    if base.tag is None:
        first = begun(objects)
        if first.generation.name:
            return False
        base = Head(base.generation, first.tag)
    lying = objects.listed()
    files = {path: _kept(path, known, base.generation) for path, known in here.items()}
    ours = {kept.name for kept in base.generation.files.values()}
    new = [path for path, kept in files.items() if kept.name not in ours]
    at_once("sending", lambda path: objects.send(files[path].name, copy.folder / path), new, progress)
    next_ = base.generation.after(files)
    objects.write(next_.name, next_.told())
    if objects.write_if(HEAD, next_.head(), base.tag) is None:
        objects.remove([next_.name, *(files[path].name for path in new)], quiet)
        return False
    note(copy, next_)
    _show(objects, copy.folder, next_, lying, progress)
    _take_away(objects, next_, lying, progress)
    return True


def _differ(here: Mapping[str, os.stat_result], base: Generation) -> bool:
    """Also where a store that was copied there has no generation yet."""
    same = here.keys() == base.files.keys() and all(is_like(path, base.files[path], here[path]) for path in here)
    return not same or bool(here and not base.name)


def _kept(path: str, known: os.stat_result, base: Generation) -> Kept:
    before = base.files.get(path)
    if before and base.name and is_like(path, before, known):
        return before
    return Kept(known.st_size, known.st_mtime_ns, object_for(path))


def _show(
    objects: Objects, folder: Path, generation: Generation, lying: Mapping[str, Lying], progress: Progress
) -> None:
    """Lays what changes under its own name too: other tools open the tables where they are."""

    def is_shown(path: str, kept: Kept) -> bool:
        there = lying.get(path)
        return there is not None and there.size == kept.size and there.written >= kept.written

    stale = [path for path, kept in generation.files.items() if shown_as(path) and not is_shown(path, kept)]
    at_once("showing", partial(_show_one, objects, folder), sorted(stale), progress)


def _show_one(objects: Objects, folder: Path, path: str) -> None:
    objects.send(path, folder / path)


def _take_away(objects: Objects, generation: Generation, lying: Mapping[str, Lying], progress: Progress) -> None:
    wanted = {generation.name} | {kept.name for kept in generation.files.values()}
    wanted |= {name for path in generation.files if (name := shown_as(path))}
    objects.remove([name for name in lying if is_ours(name) and name not in wanted], progress)
