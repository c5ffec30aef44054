"""The rows of one table as they come in: from all its sources and files, in batches, mapped and checked one by one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from sabai.cores import on_every_core
from sabai.definitions.model import Definitions, Source
from sabai.facts import contract
from sabai.facts.aside import Check, nothing, sift
from sabai.facts.catalogue import FactTable
from sabai.facts.days import own_day, with_days
from sabai.facts.files import Found
from sabai.facts.foreign import Lookup, meant, needed
from sabai.facts.mapping import Foreign, mapped
from sabai.facts.readers import Reading, batches
from sabai.facts.received import Late, with_received
from sabai.facts.unread import Unread


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where rows come from: files of each source, those joined to them, and a folder for unpacked copies.

    `unread`: where damaged files are set aside; None: the first one ends the landing.
    """

    definitions: Definitions
    found: dict[str, list[Found]]
    joined: dict[str, Found]
    scratch: Path
    late: Late | None = None  # from when on rows come too late
    unread: Unread | None = None
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)  # (source, file) -> its number, in a stable order

    def number(self, source: Source, file: Found) -> int:
        return self.numbers.setdefault((source.name, file.name), len(self.numbers))


@contextmanager
def inbox(
    definitions: Definitions, found: dict[str, list[Found]], joined: dict[str, Found], folder: Path,
    late: Late | None = None, unread: Unread | None = None,
) -> Iterator[Inbox]:  # fmt: skip
    """The inbox of a landing; unpacked copies lie in `folder` as long as it is open."""
    scratch = folder / "unpacked"
    scratch.mkdir()
    yield Inbox(definitions, found, joined, scratch, late, unread)
    shutil.rmtree(scratch)


@dataclass(slots=True)
class Incoming:
    """What came in for a table so far."""

    rows_in: int = 0
    rows: list[pl.DataFrame] = field(default_factory=list)
    aside: list[pl.DataFrame] = field(default_factory=list)

    def add(self, other: Incoming) -> None:
        self.rows_in += other.rows_in
        self.rows += other.rows
        self.aside += other.aside


def incoming(
    inbox: Inbox,
    table: FactTable,
    resolve: Callable[[pl.DataFrame, Source], pl.DataFrame],
    started: Callable[[Found], None],
) -> Incoming:
    """All rows of `table`, with ORIGIN, days, received times, `source` and `_every`."""
    came = Incoming()
    for source in _sources(inbox.definitions, table):
        reading = Reading(source, inbox.scratch)
        lookup = Lookup(source, inbox.joined, reading)
        for file in inbox.found[source.name]:
            started(file)
            with inbox.unread.instead(file) if inbox.unread else nullcontext():
                came.add(_of_file(inbox, table, file, reading, lookup, resolve))
    return came


def _of_file(
    inbox: Inbox, table: FactTable, file: Found, reading: Reading, lookup: Lookup,
    resolve: Callable[[pl.DataFrame, Source], pl.DataFrame],
) -> Incoming:  # fmt: skip
    """What came in out of one file: all of it, or nothing where it turns out to be damaged."""

    def taken(raw: pl.DataFrame) -> Incoming:
        return _taken(Foreign(raw, reading.source, table, inbox.definitions.workspace, file.name), inbox, resolve)

    came = Incoming()
    for part in on_every_core(taken, _raw(inbox, file, reading, lookup)):
        came.add(part)
    return came


def _sources(definitions: Definitions, table: FactTable) -> Sequence[Source]:
    return [source for source in definitions.sources.values() if source.table == table.name]


def _raw(inbox: Inbox, file: Found, reading: Reading, lookup: Lookup) -> Iterator[pl.DataFrame]:
    supplied = lookup.supplied()
    wanted = [name for name in needed(reading.source) if name not in supplied]
    number = pl.lit(inbox.number(reading.source, file), dtype=pl.UInt32).alias("_file")
    for rows in batches(file, reading, wanted):
        yield meant(lookup.added(rows.with_columns(number)), reading.source.where)


def _taken(foreign: Foreign, inbox: Inbox, resolve: Callable[[pl.DataFrame, Source], pl.DataFrame]) -> Incoming:
    """What came in out of one batch."""
    whole, broken = _whole(foreign)
    typed, unreadable = mapped(Foreign(whole, foreign.source, foreign.table, foreign.workspace, foreign.file))
    sound, unsound = sift(foreign.table.name, typed, contract.checks(typed, foreign.table))
    told, early = _timed(sound, foreign, inbox.late)
    aside = [part for part in (broken, unreadable, unsound, early) if part.height]
    return Incoming(foreign.rows.height, [resolve(told, foreign.source)], aside)


def _whole(foreign: Foreign) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sets rows aside that could not be taken apart."""
    rows = foreign.rows
    if "_broken" not in rows.columns:
        return rows, nothing()
    broken = rows["_broken"]
    code = "FCT-141" if ".json" in foreign.file or ".ndjson" in foreign.file else "FCT-140"
    return sift(foreign.table.name, rows, [Check("", code, broken.is_not_null(), broken)])


def _timed(rows: pl.DataFrame, foreign: Foreign, late: Late | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    source, table, zone = foreign.source, foreign.table, foreign.workspace.time_zone
    named = [] if "source" in rows.columns else [pl.lit(source.name).alias("source")]
    rows = with_days(rows.with_columns(*named, pl.lit(source.history == "every").alias("_every")), table, zone)
    rows = with_received(rows, table, source, zone, late).with_columns(own_day(table).alias("_day"))
    return sift(table.name, rows, contract.in_the_future(rows, table))
