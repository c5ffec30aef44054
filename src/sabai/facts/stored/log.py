"""The log of a store: one row for each landing, and which version of every table it left.

A landing touches many tables, and Delta commits one at a time. So what counts is what the log says: readers open each
table at the version of the last row, and a landing that did not come so far never happened.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import polars as pl

from sabai.facts.landed import Tally
from sabai.store.delta import OpenTable

FirstDays = dict[str, dict[str, int]]
LANDINGS = "landings"


@dataclass(frozen=True, slots=True)
class Entry:
    """`versions`: of each table; `first_days`: table -> source -> the first day of which anything is known;
    `landed`: source -> when a file of it last came in."""

    number: int
    kind: str
    at: datetime
    fingerprint: str
    versions: Mapping[str, int]
    first_days: FirstDays = field(default_factory=dict)
    landed: Mapping[str, datetime] = field(default_factory=dict)
    tallies: tuple[Tally, ...] = ()
    retried: Mapping[str, int] = field(default_factory=dict)  # table -> rows that had come in before, and waited
    scored: int | None = None  # the last as-of day for which scores were computed
    restated: int = 0  # facts of landings up to this number count from when they were told to be received, late or not
    unread: Mapping[str, str] = field(default_factory=dict)  # file that was set aside -> what is wrong with it
    mended: tuple[str, ...] = ()  # those of earlier landings that came in whole


class Log:
    def __init__(self, folder: Path) -> None:
        self.table = OpenTable(folder / LANDINGS, "kind")

    def entries(self) -> list[Entry]:
        """All of them, the oldest first."""
        files = self.table.files()
        told = [entry for file in files for entry in _entries(self.table.folder / file.path, file.part)]
        return sorted(told, key=lambda entry: entry.number)

    def add(self, entry: Entry) -> None:
        """From now on readers see what this landing brought. SabaiError STO-004 where its number is taken."""
        file = self.table.write(entry.kind, pl.DataFrame([_row(entry)]))
        self.table.commit([file], [], entry.at, landing=entry.number, once=True)


@lru_cache(maxsize=1024)
def _entries(path: Path, kind: str) -> tuple[Entry, ...]:
    """A file never changes; it is read once in the life of a process."""
    rows = pl.read_parquet(path, glob=False, hive_partitioning=False)
    return tuple(_entry(row | {"kind": kind}) for row in rows.iter_rows(named=True))


def _row(entry: Entry) -> dict[str, object]:
    told = {
        "versions": dict(entry.versions),
        "first_days": entry.first_days,
        "landed": {source: at.isoformat() for source, at in entry.landed.items()},
        "tallies": [asdict(tally) for tally in entry.tallies],
        "retried": dict(entry.retried),
        "scored": entry.scored,
        "restated": entry.restated,
        "unread": dict(entry.unread),
        "mended": entry.mended,
    }
    return {"number": entry.number, "at": entry.at, "fingerprint": entry.fingerprint, "told": json.dumps(told)}


def _entry(row: Mapping[str, object]) -> Entry:
    told = json.loads(str(row["told"]))
    at = row["at"]
    assert isinstance(at, datetime)
    return Entry(
        int(str(row["number"])),
        str(row["kind"]),
        at,
        str(row["fingerprint"]),
        told["versions"],
        told["first_days"],
        {source: datetime.fromisoformat(when) for source, when in told["landed"].items()},
        tuple(Tally(**tally) for tally in told["tallies"]),
        told["retried"],
        told["scored"],
        told["restated"],
        told.get("unread", {}),  # older landings do not say
        tuple(told.get("mended", ())),
    )


def still_unread(entries: Sequence[Entry]) -> dict[str, str]:
    """The files that were set aside and have not come in whole since, each with what is wrong with it."""
    files: dict[str, str] = {}
    for entry in entries:
        files = {name: what for name, what in files.items() if name not in entry.mended} | dict(entry.unread)
    return files


def earliest(known: Sequence[FirstDays]) -> FirstDays:
    """
    >>> earliest([{"events": {"app": 5}}, {"events": {"app": 3, "web": 9}}])
    {'events': {'app': 3, 'web': 9}}
    """
    merged: FirstDays = {}
    for each in known:
        for table, days in each.items():
            own = merged.setdefault(table, {})
            for source, day in days.items():
                own[source] = min(day, own.get(source, day))
    return merged
