"""The sheets as the last job wrote them, and health over time. Nothing is computed here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from sabai.desk.insight.questions import SHEETS, Sheet
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.models import Count
from sabai.health.scores import BANDS

INDEX = "sheets.json"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a sheet answers in the reader's language; `problem` where it could not be computed."""

    sheet: Sheet
    title: str
    answer: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sheets:
    """`made_at` None: none was made yet."""

    made_at: datetime | None
    answers: tuple[Answered, ...]


def folder_of(workspace: Workspace) -> Path:
    return Company.of(workspace).out / "insight"


def people_of(workspace: Workspace) -> dict[str, str]:
    """How the company's tools call its people, casefolded -> their names here."""
    members = Membership.of(workspace).filter(left_at=None).exclude(known_as="").select_related("user")
    return {member.known_as.casefold(): str(member.user) for member in members}


def sheets(member: Membership, code: str) -> Sheets:
    """Those that this member may see, in the language `code`."""
    index = folder_of(member.workspace) / INDEX
    if not index.exists():
        return Sheets(None, ())
    told = json.loads(index.read_text(encoding="utf-8"))
    return Sheets(datetime.fromisoformat(told["made_at"]), tuple(_answered(member, told["sheets"], code)))


def main_of(workspace: Workspace, name: str, code: str) -> str:
    """The markup of one sheet; "" where it was not made."""
    path = folder_of(workspace) / name / f"{code}.main.html"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def tables_of(workspace: Workspace, name: str) -> dict[str, Path]:
    """The tables behind a sheet, by name; one without rows is none."""
    return {path.stem: path for path in sorted((folder_of(workspace) / name).glob("*.csv")) if _has_rows(path)}


def _has_rows(path: Path) -> bool:
    with path.open("rb") as file:
        return len(list(islice(file, 2))) > 1


def health_over_time(workspace: Workspace) -> tuple[list[date], list[list[int]]]:
    """The as-of dates, and for each how many customers stood in each of BANDS."""
    counts: dict[date, dict[str, int]] = {}
    for as_of, band, accounts in Count.of(workspace).order_by("as_of").values_list("as_of", "band", "accounts"):
        counts.setdefault(as_of, {})[band] = accounts
    return list(counts), [[of_day.get(band, 0) for band in BANDS] for of_day in counts.values()]


def _answered(member: Membership, told: dict[str, dict[str, dict[str, str]]], code: str) -> Iterator[Answered]:
    for sheet in SHEETS:
        said = told.get(sheet.name)
        if said is None or not member.may(sheet.needs):
            continue
        if "problem" in said:
            yield Answered(sheet, sheet.title, problem=str(said["problem"]))
        else:
            yield Answered(sheet, said[code]["title"], said[code]["answer"])
