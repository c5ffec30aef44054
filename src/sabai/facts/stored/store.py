"""A store: facts that stay. Landing adds to it, and everything else reads it as the log left it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from sabai.dates import to_day
from sabai.definitions.model import Definitions
from sabai.errors import FactsError, Issue
from sabai.facts.collected import collected
from sabai.facts.incoming import inbox
from sabai.facts.landed import Tally
from sabai.facts.landing import Landing
from sabai.facts.received import Late
from sabai.facts.stored import settings as begun
from sabai.facts.stored import suppressed
from sabai.facts.stored.aside import counted_once
from sabai.facts.stored.compact import MOST_FILES, tidy, vacuum
from sabai.facts.stored.damage import check, naming_damage
from sabai.facts.stored.exports import Exports
from sabai.facts.stored.facts import StoredFacts
from sabai.facts.stored.log import Entry, Log, earliest, still_unread
from sabai.facts.stored.mend import missing
from sabai.facts.stored.onto import Onto
from sabai.facts.stored.unfinished import tidied, to_the_end
from sabai.facts.strays import without_strays
from sabai.facts.unread import Unread, told
from sabai.progress import Progress, quiet
from sabai.store.objects.shared import shared
from sabai.store.turns import in_turn


class Stops(Enum):
    """What ends a landing before anything of it counts."""

    AT_A_BAD_ROW = 1  # or a damaged file
    AT_A_DAMAGED_FILE = 2
    NEVER = 3  # both are set aside


@dataclass(frozen=True, slots=True)
class Added:
    """What a landing added; no tallies: exactly these files had landed before."""

    number: int
    tallies: tuple[Tally, ...]
    issues: tuple[Issue, ...]
    retried: Mapping[str, int] = field(default_factory=dict)  # table -> rows that had come in before, and waited
    accounts: tuple[str, ...] = ()  # of which it brought anything
    unread: Mapping[str, str] = field(default_factory=dict)  # damaged file that was set aside -> what is wrong with it


@shared
def land_into(
    definitions: Definitions, data: Path, store: Path, at: datetime, *,
    buckets: int = begun.BUCKETS, stops: Stops = Stops.AT_A_DAMAGED_FILE, progress: Progress = quiet,
    waits: Callable[[], None] = lambda: None,
) -> Added:  # fmt: skip
    """Adds the files of `data` to the `store`, which is begun where there is none; the same again adds nothing.

    Landers take turns. Whatever stops a landing before its end, the store is as it was. `at`: when it is received.
    A damaged file is set aside where nothing `stops` it.
    """
    with in_turn(store, waits):
        settings = begun.begin(store, definitions.workspace, buckets)
        log = Log(store)
        entries = log.entries()
        exports, unread = Exports.of(definitions, data), Unread() if stops is Stops.NEVER else None
        print_ = exports.fingerprint(definitions)
        tidied(store, entries[-1] if entries else None)
        if _has_landed(print_, entries):
            return Added(len(entries), (), exports.issues)
        onto = Onto(store, settings, entries[-1] if entries else None, at, suppressed.read(store))
        with naming_damage(store), to_the_end(store, onto.last):
            onto.check()
            with TemporaryDirectory() as scratch:
                found = exports.after(onto.aside.waiting(Path(scratch), definitions.sources))
                with inbox(definitions, found, exports.joined, Path(scratch), _late(entries, at), unread) as box:
                    strict = stops is Stops.AT_A_BAD_ROW
                    landed = Landing(definitions, box, onto, progress=progress, strict=strict).run()
            landed = onto.suppressed.left_out(landed, definitions)
            landed = counted_once(replace(landed, rejects=onto.aside.as_it_came(landed.rejects, exports.found)))
            retried = dict(onto.aside.counted(exports.found))
            versions = onto.commit(landed.rejects, exports.found)
            damaged = unread.files if unread else {}
            came_in = dict.fromkeys(exports.sources(damaged), at)
            entry = Entry(
                onto.number, "landing", at, "" if damaged else print_, versions, landed.first_days, came_in,
                landed.tallies, retried, unread=damaged,
                mended=tuple(sorted(exports.whole(damaged).intersection(still_unread(entries)))),
            )  # fmt: skip
            log.add(entry)
        if tidy(store, settings, entry, at) or onto.number % MOST_FILES == 0:
            vacuum(store)
        return Added(onto.number, landed.tallies, exports.issues, retried, onto.accounts, damaged)


def _has_landed(fingerprint: str, entries: list[Entry]) -> bool:
    """Whether just these files landed, and nothing was set aside since that they may bring back."""
    since = takewhile(lambda entry: entry.kind != "mending", reversed(entries))
    return any(entry.fingerprint == fingerprint for entry in since)


def _late(entries: list[Entry], at: datetime) -> Late | None:
    """What was received before the last scores, and comes in now, is late."""
    scored = max((entry.scored for entry in entries if entry.scored is not None), default=None)
    return None if scored is None else Late(scored, at)


def is_store(folder: Path) -> bool:
    return (folder / begun.NAME).is_file()


def stored(definitions: Definitions, store: Path, known_on: date | None = None) -> StoredFacts:
    """The facts of a store as the log says, or as far as they were known on a day.

    FactsError where there is none, or nothing has landed.
    """
    return _with_accounts(unlisted(definitions, store, known_on))


def unlisted(definitions: Definitions, store: Path, known_on: date | None = None) -> StoredFacts:
    """The same without their accounts, for who asks only `of` some."""
    settings, entries = begun.read(store), Log(store).entries()
    if settings is None or not entries:
        raise FactsError(_nothing_in(store))
    check(store, entries[-1].versions)
    at_hand = {source for entry in entries for source in entry.landed}
    facts = StoredFacts(
        store,
        (),
        _added(entries),
        collected(earliest([entry.first_days for entry in entries]), definitions.sources, at_hand),
        (*told(still_unread(entries), str(store)), *missing(store)),
        settings=settings,
        versions=entries[-1].versions,
        restated=max(entry.restated for entry in entries),
        known_on=to_day(known_on) if known_on else None,
    )
    return without_strays(facts, definitions.sources)


@shared
def mark_scored(store: Path, last: int, at: datetime) -> None:
    """Says in the log that scores are computed up to the as-of day `last`: what was received before it and comes in
    later counts from when it comes in."""
    with in_turn(store, lambda: None):
        entries = Log(store).entries()
        if all(entry.scored is None or entry.scored < last for entry in entries):
            newest = entries[-1]
            Log(store).add(Entry(newest.number + 1, "scored", at, "", newest.versions, scored=last))


@shared
def mark_restated(store: Path, at: datetime) -> None:
    """Says in the log that all that came late so far counts as if it had come in time."""
    with in_turn(store, lambda: None):
        newest = Log(store).entries()[-1]
        Log(store).add(Entry(newest.number + 1, "restated", at, "", newest.versions, restated=newest.number))


def restated_upto(store: Path) -> int:
    """The landing up to which facts that came late count as if they had come in time; 0 where none do."""
    return max((entry.restated for entry in Log(store).entries()), default=0)


def _with_accounts(facts: StoredFacts) -> StoredFacts:
    ids = facts.scan("accounts").select(pl.col("account_id").unique()).collect()["account_id"].drop_nulls().to_list()
    return replace(facts, account_ids=tuple(sorted(ids, key=facts.place)))


def _added(entries: list[Entry]) -> tuple[Tally, ...]:
    """What became of all rows that ever came in, table by table."""
    tables = dict.fromkeys(tally.table for entry in entries for tally in entry.tallies)
    retried = Counter[str]()
    for entry in entries:
        retried.update(entry.retried)
    return tuple(
        _sum([tally for entry in entries for tally in entry.tallies if tally.table == table], retried[table])
        for table in tables
    )


def _sum(tallies: list[Tally], retried: int) -> Tally:
    """`retried` rows came in and waited, and came in again: they count once, as what became of them at last."""
    counts = ("rows_in", "facts", "versions", "duplicates", "conflicts", "waiting", "rejects")
    kept = [tally.facts + tally.versions for tally in tallies]
    assumed = sum(tally.received_assumed * rows for tally, rows in zip(tallies, kept, strict=True))
    share = assumed / sum(kept) if sum(kept) else 0.0
    total = {name: sum(getattr(tally, name) for tally in tallies) for name in counts}
    total |= {name: total[name] - retried for name in ("rows_in", "waiting")}
    return Tally(tallies[0].table, **total, received_assumed=share)


def _nothing_in(store: Path) -> Issue:
    return Issue(
        "FCT-200",
        f"There are no facts in {store}.",
        str(store),
        "Scores are computed from facts that have landed.",
        "Run  sabai land EXPORTS  first, or name another store with --store.",
    )
