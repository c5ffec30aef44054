"""What the computer refuses, in our own words: Python, Polars, Arrow and Delta each say it in theirs."""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass
from pathlib import Path

_KINDS: dict[type[OSError], int] = {
    FileNotFoundError: errno.ENOENT,
    PermissionError: errno.EACCES,
    FileExistsError: errno.EEXIST,
    NotADirectoryError: errno.ENOTDIR,
    IsADirectoryError: errno.EISDIR,
}
_NUMBER = re.compile(r"\(os error (\d+)\)|\[errno (\d+)\]|\bOs \{ code: (\d+),", re.IGNORECASE)
_QUOTED = re.compile(r"""['"]([^'"\n]*/[^'"\n]*)['"]""")
_BARE = re.compile(
    r"(?:\(os error \d+\): |directory: |location |\A(?=\S+\Z))(.+?)(?= not found| \(set|$)", re.MULTILINE
)

_FULL = ("there is no room left on the disk", "Make room there, or choose another folder.")
_FORBIDDEN = ("you may not read or write there", "Look at who may read and write there, or choose another folder.")
_FILES = ("too many files are open", "Close other programs, or raise the limit: ulimit -n 4096.")
_SAID = {
    errno.ENOENT: ("a file or folder is gone that should be there", "See whether another program moves files there."),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: ("that disk may be read and not written", "Choose another folder."),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: ("a file may not grow further", "Raise the limit: ulimit -f unlimited."),
    errno.EMFILE: _FILES,
    errno.ENFILE: _FILES,
    errno.ENOTDIR: ("a file lies where a folder should be", "Move it away, or choose another folder."),
    errno.EISDIR: ("a folder lies where a file should be", "Move it away, or choose another folder."),
    errno.EEXIST: ("something of that name is there already", "Move it away, or choose another folder."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter one."),
    errno.EIO: ("the disk failed", "Look after the disk; copy away what you need."),
    errno.ENOMEM: ("there is not enough memory", "Close other programs, or ask for fewer dates."),
}
_OTHERWISE = "Look at that name, at the room on the disk, and at who may read and write there."


@dataclass(frozen=True, slots=True)
class Refusal:
    """`what` stands behind a colon; `where` is the path, or the end of it, and "" where nobody said."""

    what: str
    where: str
    hint: str


def refused(error: BaseException) -> Refusal | None:
    """What the computer refused, and where; None where the error is about something else.

    >>> refused(OSError(28, "No space left on device", "scores.csv"))  # doctest: +NORMALIZE_WHITESPACE
    Refusal(what='there is no room left on the disk', where='scores.csv',
            hint='Make room there, or choose another folder.')
    >>> refused(ValueError("No such file or directory (os error 2): /data/events.parquet")).where
    '/data/events.parquet'
    >>> refused(ValueError("Parquet file size is 1 bytes"))
    """
    number = _number(error)
    if number is None:
        return None
    unknown = (f"error {errno.errorcode.get(number, number)} of the system", _OTHERWISE)
    what, hint = _SAID.get(number, unknown)
    return Refusal(what, _path(error), hint)


def in_our_words(error: BaseException) -> str:
    """The refusal behind a colon; of other errors the first line that they say."""
    refusal = refused(error)
    return refusal.what if refusal else str(error).partition("\n")[0]


def _number(error: BaseException) -> int | None:
    if isinstance(error, MemoryError):
        return errno.ENOMEM
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno
    told = _NUMBER.search(str(error))
    if told:
        return int(next(filter(None, told.groups())))
    return next((number for kind, number in _KINDS.items() if isinstance(error, kind)), None)


def _path(error: BaseException) -> str:
    """The file that the system named, or that stands in the sentence."""
    named = getattr(error, "filename", None)
    if named is not None:
        return str(Path(named) if isinstance(named, str) else named)
    told = _QUOTED.search(str(error)) or _BARE.search(str(error))
    return told[1].strip() if told else ""
