"""What a job does with a file that a person brought: looks into it, and later lands it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from sabai.desk.drafts.checked import checked
from sabai.desk.drafts.queries import published
from sabai.desk.intake.files.guess import guessed
from sabai.desk.intake.files.open import Unreadable, rows_of
from sabai.desk.intake.files.repeat import Columns, known
from sabai.desk.intake.files.values import value
from sabai.desk.intake.landing.lines import stamp
from sabai.desk.intake.models import Upload
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.sources import put
from sabai.errors import Issue
from sabai.facts.catalogue import TABLES

SAMPLES = 200
SHOWN = 8
TOLD = 20  # problems of a file that are kept to be read


def look_into(upload: Upload) -> None:
    """Its first rows, and a guess of what they are; or why it cannot be read."""
    try:
        with upload.file.open("rb") as file:
            samples = list(islice(rows_of(upload.name, file), SAMPLES))
    except Unreadable as wrong:
        return _failed(upload, str(wrong))
    if not samples:
        return _failed(upload, "it has no rows")
    names = list(dict.fromkeys(name for row in samples for name in row))
    found = _known(upload, names)
    if found is not None:
        upload.source, upload.table, upload.columns = found
    else:
        upload.table, upload.columns = guessed(names, samples)
    upload.looked = {"names": names, "rows": samples[:SHOWN]}
    upload.state = "asking"
    upload.save(update_fields=["source", "table", "columns", "looked", "state"])
    return None


def _known(upload: Upload, names: list[str]) -> tuple[str, str, Columns] | None:
    """By the definitions in use; before there are any, no file is known."""
    version = published(upload.workspace)
    definitions = checked(version.text).definitions if version else None
    return known(definitions, upload.name, names) if definitions else None


def bring_in(upload: Upload) -> None:
    """Its rows as the person said what they are, for the company's store to take."""
    upload.problems, upload.taken = [], 0
    try:
        with upload.file.open("rb") as file:
            rows = rows_of(upload.name, file)
            company, name = Company.of(upload.workspace), f"upload-{upload.pk:012d}"
            put(company, upload.table, upload.source, _mapped(upload, rows), name)
    except Unreadable as wrong:
        return _failed(upload, str(wrong))
    upload.state = "landed"
    upload.save(update_fields=["problems", "taken", "state"])
    return None


def _mapped(upload: Upload, rows: Iterator[dict[str, str]]) -> Iterator[dict[str, Any]]:
    """Rows of our table; one that lacks what the table needs is told of and left out."""
    table, received = TABLES[upload.table], stamp(timezone.now())
    for index, row in enumerate(rows, start=2):
        made = _made(upload, row)
        lacking = [name for name in dict.fromkeys((*table.required, *table.key[:1])) if made.get(name) in (None, "")]
        if lacking:
            _problem(upload, index, lacking[0])
            continue
        upload.taken = (upload.taken or 0) + 1
        yield made | {"received_at": received}


def _made(upload: Upload, row: dict[str, str]) -> dict[str, Any]:
    kinds, zone = TABLES[upload.table].columns, ZoneInfo(upload.workspace.time_zone)
    named = upload.columns.get("currency", {}).get("from", "")
    currency = row.get(named) or upload.workspace.currency
    return {
        ours: value(kinds[ours], row[theirs["from"]], theirs["dates"], currency, zone)
        for ours, theirs in upload.columns.items()
        if theirs["from"] in row
    }


def _problem(upload: Upload, row: int, column: str) -> None:
    if len(upload.problems) < TOLD:
        upload.problems.append({"row": row, "column": column})


def _failed(upload: Upload, why: str) -> None:
    issue = Issue("DSK-330", f"The file cannot be read: {why}.", upload.name, hint="Save it as CSV or XLSX again.")
    upload.problems, upload.state = [{"what": issue.what, "hint": issue.hint}], "failed"
    upload.save(update_fields=["problems", "state"])
