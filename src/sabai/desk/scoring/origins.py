"""The sources that definitions name, as the last scoring found them: written by jobs, read by pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from sabai.desk.scoring.company import Company
from sabai.store.aside import aside


@dataclass(frozen=True, slots=True)
class Origin:
    """`newest`: when its newest fact was known; None: nothing of it has ever come. Of its rows, `aside` cannot be taken
    for facts, and `waiting` for an account or contact that nobody has told of."""

    name: str
    table: str
    newest: datetime | None = None
    aside: int = 0
    waiting: int = 0


def origins(company: Company) -> list[Origin]:
    """In the order in which definitions name them; [] before there was a scoring."""
    file = _file(company)
    return msgspec.json.decode(file.read_bytes(), type=list[Origin]) if file.exists() else []


def keep(company: Company, found: Sequence[Origin]) -> None:
    """For the pages; those of before are gone."""
    with aside(_file(company)) as unfinished:
        unfinished.write_bytes(msgspec.json.encode(found))


def _file(company: Company) -> Path:
    return company.folder / "origins.json"
