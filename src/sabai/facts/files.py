"""Finds the files of each source in the data folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from sabai.definitions.model import Source
from sabai.errors import FactsError, Issue

MAX_SHOWN = 12
NOT_EXPORTS = (Path("facts", "manifest.json"), Path("store.json"))
"""A folder that has one of these is one of results, or a store."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a source; `name` is its path inside the data folder."""

    path: Path
    name: str


def find(data: Path, sources: Mapping[str, Source]) -> tuple[dict[str, list[Found]], list[Issue]]:
    """Files of each source in a stable order, and a word on the sources that have none.

    `data` is a folder, or a single file. Raises FactsError if it is not there or holds no file of any source.
    """
    if not data.exists():
        raise FactsError(
            Issue(
                "FCT-001",
                f"There is no {data}.",
                str(data),
                "Without data there is nothing to say.",
                "Name the folder that holds your exports, or one file.",
            )
        )
    here = present(data)
    found = {source.name: matching(source.files, here) for source in sources.values()}
    if not any(found.values()):
        raise FactsError(_nothing_known(data, sources.values(), here))
    absent = [source for source in sources.values() if not found[source.name]]
    filled = {source.table for source in sources.values() if found[source.name]}
    return found, [_absent(absent, filled, data)] if absent else []


def one(data: Path, name: str) -> Found:
    """A file that a join names. Raises FactsError if it is not there."""
    found = matching((name,), present(data))
    if len(found) != 1:
        raise FactsError(
            Issue(
                "FCT-002",
                f'A join needs one file "{name}", and there are {len(found)}.',
                str(data),
                "Its columns would be missing in every row.",
                "Correct the name or add the file.",
            )
        )
    return found[0]


def present(data: Path) -> list[Found]:
    """All that lies in the folder, or the file itself; nothing hidden, and no results of ours."""
    if data.is_file():
        return [Found(data, data.name)]
    return [Found(path, path.relative_to(data).as_posix()) for path in sorted(_within(data))]


def _within(data: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(data):
        seen = [Path(here, name) for name in (*folders, *names) if not name.startswith(".")]
        folders[:] = [
            path.name for path in seen if path.is_dir() and not any((path / mark).exists() for mark in NOT_EXPORTS)
        ]
        yield from seen


def matching(patterns: Iterable[str], here: list[Found]) -> list[Found]:
    """Those that are meant by names or globs. Raises FactsError where one of them cannot be read."""
    chosen: dict[str, Found] = {}
    for pattern in patterns:
        chosen |= {file.name: file for file in here if _fits(file, pattern)}
    for file in chosen.values():
        _refuse_unreadable(file)
    return list(chosen.values())


def _refuse_unreadable(file: Found) -> None:
    if file.path.is_dir():
        raise FactsError(
            Issue(
                "FCT-010",
                f'"{file.name}" is a folder, not a file.',
                str(file.path),
                "A source is read from files.",
                f'Write files: "{file.name}/*" for what is in it.',
            )
        )
    if not file.path.is_file() or not os.access(file.path, os.R_OK):
        raise FactsError(
            Issue(
                "FCT-017",
                f'"{file.name}" cannot be opened.',
                str(file.path),
                "It may be a link that leads nowhere, or belong to somebody else.",
                "Put the file itself here, and make it readable for yourself.",
            )
        )


def _fits(file: Found, pattern: str) -> bool:
    """Globs mean files only; a plain name means what has it, so that a folder of that name is told about."""
    if any(mark in pattern for mark in "*?["):
        deep = "**" in pattern or file.name.count("/") == pattern.count("/")
        return file.path.is_file() and deep and fnmatch(file.name, pattern)
    return file.name == pattern or (file.path.is_file() and file.name == f"{pattern}.gz")


def _nothing_known(data: Path, sources: Iterable[Source], here: list[Found]) -> Issue:
    looked = ", ".join(sorted({name for source in sources for name in source.files}))
    present = [file.name for file in here if file.path.is_file()]
    more = f" and {len(present) - MAX_SHOWN} more" if len(present) > MAX_SHOWN else ""
    there = ", ".join(present[:MAX_SHOWN]) + more if present else "no file"
    return Issue(
        "FCT-001",
        f"None of the files of any source is here. Looked for: {looked or 'nothing'}.",
        str(data),
        f"Without facts there is no score. What is here: {there}.",
        "Correct `files` in the sources, or name the folder that holds them.",
    )


def _absent(sources: list[Source], filled: set[str], data: Path) -> Issue:
    named = "; ".join(f"{source.name} ({', '.join(source.files)})" for source in sources)
    shared = ", ".join(sorted({source.table for source in sources} & filled))
    too = f", and so do counts of {shared} out of other files, unless a filter tells them apart" if shared else ""
    return Issue(
        "FCT-002",
        f"No file is here for {named}.",
        str(data),
        f"What they would tell stays unknown{too}.",
        "Add the files, or take these sources out of the definitions.",
    )
