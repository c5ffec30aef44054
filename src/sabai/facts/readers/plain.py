"""Text files as plain UTF-8, looked through once before anything is loaded: encoding, cut ends, endless lines."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sabai.errors import FactsError, Issue
from sabai.facts.files import Found
from sabai.facts.readers.encodings import likely_encoding

MAX_LINE = 64 * 2**20
MAX_GROWTH = 200  # a gzip file that grows more than this, beyond MAX_UNPACKED, is a bomb
MAX_UNPACKED = 2**30
CHUNK = 2**20


@dataclass(slots=True)
class Looked:
    """What one look through a text file found."""

    path: Path  # plain UTF-8
    quotes: int = 0


def look_through(found: Found, encoding: str, scratch: Path) -> Looked:
    """Unpacks and recodes into `scratch` where needed; a file that is plain UTF-8 already stays where it is.

    Raises FactsError for a cut archive, a wrong encoding, or a line over 64 MB (before it is in memory).
    """
    is_plain = codecs.lookup(encoding).name == "utf-8" and not found.path.name.lower().endswith(".gz")
    looked = Looked(found.path if is_plain else scratch / f"{found.name.replace('/', '_')}.txt")
    since_newline = 0
    with open("/dev/null" if is_plain else looked.path, "wb") as copy:
        for chunk in _decoded(found, encoding):
            since_newline = _longest(found, chunk, since_newline)
            looked.quotes += chunk.count(b'"')
            copy.write(chunk)
    return looked


def _decoded(found: Found, encoding: str) -> Iterator[bytes]:
    """Chunks as UTF-8 without a byte order mark. Raises FactsError at the first byte that does not fit."""
    decoder, offset = codecs.getincrementaldecoder(encoding)(), 0
    for chunk in _unpacked(found):
        begun = len(decoder.getstate()[0])  # bytes of a letter that the last chunk cut in two
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as problem:
            at = offset - begun + problem.start
            raise FactsError(_wrong_encoding(found, encoding, at, problem.object)) from problem
        yield (text.removeprefix("\ufeff") if offset == 0 else text).encode()
        offset += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as problem:
        raise FactsError(_wrong_encoding(found, encoding, offset, problem.object)) from problem


def _unpacked(found: Found) -> Iterator[bytes]:
    size, given = 0, found.path.stat().st_size
    is_packed = found.path.name.lower().endswith(".gz")
    try:
        with gzip.open(found.path) if is_packed else found.path.open("rb") as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > MAX_UNPACKED and size > MAX_GROWTH * given:
                    raise FactsError(_bomb(found))
                yield chunk
    except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
        raise FactsError(_cut(found)) from problem


def _longest(found: Found, chunk: bytes, since_newline: int) -> int:
    """Bytes since the last end of line. Raises FactsError when a line grows over the bound."""
    first, last = chunk.find(b"\n"), chunk.rfind(b"\n")
    longest = since_newline + (len(chunk) if first < 0 else first)
    if longest > MAX_LINE:
        raise FactsError(
            Issue(
                "FCT-007",
                f'"{found.name}" has a line of more than {MAX_LINE >> 20} MB.',
                str(found.path),
                "One row is never that long; it would fill the memory.",
                "Check how it was exported; the ends of its lines may be lost.",
            )
        )
    return longest if first < 0 else len(chunk) - last - 1


def _wrong_encoding(found: Found, encoding: str, offset: int, near: bytes) -> Issue:
    with found.path.open("rb") as file:
        start = file.read(2**18) if not found.path.name.lower().endswith(".gz") else near
    likely = likely_encoding(start if _strange(start) else near)
    return Issue(
        "FCT-006",
        f'"{found.name}" is not {encoding}: byte {offset} does not fit.',
        str(found.path),
        "Names would be garbled.",
        f"Write the encoding in the source, for example encoding: {likely}, "
        "or save the file as UTF-8 (others: cp1252, shift_jis, tis-620, cp1256).",
    )


def _strange(start: bytes) -> bool:
    return any(byte > 127 for byte in start)


def _cut(found: Found) -> Issue:
    return Issue(
        "FCT-005",
        f'"{found.name}" is no whole gzip file.',
        str(found.path),
        "It was probably cut while it was copied, and part of it is lost.",
        "Copy or export it again.",
    )


def _bomb(found: Found) -> Issue:
    return Issue(
        "FCT-009",
        f'"{found.name}" unpacks to more than {MAX_GROWTH} times its size.',
        str(found.path),
        "Files that grow like this are made to fill a disk.",
        "Unpack it yourself and look at it.",
    )
