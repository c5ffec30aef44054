"""What lies in a folder before anybody has said what it means: which sources of the starter have files there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sabai.cli.waiting import waiting

if TYPE_CHECKING:
    from sabai.definitions.model import Definitions

MOST_WEEKS = 53


@dataclass(frozen=True, slots=True)
class Exports:
    found: dict[str, list[str]]
    """source -> names of its files, at least one"""
    unread: list[str]
    """files that no source reads"""


def exports_in(folder: Path, definitions: Definitions) -> Exports:
    """Raises FactsError where something has the name of an export and cannot be read."""
    from sabai.facts.files import matching, present

    here = present(folder)
    files = {source.name: matching(source.files, here) for source in definitions.sources.values()}
    found = {source: [file.name for file in of] for source, of in files.items() if of}
    read = {name for names in found.values() for name in names}
    return Exports(found, [file.name for file in here if file.path.is_file() and file.name not in read])


def weeks_in(folder: Path, definitions: Definitions) -> tuple[date, date]:
    """The first and the last week that the exports can speak of, a year at most.

    They are landed for that, and forgotten again. Raises FactsError where they cannot be read as they are defined.
    """
    from sabai.dates import from_day
    from sabai.facts.land import land
    from sabai.metrics.calendar import reference_days

    with TemporaryDirectory() as results, waiting() as progress:
        facts = land(definitions, folder, Path(results) / "facts", progress=progress)
        weeks = reference_days(facts, replace(definitions.health, reference=None))[-MOST_WEEKS:]
    return from_day(weeks[0]), from_day(weeks[-1])
