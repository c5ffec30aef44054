"""Many small files of a bucket become few: each holds a stretch of time, sorted by account as all files are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from math import log as logarithm
from pathlib import Path
from typing import Any

import polars as pl

from sabai.cores import on_every_core
from sabai.facts.catalogue import TABLES, day_column
from sabai.facts.stored.aside import NAME as ASIDE
from sabai.facts.stored.log import LANDINGS, Entry, Log
from sabai.facts.stored.settings import Settings
from sabai.facts.stored.shelf import BUCKET, Shelf
from sabai.store.delta import KEPT_HOURS, File, OpenTable
from sabai.store.shortened import shorten

SMALL = 500_000
"""Files of fewer rows are joined with their neighbours in time."""
MOST_FILES = 8
"""A bucket may have so many small files of like size before anybody tidies up."""
LIKE = 8
"""Files are of like size where one has less than so many times the rows of the other: joined, they are of the next
size, so that a row is written again a few times in its life, however often a little comes in."""


def tidy(store: Path, settings: Settings, newest: Entry, at: datetime) -> bool:
    """Compacts the tables that need it, and says so in the log after its `newest` entry: readers see the same rows in
    fewer files. Each version of a table brings a bucket one file more at most, so young ones are not looked into.

    Whether anything was compacted; then there are files that nobody needs any more.
    """
    shelves = [Shelf(store / "facts", TABLES[name], settings.buckets, version)
               for name, version in newest.versions.items() if name in TABLES and version >= MOST_FILES]  # fmt: skip
    versions = {shelf.table.name: version for shelf in shelves if (version := compacted(shelf, at)) is not None}
    if versions:
        Log(store).add(Entry(newest.number + 1, "compaction", at, "", {**newest.versions, **versions}))
    return _shortened(Log(store).table, at) or bool(versions)


def vacuum(store: Path, hours: int = KEPT_HOURS) -> None:
    """Takes away what was superseded so long ago that nobody can be reading it any more, and what logs say of it."""
    tables = [OpenTable(store / LANDINGS, "kind"), OpenTable(store / ASIDE, "fate")]
    tables += [OpenTable(store / "facts" / name, BUCKET, numbered=True) for name in TABLES]
    for table in tables:
        if table.is_begun:
            table.vacuum([file.path for file in table.files()], hours)
            shorten(table.folder / "_delta_log", hours)


def compacted(shelf: Shelf, at: datetime) -> int | None:
    """Joins small files of buckets that have many; the new version of the table, None where nothing was to be done."""
    day = day_column(shelf.table.time)
    groups = list(_groups(shelf.files.files(), lambda file: (file.least.get(day) or 0, file.path)))
    if not groups:
        return None
    added = list(on_every_core(lambda group: shelf.rewritten(group[0].part, _rows(shelf.files, group)), groups))
    return shelf.files.commit(added, [file for group in groups for file in group], at, rearranged=True)


def _shortened(log: OpenTable, at: datetime) -> bool:
    """The log itself, to which every landing adds a file: the same rows in fewer. Whether there was anything to do."""
    groups = list(_groups(log.files(), lambda file: file.path))
    if groups:
        added = [log.write(group[0].part, _rows(log, group)) for group in groups]
        log.commit(added, [file for group in groups for file in group], at, rearranged=True)
    return bool(groups)


def _groups(files: Iterable[File], order: Callable[[File], Any]) -> Iterator[list[File]]:
    """Files to be joined: neighbours in this order, of one part and of like size, together not larger than is small."""
    alike: dict[tuple[str, int], list[File]] = {}
    for file in files:
        if file.rows < SMALL:
            alike.setdefault((file.part, int(logarithm(max(file.rows, 1), LIKE))), []).append(file)
    for each in alike.values():
        if len(each) > MOST_FILES:
            yield from _neighbours(sorted(each, key=order))


def _neighbours(files: Sequence[File]) -> Iterator[list[File]]:
    """
    >>> few = [File(name, 1, rows, "0", {}, {}) for name, rows in (("a", 300_000), ("b", 100_000), ("c", 200_000))]
    >>> [[file.path for file in group] for group in _neighbours(few)]
    [['a', 'b']]
    """
    group: list[File] = []
    for file in files:
        if group and sum(each.rows for each in group) + file.rows > SMALL:
            if len(group) > 1:
                yield group
            group = []
        group.append(file)
    if len(group) > 1:
        yield group


def _rows(table: OpenTable, files: Sequence[File]) -> pl.DataFrame:
    parts = [pl.read_parquet(table.folder / file.path, hive_partitioning=False, glob=False) for file in files]
    return pl.concat(parts, how="diagonal")
