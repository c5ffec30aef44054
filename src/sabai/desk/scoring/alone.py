"""One job at a time in a folder: whoever comes second leaves the work to the first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether the folder is ours until the block ends; the lock ends with its process, however that ended."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            flock(descriptor, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def while_there_is(work: Callable[[], bool], folder: Path, do: Callable[[], object]) -> None:
    """Does what there is to do, again and again, alone in the folder.

    What comes up while somebody else is at it is done by them: they look once more after they have let go.
    """
    while work():
        with alone(folder) as ours:
            if not ours:
                return
            if work():
                do()
