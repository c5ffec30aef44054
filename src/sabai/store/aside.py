"""No file is ever half written: it is written aside, made durable, and then takes its name in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sabai.errors import Issue, SabaiError
from sabai.store.refused import in_our_words


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it takes the name `path` when the block ends well, and is removed when not.

    What stood at `path` stays whole until then. A full disk or a forbidden folder is a SabaiError (STO-001).

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with aside(Path(folder, "scores.csv")) as unfinished:
    ...         _ = unfinished.write_text("account_id,score")
    ...     Path(folder, "scores.csv").read_text()
    'account_id,score'
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with said_plainly(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            yield unfinished
            make_durable(unfinished)
            unfinished.replace(path)
            make_durable(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """What the disk refuses inside the block becomes a SabaiError about `path`."""
    try:
        yield
    except OSError as error:
        raise SabaiError(_refused(path, error)) from error


def make_durable(path: Path) -> None:
    """Waits until the disk has the file, or the folder's list of names: a power cut afterwards changes nothing."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refused(path: Path, error: OSError) -> Issue:
    return Issue(
        "STO-001",
        f"{path.name} could not be written: {in_our_words(error)}.",
        str(path),
        "What stood there before is unchanged, and nothing half-written was left.",
        "Make room or choose another folder with --out, and run the same command again.",
    )
