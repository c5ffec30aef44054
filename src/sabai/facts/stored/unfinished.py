"""What a landing that never came to its end leaves: files that nobody counts on. The next one takes them away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sabai.errors import SabaiError
from sabai.facts.catalogue import TABLES
from sabai.facts.stored.aside import NAME as ASIDE
from sabai.facts.stored.keys import Keys
from sabai.facts.stored.log import LANDINGS, Entry
from sabai.facts.stored.shelf import BUCKET
from sabai.store.aside import said_plainly
from sabai.store.delta import OpenTable

MARK = "unfinished"


@contextmanager
def to_the_end(store: Path, last: Entry | None) -> Iterator[None]:
    """What the block writes is marked as unfinished until its end; what is left of another goes first. `last`: what
    the log says last. For whoever has the turn."""
    tidied(store, last)
    with said_plainly(store):
        (store / MARK).touch()
    try:
        yield
    except BaseException:
        with suppress(OSError, SabaiError):  # where even that is refused, the mark stays for the next
            _tidy(store, last)
            (store / MARK).unlink(missing_ok=True)
        raise
    (store / MARK).unlink(missing_ok=True)


def tidied(store: Path, last: Entry | None) -> None:
    """Takes away what somebody left who did not come to the end."""
    if (store / MARK).exists():
        _tidy(store, last)
        (store / MARK).unlink()


def _tidy(store: Path, last: Entry | None) -> None:
    """Tables have no files that no commit knows of, and show what the log says."""
    versions = last.versions if last else {}
    tables = [OpenTable(store / "facts" / name, BUCKET, versions.get(name, -1), numbered=True) for name in TABLES]
    tables.append(OpenTable(store / ASIDE, "fate", versions.get(ASIDE, -1)))
    for table in (*tables, OpenTable(store / LANDINGS, "kind")):
        table.sweep()  # makes room first
    for name in TABLES:
        Keys(store / "keys" / name).forget(last.number if last else 0)
    for table in tables:
        table.put_back()
