"""What lies in `incoming`, made ready to land: moved aside first, so that it is told apart from what comes later."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from sabai.desk.scoring.company import Company
from sabai.desk.scoring.sources import make_durable
from sabai.facts.catalogue import TABLES

MOST_BYTES = 64 * 2**20  # that land at once; the others land next
MOST_PROPERTIES = 200  # of one table in one landing; the others stay out
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one table and source, in the order in which they came."""

    table: str
    source: str
    rows: list[Row]

    @property
    def columns(self) -> list[str]:
        """Those that any row has."""
        seen = dict.fromkeys(name for row in self.rows for name in row)
        properties = [name for name in seen if name.startswith("properties.")]
        left_out = frozenset(properties[MOST_PROPERTIES:])
        return [name for name in seen if name not in left_out]


def is_waiting(company: Company) -> bool:
    """Whether anything waits to be landed."""
    return company.landing.exists() or _making(company).exists() or bool(_files(company.incoming))


def taken(company: Company) -> list[Batch]:
    """What waits, moved to `landing`; where a landing was interrupted, just what it had."""
    if not company.landing.exists():
        making = _making(company)
        making.mkdir(parents=True, exist_ok=True)  # files that a killed process had moved lie here and stay
        for path in _first(_files(company.incoming)):
            kept = making / path.relative_to(company.incoming)
            kept.parent.mkdir(parents=True, exist_ok=True)
            path.rename(kept)
        making.rename(company.landing)
        make_durable(company.folder)
    folders = sorted({path.parent for path in _files(company.landing)})
    found = [Batch(folder.parent.name, folder.name, list(_rows(folder))) for folder in folders]
    return [batch for batch in found if batch.rows]


def write(company: Company, batch: Batch, columns: Collection[str]) -> str:
    """One file of a batch, in which every row has all the columns; its name inside `landing`."""
    name = f"{batch.table}.{batch.source}.jsonl"
    with (company.landing / name).open("wb") as file:
        for row in batch.rows:
            file.write(msgspec.json.encode({column: row.get(column) for column in columns}) + b"\n")
    return name


def done(company: Company) -> None:
    """What was taken has landed."""
    gone = company.folder / ".landed"
    shutil.rmtree(gone, ignore_errors=True)
    company.landing.rename(gone)
    shutil.rmtree(gone)


def _making(company: Company) -> Path:
    return company.folder / ".landing"


def _files(folder: Path) -> list[Path]:
    whole = (path for path in folder.glob("*/*/*.jsonl") if not path.name.startswith("."))
    return sorted(path for path in whole if path.parent.parent.name in TABLES)


def _first(files: list[Path]) -> Iterator[Path]:
    """As many as land at once, in the order in which they came; one at least."""
    files = sorted(files, key=lambda path: path.name)
    sums = accumulate(path.stat().st_size for path in files)
    return (path for path, upto in zip(files, sums, strict=True) if path == files[0] or upto <= MOST_BYTES)


def _rows(folder: Path) -> Iterator[Row]:
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    for path in _files(folder.parent.parent):
        if path.parent == folder:
            with path.open("rb") as lines:
                yield from (flat(decode(line), folder.parent.name) for line in lines if line.strip())


def flat(row: Mapping[str, Any], table: str) -> Row:
    """Columns of the table, with properties as columns of their own; what is neither stays out.

    >>> flat({"name": "login", "properties": {"plan": "pro", "deep": {}}, "stray": 1}, "events")
    {'name': 'login', 'properties.plan': 'pro'}
    """
    known = {name: value for name, value in row.items() if name in TABLES[table].columns or name == "received_at"}
    told = known.pop("properties", None)
    if isinstance(told, dict):
        known |= {f"properties.{name}": value for name, value in told.items() if isinstance(value, str | int | float)}
    return known
