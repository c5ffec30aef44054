"""One writer after the other: SQLite has a single one at a time, and lets the others poll for it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


@contextmanager
def turn() -> Iterator[None]:
    """Waits in a queue that all threads and workers stand in; whoever polls instead may starve for seconds.

    Who is in a transaction already has the turn: to wait for it then would be to wait for each other.
    """
    if not settings.ON_SQLITE or connection.in_atomic_block:
        yield
        return
    with (settings.DATA / "intake.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
