"""Many small files of a bucket become few: each holds a stretch of time, sorted by account as all files are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import polars as pl

from sabai.cores import on_every_core
from sabai.facts.catalogue import TABLES, day_column
from sabai.facts.stored.log import Entry, Log
from sabai.facts.stored.settings import Settings
from sabai.facts.stored.shelf import Shelf
from sabai.store.delta import File, NewFile

SMALL = 500_000
"""Files of fewer rows are joined with their neighbours in time."""
MOST_FILES = 8
"""A bucket may have so many small files before anybody tidies up."""


def tidy(store: Path, settings: Settings, newest: Entry, at: datetime) -> None:
    """Compacts the tables that need it, and says so in the log after its `newest` entry: readers see the same rows in
    fewer files. Each version of a table brings a bucket one file more at most, so young ones are not looked into."""
    shelves = [Shelf(store / "facts", TABLES[name], settings.buckets, version)
               for name, version in newest.versions.items() if name in TABLES and version >= MOST_FILES]  # fmt: skip
    versions = {shelf.table.name: version for shelf in shelves if (version := compacted(shelf, at)) is not None}
    if versions:
        Log(store).add(Entry(newest.number + 1, "compaction", at, "", {**newest.versions, **versions}))


def compacted(shelf: Shelf, at: datetime) -> int | None:
    """Joins small files of buckets that have many; the new version of the table, None where nothing was to be done."""
    groups = list(_groups(shelf))
    if not groups:
        return None
    added = list(on_every_core(lambda group: _joined(shelf, group), groups))
    gone = [file for group in groups for file in group]
    return shelf.files.commit(added, gone, at, rearranged=True)


def _groups(shelf: Shelf) -> Iterator[list[File]]:
    """Files to be joined: neighbours in time, of one bucket, together not larger than is small."""
    day = day_column(shelf.table.time)
    buckets: dict[str, list[File]] = {}
    for file in shelf.files.files():
        if file.rows < SMALL:
            buckets.setdefault(file.part, []).append(file)
    for files in buckets.values():
        if len(files) > MOST_FILES:
            yield from _neighbours(sorted(files, key=lambda file: (file.least.get(day) or 0, file.path)))


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


def _joined(shelf: Shelf, files: Sequence[File]) -> NewFile:
    parts = [pl.read_parquet(shelf.files.folder / file.path, hive_partitioning=False, glob=False) for file in files]
    return shelf.rewritten(files[0].part, pl.concat(parts, how="diagonal"))
