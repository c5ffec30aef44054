"""The rows of a file, whatever kind of table it is: CSV, TSV, XLSX or JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import IO, Any

KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".jsonl", ".ndjson")
FILE_BYTES = 50 * 2**20
CELL = 5_000  # characters of one cell
COLUMNS = 500

Row = dict[str, str]


class Unreadable(ValueError):
    """A file that holds no table we can read; the text says why."""


def rows_of(name: str, file: IO[Any]) -> Iterator[Row]:
    """Each row by the names in the first one; empty cells are left out. Unreadable where it is no table."""
    kind = name.lower()
    try:
        if kind.endswith(".xlsx"):
            yield from _workbook(file)
        elif kind.endswith((".jsonl", ".ndjson")):
            yield from _lines(file)
        else:
            yield from _separated(file)
    except (csv.Error, ValueError, OSError) as wrong:
        raise wrong if isinstance(wrong, Unreadable) else Unreadable(str(wrong)[:300]) from None


def _separated(file: IO[Any]) -> Iterator[Row]:
    from charset_normalizer import from_bytes

    start = file.read(64 * 1024)
    file.seek(0)
    best = from_bytes(start).best()
    encoding = "utf-8-sig" if _is_utf8(start) else best.encoding if best else "utf-8"
    lines = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    csv.field_size_limit(CELL)
    sample = lines.readline()
    separator = max(",;\t|", key=sample.count)
    lines.seek(0)
    yield from _named(csv.reader(lines, delimiter=separator))


def _is_utf8(start: bytes) -> bool:
    """Whether it reads as UTF-8, a character cut at the end left aside."""
    try:
        start[:-4].decode()
    except UnicodeDecodeError:
        return False
    return True


def _workbook(file: IO[Any]) -> Iterator[Row]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        yield from _named([_cell(cell) for cell in row] for row in sheet.iter_rows())
    except CalamineError as wrong:
        raise Unreadable(str(wrong)[:300]) from None


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _named(lines: Iterator[list[str]]) -> Iterator[Row]:
    names = [name.strip()[:200] for name in next(lines, [])]
    if not any(names) or len(names) > COLUMNS:
        raise Unreadable("the first row must name the columns, at most 500")
    for line in lines:
        row = {name: cell.strip()[:CELL] for name, cell in zip(names, line, strict=False) if name and cell.strip()}
        if row:
            yield row


def _lines(file: IO[Any]) -> Iterator[Row]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        row = json.loads(line)
        if not isinstance(row, dict):
            raise Unreadable(f"line {number} is no object")
        yield {str(name)[:200]: _told(value)[:CELL] for name, value in row.items() if value is not None}


def _told(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
