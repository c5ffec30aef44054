"""The log of an open table cut short: a table to which something comes every second gets a million names a month."""

from __future__ import annotations

from pathlib import Path

CHECKPOINT = ".checkpoint."


def shorten(log: Path, hours: int) -> int:
    """Takes away what the log says of the time before its last checkpoint that is older than `hours`, counted from its
    newest name; how many names went.

    Who opened the table within that time can still read it as it was then: a checkpoint tells how it stood, and every
    commit since is there. Versions before that have no files any more, where these are kept as long and no longer.
    """
    written = {path: path.stat().st_mtime for path in log.glob("[0-9]*.*")}
    until = max(written.values(), default=0.0) - hours * 3600
    old = [_version(path) for path, at in written.items() if CHECKPOINT in path.name and at <= until]
    gone = [path for path in written if old and _version(path) < max(old)]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _version(path: Path) -> int:
    return int(path.name[:20])
