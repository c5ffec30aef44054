"""Takes somebody out of a store, so that no byte of it names them, and sees to it that they do not come back."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

import polars as pl

from sabai.errors import FactsError, Issue
from sabai.facts.catalogue import TABLES
from sabai.facts.landed import Tally
from sabai.facts.stored import settings as begun
from sabai.facts.stored import suppressed
from sabai.facts.stored.aside import NAME as ASIDE
from sabai.facts.stored.aside import Aside
from sabai.facts.stored.blanks import Left, without, without_in_aside
from sabai.facts.stored.damage import naming_damage
from sabai.facts.stored.facts import StoredFacts
from sabai.facts.stored.log import Entry, Log
from sabai.facts.stored.mend import emptied
from sabai.facts.stored.person import Person, person
from sabai.facts.stored.shelf import MOVED
from sabai.facts.stored.suppressed import Name
from sabai.facts.stored.unfinished import to_the_end
from sabai.store.aside import aside as written_aside
from sabai.store.delta import File, NewFile, OpenTable
from sabai.store.objects.shared import shared
from sabai.store.turns import in_turn

RECEIPTS = "erasures"


@dataclass(frozen=True, slots=True)
class Erased:
    """`gone` and `changed`: rows of each table; `receipt` proves it, and names nobody."""

    number: int
    accounts: frozenset[str]
    gone: Mapping[str, int]
    changed: Mapping[str, int]
    receipt: Path


@shared
def erase(store: Path, asked: Name, at: datetime, waits: Callable[[], None] = lambda: None) -> Erased:
    """Takes an account with all its people, or one person, out of every table; old files go at once.

    Interrupted, the same again comes to the end. FactsError where there is no store (FCT-200), or nobody in it goes by
    that name and nobody ever did (FCT-204).
    """
    with in_turn(store, waits), naming_damage(store):
        facts, entries = _facts(store), Log(store).entries()
        who = person(facts, asked)
        work = _Work(facts, who, entries[-1], at)
        with to_the_end(store, entries[-1]):
            work.check()
            work.write()
            if not work.new and asked not in suppressed.read(store):
                raise FactsError(_nobody(store, asked))
            suppressed.add(store, who.names())
            work.commit()
        for table in work.tables.values():
            table.forget_files()
        emptied(store)
        gone = {name: sum(map(len, parts)) for name, parts in work.gone.items()}
        return Erased(work.number, who.accounts, gone, work.changed, work.receipt())


def _facts(store: Path) -> StoredFacts:
    settings, entries = begun.read(store), Log(store).entries()
    if settings is None or not entries:
        raise FactsError(_no_store(store))
    return StoredFacts(store, (), (), {}, settings=settings, versions=entries[-1].versions)


@dataclass
class _Work:
    """One erasure: what is written first, and what is shown then."""

    facts: StoredFacts
    who: Person
    last: Entry
    at: datetime
    gone: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    changed: Counter[str] = field(default_factory=Counter)
    new: dict[str, tuple[list[NewFile], list[File]]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.last.number + 1

    @cached_property
    def tables(self) -> dict[str, OpenTable]:
        """All that were begun."""
        shelves = {name: self.facts.shelf(name).files for name in TABLES}
        every = {**shelves, ASIDE: Aside(self.facts.folder, self.facts.versions.get(ASIDE, -1)).table}
        return {name: table for name, table in every.items() if table.is_begun}

    def check(self) -> None:
        """SabaiError STO-003 where a file is not there, or cut."""
        for table in self.tables.values():
            table.check()

    def write(self) -> None:
        """Durable files of what is left of those that name them; nobody sees them yet."""
        for name, table in self.tables.items():
            table.put_back()
            for file in table.files():
                rows = pl.read_parquet(table.folder / file.path, hive_partitioning=False, glob=False)
                left = without_in_aside(self.who, rows) if name == ASIDE else without(self.who, rows, TABLES[name])
                if left.differs:
                    self._keep(name, table, file, left)

    def _keep(self, name: str, table: OpenTable, file: File, left: Left) -> None:
        added, gone = self.new.setdefault(name, ([], []))
        gone.append(file)
        if left.rows.height and name == ASIDE:
            added.append(table.write(file.part, left.rows))
        elif left.rows.height:
            added.append(self.facts.shelf(name).rewritten(file.part, left.rows))
        self.changed[name] += left.changed
        self.gone.setdefault(name, []).append(left.gone.with_columns(pl.lit(file.part).alias("_part")))

    def commit(self) -> None:
        """Shown in one step, as a landing is; the caches of what it held go."""
        store, versions = self.facts.folder, dict(self.last.versions)
        for name, (added, gone) in self.new.items():
            versions[name] = self.tables[name].commit(added, gone, self.at)
            shutil.rmtree(store / "keys" / name, ignore_errors=True)
        Log(store).add(Entry(self.number, "erasure", self.at, "", versions, tallies=self._tallies()))

    def _tallies(self) -> tuple[Tally, ...]:
        """What had become facts, waited or was in conflict has now been rejected."""
        told: Counter[tuple[str, str]] = Counter()
        shares: dict[str, float] = {}
        for name, parts in self.gone.items():
            rows = pl.concat(parts, how="diagonal")
            if name == ASIDE:
                told.update(
                    {(table, fate): count for table, fate, count in rows.group_by("table", "_part").len().rows()}
                )
                continue
            rows = rows.filter(~pl.col(MOVED))
            things = rows.select(pl.struct("source", "key").n_unique()).item() if rows.height else 0
            told.update({(name, "facts"): things, (name, "versions"): rows.height - things})
            shares[name] = float(rows.select(pl.col("received_assumed").mean().fill_null(0.0)).item() or 0.0)
        return tuple(_taken_back(table, told, shares.get(table, 0.0)) for table in sorted({name for name, _ in told}))

    def receipt(self) -> Path:
        """Proves what was done when; nobody can be read out of it."""
        path = self.facts.folder / RECEIPTS / f"{self.number:06d}.json"
        counts = {name: sum(map(len, parts)) for name, parts in self.gone.items()}
        told = {
            "erasure": self.number,
            "at": self.at.isoformat(),
            "of": self.who.asked.kind,
            "what": suppressed.read(self.facts.folder).hash(self.who.asked),
            "rows_gone": counts,
            "rows_changed": {name: count for name, count in self.changed.items() if count},
        }
        with written_aside(path) as unfinished:
            unfinished.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        return path


def _taken_back(table: str, told: Counter[tuple[str, str]], assumed: float) -> Tally:
    facts, versions, waiting, conflicts = (told[table, fate] for fate in ("facts", "versions", "waiting", "conflict"))
    rejected = facts + versions + waiting + conflicts
    return Tally(table, 0, -facts, -versions, 0, -conflicts, -waiting, rejected, assumed)


def _no_store(store: Path) -> Issue:
    return Issue(
        "FCT-200",
        f"There are no facts in {store}.",
        str(store),
        "Nobody can be erased from it.",
        "Name the folder into which you land.",
    )


def _nobody(store: Path, asked: Name) -> Issue:
    return Issue(
        "FCT-204",
        f'Nobody in the store goes by the {asked.kind} "{asked.value}".',
        str(store),
        "A slip of the keyboard would keep somebody else out for good, so nothing was changed.",
        "Write the name as it stands in the facts; ids are told apart by capital letters.",
    )
