"""What a killed process left behind: it could not clean up after itself, so the next one does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def sweep(folder: Path) -> None:
    """Removes unfinished files and folders in `folder`, `.NAME.PROCESS.part`, whose process is no more.

    Call it only where nobody on another machine may be writing: process numbers say nothing about those.
    """
    for path in _left_behind(folder):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _left_behind(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob(".*.part")):
        process = path.suffixes[-2:-1] or [""]
        if process[0][1:].isdecimal() and not _lives(int(process[0][1:])):
            yield path


def _lives(process: int) -> bool:
    """Also where it belongs to somebody else; it may be another program that was given the same number since.

    >>> _lives(os.getpid()), _lives(10**12)
    (True, False)
    """
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
