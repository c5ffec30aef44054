"""Which files of a folder are the store, and under which names they lie in an object store.

Files of rows never change: they lie there under their own name, where every tool looks for them. All others (logs,
settings, receipts) lie twice: once for us under a name that is never used again, and once, afterwards, under their own.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from uuid import uuid4

CACHES = "keys"
"""The folder of what is made again where it is missing."""
_FOLDERS = {"facts", "aside", "landings", "erasures", "damaged"}
_FILES = {"store.json", "suppressed.json"}
_OURS = {"kept", "generations", CACHES}
_OF_ROWS = re.compile(r"(facts/[^/]+|aside|landings)/[^/]+=[^/]*/[0-9a-f]{32}\.parquet")


def belongs(path: str) -> bool:
    """Whether a file, by its path in the store, is part of it.

    >>> [belongs(path) for path in ("store.json", "facts/events/_delta_log/0.json", "keys/events/1-1.npy")]
    [True, True, False]
    """
    first, _, rest = path.partition("/")
    hidden = any(part.startswith(".") for part in path.split("/"))
    return not hidden and (first in _FOLDERS if rest else first in _FILES)


def is_ours(name: str) -> bool:
    """Whether an object of this name may be one of ours, and be taken away when nobody names it."""
    first, _, rest = name.partition("/")
    return first in (_FOLDERS | _OURS if rest else _FILES | {"unfinished"})


def never_changes(path: str) -> bool:
    """
    >>> never_changes(f"facts/events/bucket=7/{'0' * 32}.parquet"), never_changes("suppressed.json")
    (True, False)
    """
    return _OF_ROWS.fullmatch(path) is not None


def shown_as(path: str) -> str:
    """The name under which other tools find a file that may change; "" for a hint of Delta that could be stale."""
    return "" if never_changes(path) or path.endswith("/_last_checkpoint") else path


def object_for(path: str) -> str:
    """The name of the object that holds a file as it is now."""
    return path if never_changes(path) else f"kept/{uuid4().hex}"


def lying_in(folder: Path) -> dict[str, os.stat_result]:
    """Every file in a store on the disk but for its caches, part of it or left by somebody, by its path."""
    found: dict[str, os.stat_result] = {}
    for where, folders, files in os.walk(folder):
        inside = Path(where).relative_to(folder)
        if where == str(folder) and CACHES in folders:
            folders.remove(CACHES)
        for name in files:
            path = Path(where, name)
            found[(inside / name).as_posix()] = path.stat()
    return found
