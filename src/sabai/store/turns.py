"""One command at a time in a folder of results; the second waits for the first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from sabai.store.aside import said_plainly
from sabai.store.leftovers import sweep


@contextmanager
def in_turn(folder: Path, waits: Callable[[], None]) -> Iterator[None]:
    """Holds `folder` until the block ends; where somebody else holds it, calls `waits` and waits.

    Whoever holds it first sweeps away what a killed process left there.

    The lock lies on the folder itself: it leaves nothing behind, and it ends with its process, however that ended.
    SabaiError STO-001 where the folder cannot be made.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, in_turn(Path(folder, "results"), lambda: print("not yet")):
    ...     Path(folder, "results").exists()
    True
    """
    with said_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    try:
        if _taken(descriptor, waits):
            sweep(folder)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int, waits: Callable[[], None]) -> bool:
    """False on some network disks, which have no locks: then two commands at once are the user's own affair."""
    try:
        flock(descriptor, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        waits()
        flock(descriptor, LOCK_EX)
    except OSError:
        return False
    return True
