"""A store in an object store is changed as any other: in its working copy, between a pull and a push."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import ParamSpec, TypeVar

from sabai.progress import Progress, quiet
from sabai.store.objects.copies import Copy, copy_of
from sabai.store.objects.door import opened
from sabai.store.objects.pull import pull
from sabai.store.objects.push import push
from sabai.store.objects.refusals import too_many
from sabai.store.turns import in_turn

Given = ParamSpec("Given")
Found = TypeVar("Found")

TIMES = 8


def shared(change: Callable[Given, Found]) -> Callable[Given, Found]:
    """A function that changes the folder `store` does so for everybody, where that is a working copy; of `waits` and
    `progress` it tells what it was handed.

    It is called again where somebody else was first, on what they left: SabaiError STO-010 where that never ends.
    """
    takes = signature(change)

    @wraps(change)
    def changing(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        given = takes.bind(*args, **kwargs).arguments
        copy = copy_of(Path(given["store"]))
        if copy is None:
            return change(*args, **kwargs)
        waits, progress = given.get("waits", lambda: None), given.get("progress", quiet)
        return _changed(copy, lambda: change(*args, **kwargs), waits, progress)

    return changing


def refresh(copy: Copy, waits: Callable[[], None], progress: Progress) -> None:
    """Makes the working copy what the object store says now."""
    with in_turn(copy.begin().home, waits):
        pull(opened(copy.address), copy, progress)


def _changed(copy: Copy, change: Callable[[], Found], waits: Callable[[], None], progress: Progress) -> Found:
    with in_turn(copy.begin().home, waits):
        objects = opened(copy.address)
        for _ in range(TIMES):
            base = pull(objects, copy, progress)
            found = change()
            if push(objects, copy, base, progress):
                return found
    raise too_many(copy.address, TIMES)
