"""What a database still holds of rows that are gone: pages that nobody has written over yet."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

JOBS = "jobs.sqlite3"
TRIES = 30
PAUSE_SECONDS = 1.0


def wipe() -> None:
    """Writes the database anew without them. PostgreSQL frees the space and lets its own log go by and by."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
        return
    connection.close()
    for path in (Path(connection.settings_dict["NAME"]), Path(settings.DATA) / JOBS):
        if path.exists():
            _wipe(path)


def _wipe(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as database:
        database.execute("VACUUM")
        for _ in range(TRIES):
            (busy, _, _) = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return
            time.sleep(PAUSE_SECONDS)  # somebody reads what stood there before
    raise sqlite3.OperationalError("the log of the database is in use")
