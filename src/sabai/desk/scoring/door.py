"""The only door between the desk and the engine: lands facts, scores them, tells the pages what came of it.

Whatever is heavy is imported inside the functions, which only jobs call. They raise SabaiError, whose text people read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sabai.dates import to_day
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.company import Company
from sabai.errors import Issue, UsageError
from sabai.progress import Progress, quiet

if TYPE_CHECKING:
    from sabai.definitions.model import Definitions
    from sabai.desk.scoring.asked import Asked
    from sabai.desk.scoring.texts import Text
    from sabai.desk.scoring.tickets import Solved
    from sabai.facts.landed import Tally


@dataclass(frozen=True, slots=True)
class Landed:
    """What a landing added, and which accounts it speaks of; `number` 0: nothing came."""

    number: int = 0
    tallies: tuple[Tally, ...] = ()
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """`notices` are for people; `as_of` is the day that the desk speaks of now."""

    as_of: date
    version: str
    notices: tuple[Issue, ...]


def published(company: Company) -> Definitions:
    """The definitions in force; UsageError where there are none yet, DefinitionsError where they are wrong."""
    try:
        written = company.definitions.stat()
    except FileNotFoundError as error:
        raise UsageError(_no_definitions()) from error
    return _read(company.definitions, (written.st_mtime_ns, written.st_ino, written.st_size))


def request_of(workspace: Workspace) -> Asked:
    """What to ask the library of a workspace: its store by its published definitions; UsageError without facts."""
    from sabai.desk.scoring.asked import Asked

    company = Company.of(workspace)
    definitions = published(company)
    if not (company.store / "store.json").exists():
        raise UsageError(_no_facts())
    return Asked(definitions, company.store, company.out)


def land(workspace: Workspace, folder: Path, at: datetime, progress: Progress = quiet) -> Landed:
    """Exports in `folder` into the store, read by the sources of sabai.yaml."""
    from sabai.desk.scoring.landing import land_files

    company = Company.of(workspace)
    return land_files(company, published(company), folder, at, progress)


def land_incoming(workspace: Workspace, at: datetime) -> Landed:
    """What the desk took in so far, and what people did at the desk itself; nothing where nothing waits."""
    from sabai.desk.scoring import tray
    from sabai.desk.scoring.landing import land_batches
    from sabai.desk.scoring.ours import tellers

    company = Company.of(workspace)
    definitions, went = published(company), [(teller, teller.put_aside(workspace)) for teller in tellers()]
    if not tray.is_waiting(company):
        return Landed()
    found = land_batches(company, definitions, tray.taken(company), at)
    tray.done(company)
    for teller, told in went:
        teller.landed(workspace, told)
    return found


def score(workspace: Workspace, at: datetime, progress: Progress = quiet) -> Scored:
    """Scores every account by the published definitions, and writes what pages show."""
    from sabai.dates import from_day
    from sabai.desk.scoring import origins
    from sabai.desk.scoring.computing import computed
    from sabai.desk.scoring.opinions import write_opinions
    from sabai.desk.scoring.telling.origins import told_origins
    from sabai.desk.scoring.telling.write import tell
    from sabai.facts.stored.facts import StoredFacts

    write_opinions(workspace)
    today = to_day(workspace.day_of(at))
    run, days = computed(request_of(workspace), today, at, progress)
    tell(workspace, run, days, today)
    if isinstance(run.facts, StoredFacts):
        origins.keep(Company.of(workspace), list(told_origins(run.facts, run.definitions)))
    return Scored(from_day(days.as_of), run.definitions.version, (*run.facts.issues, *run.notices))


def live(workspace: Workspace, accounts: Iterable[str], at: datetime) -> Mapping[str, float | None]:
    """account_id -> its score as tomorrow would begin, judged as at the last scoring; {} before there was one."""
    from sabai.desk.scoring.computing import provisional

    return provisional(request_of(workspace), accounts, to_day(workspace.day_of(at)) + 1)


def person(workspace: Workspace, kind: str, value: str) -> Mapping[str, Sequence[str]]:
    """By which names the store knows an account, a contact or an address (`kind`): accounts, contacts, emails …"""
    from sabai.desk.scoring.person import names

    return names(Company.of(workspace), kind, value)


def rows_about(workspace: Workspace, kind: str, value: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Table by table the rows of the store that say anything of them."""
    from sabai.desk.scoring.person import rows

    return rows(Company.of(workspace), kind, value)


def forget(workspace: Workspace, kind: str, value: str, at: datetime) -> Mapping[str, Any]:
    """Takes them out of the store and its results; the receipt, which names nobody, {} where they were not there."""
    from sabai.desk.scoring.person import forgotten

    return forgotten(Company.of(workspace), kind, value, at)


@lru_cache(maxsize=32)
def _read(path: Path, written: tuple[int, ...]) -> Definitions:
    """Read once for as long as the file is the one that was `written` then: whoever lands every second asks often."""
    from sabai.definitions.reader import read_definitions

    return read_definitions(path)


def solved(workspace: Workspace, since: date) -> Sequence[Solved]:
    """The tickets that were solved from that day on, as the store knows them now; none before it knows any."""
    from sabai.desk.scoring.tickets import solved_since

    return solved_since(request_of(workspace).unlisted(), since)


def texts(workspace: Workspace, since: date) -> Iterator[Text]:
    """What people wrote from that day on: answers, tickets, notes of contacts, and why they left."""
    from sabai.desk.scoring.texts import texts as said

    return said(request_of(workspace).unlisted(), since)


def landings(workspace: Workspace) -> int:
    """How many landings there were; who has seen that many has seen all facts."""
    from sabai.desk.scoring.texts import landings as counted

    return counted(Company.of(workspace))


def _no_definitions() -> Issue:
    return Issue(
        "DSK-031",
        "There are no definitions yet.",
        why="Without them nobody knows what the numbers mean.",
        hint="Publish a first version on the page of definitions.",
    )


def _no_facts() -> Issue:
    return Issue(
        "DSK-033",
        "No facts have landed yet.",
        why="Scores are computed from what your tools tell.",
        hint="Upload exports or connect a source on the page of sources.",
    )
