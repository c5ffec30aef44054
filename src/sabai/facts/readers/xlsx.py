"""Excel and OpenDocument sheets: the first one, or the one that the source names. Cells become text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from sabai.definitions.model import Source
from sabai.errors import FactsError, Issue, did_you_mean
from sabai.facts.files import Found
from sabai.facts.readers.columns import chosen

MAX_UNPACKED = 2**30


def batches(found: Found, source: Source, columns: list[str] | None) -> Iterator[pl.DataFrame]:
    """Raises FactsError for a broken file, a bomb, a sheet that is not there, or one without rows."""
    rows = _sheet(found, source.sheet)
    if not rows or not any(rows[0]):
        raise FactsError(
            Issue(
                "FCT-004",
                f'"{found.name}" has an empty sheet.',
                str(found.path),
                "Columns are known by the names in the first row.",
                "Name another sheet in the source.",
            )
        )
    header = [_text(cell) or f"column_{place + 1}" for place, cell in enumerate(rows[0])]
    wanted = chosen(found, header, columns)
    body = [(n, row) for n, row in enumerate(rows[1:], start=1) if any(cell != "" for cell in row)]
    places = {name: header.index(name) for name in wanted}
    cells = [pl.Series(name, [_text(row[at]) for _, row in body], pl.String) for name, at in places.items()]
    yield pl.DataFrame([pl.Series("_row", [n for n, _ in body], pl.UInt32), *cells])


def _sheet(found: Found, name: str | None) -> list[list[Any]]:
    try:
        _refuse_bomb(found)
        book = CalamineWorkbook.from_path(str(found.path))
        sheet = name or book.sheet_names[0]
        if sheet not in book.sheet_names:
            raise FactsError(
                Issue(
                    "FCT-003",
                    f'"{found.name}" has no sheet "{sheet}".',
                    str(found.path),
                    "Nothing is known from it.",
                    did_you_mean(sheet, book.sheet_names),
                )
            )
        return book.get_sheet_by_name(sheet).to_python()
    except (CalamineError, zipfile.BadZipFile, OSError) as problem:
        raise FactsError(
            Issue(
                "FCT-005",
                f'"{found.name}" is no whole workbook ({problem}).',
                str(found.path),
                "It was probably cut while it was copied, or has a password.",
                "Open and save it again.",
            )
        ) from problem


def _refuse_bomb(found: Found) -> None:
    if not zipfile.is_zipfile(found.path):
        return
    with zipfile.ZipFile(found.path) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > MAX_UNPACKED:
        raise FactsError(
            Issue(
                "FCT-009",
                f'"{found.name}" unpacks to {size >> 20} MB.',
                str(found.path),
                "It would fill the memory.",
                "Save it as CSV or Parquet.",
            )
        )


def _text(cell: Any) -> str | None:
    """Whole numbers without ".0", dates and times as ISO 8601.

    >>> _text(3.0), _text(datetime(2024, 1, 2)), _text("")
    ('3', '2024-01-02 00:00:00', None)
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, (datetime, date, time)):
        return str(cell)
    return str(cell) if cell != "" else None
