"""CSV, TSV and their relatives: any separator and encoding, text columns only.

Whole files go through Polars. One that has rows with a wrong number of fields is taken apart again, row by row, so that
only those rows are lost.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl

from sabai.definitions.model import Source
from sabai.errors import FactsError, Issue
from sabai.facts.files import Found
from sabai.facts.readers.columns import chosen, in_batches
from sabai.facts.readers.plain import CHUNK, MAX_LINE, Looked, look_through

SEPARATORS = (",", ";", "\t", "|")


def batches(
    found: Found, source: Source, columns: list[str] | None, scratch: Path, size: int
) -> Iterator[pl.DataFrame]:
    csv.field_size_limit(MAX_LINE)
    looked = look_through(found, source.encoding, scratch)
    separator = source.separator or _separator(looked.path)
    header = _header(looked, separator)
    if not header:
        raise FactsError(
            Issue(
                "FCT-004",
                f'"{found.name}" has no header.',
                str(found.path),
                "Columns are known by their names.",
                "Write the names in the first line.",
            )
        )
    wanted = chosen(found, header, columns)
    if _is_even(looked, separator, len(header)):
        yield from _by_polars(looked.path, separator, header, wanted, size)
    else:
        yield from _row_by_row(found, looked, separator, header, wanted, size)


def _separator(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline(MAX_LINE)
    return max(SEPARATORS, key=lambda each: len(next(csv.reader([first], delimiter=each), [])))


def _header(looked: Looked, separator: str) -> list[str]:
    """Names of columns; a name that comes again gets a number, as Polars does."""
    with looked.path.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file, delimiter=separator), [])
    seen: dict[str, int] = {}
    for place, name in enumerate(names):
        seen[name] = seen.get(name, -1) + 1
        names[place] = name if seen[name] == 0 else f"{name}_duplicated_{seen[name] - 1}"
    return [name.strip() for name in names] if any(names) else []


def _is_even(looked: Looked, separator: str, width: int) -> bool:
    """Whether every row has `width` fields and no quote inside: then Polars and the csv module see the same rows."""
    if not looked.quotes:
        return width > 1 and _repeats(looked, separator.encode() * (width - 1))
    with looked.path.open(encoding="utf-8-sig", newline="") as file:
        try:
            rows = csv.reader(file, delimiter=separator, strict=True)
            return width > 1 and all(len(row) == width and '"' not in "".join(row) for row in islice(rows, 1, None))
        except csv.Error:
            return False


def _repeats(looked: Looked, separators: bytes) -> bool:
    """Whether nothing but the `separators` of one row is left in every line where all else is left out: many times
    faster than to count them line by line."""
    others = bytes(set(range(256)).difference(separators, b"\r\n"))
    with looked.path.open("rb") as file:
        end = b"\r\n" if file.readline(MAX_LINE).endswith(b"\r\n") else b"\n"
        file.seek(0)
        left = b""
        while chunk := file.read(CHUNK):
            left += chunk.translate(None, others)
            whole = len(left) // len(separators + end)
            if not left.startswith((separators + end) * whole):
                return False
            left = left[whole * len(separators + end) :]
    return left in (b"", separators)


def _by_polars(path: Path, separator: str, header: list[str], wanted: list[str], size: int) -> Iterator[pl.DataFrame]:
    rows = pl.scan_csv(path, separator=separator, infer_schema=False, glob=False, with_column_names=lambda _: header)
    yield from in_batches(rows.select(wanted).with_row_index("_row", offset=1), size)


def _row_by_row(
    found: Found, looked: Looked, separator: str, header: list[str], wanted: list[str], size: int
) -> Iterator[pl.DataFrame]:
    rows = islice(_rows(found, looked, separator, len(header)), 1, None)
    first, part = 1, list(islice(rows, size))
    while part or first == 1:
        yield _frame(part, header, first).select("_row", *wanted, "_broken")
        first, part = first + max(len(part), 1), list(islice(rows, size))


def _rows(found: Found, looked: Looked, separator: str, width: int) -> Iterator[tuple[list[str], str | None]]:
    """Rows that are not blank, each with what is wrong with it."""
    line = ""

    def remembered(file: Iterator[str]) -> Iterator[str]:
        nonlocal line
        for line in file:  # noqa: UP028 (the line is remembered)
            yield line

    with looked.path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(remembered(file), delimiter=separator, strict=True)
        while True:
            before = reader.line_num
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                if reader.line_num - before > 1:
                    raise FactsError(_unclosed(found, before + 1)) from problem
                yield [line.rstrip("\r\n")], f"its quotes do not match ({problem})"
                continue
            if row:
                yield row, None if len(row) == width else f"{len(row)} of {width} fields"


def _unclosed(found: Found, line: int) -> Issue:
    return Issue(
        "FCT-005",
        f'"{found.name}" has a quote in line {line} that does not close where it should.',
        str(found.path),
        "Everything behind it would be one cell; the file may have been cut.",
        'Export it again; inside quotes a quote is written twice: "".',
    )


def _frame(rows: list[tuple[list[str], str | None]], header: list[str], first: int) -> pl.DataFrame:
    filled = [(row + [""] * (len(header) - len(row)))[: len(header)] for row, _ in rows]
    frame = pl.DataFrame(filled, schema=dict.fromkeys(header, pl.String), orient="row")
    return frame.with_columns(
        pl.int_range(first, first + len(rows), dtype=pl.UInt32).alias("_row"),
        pl.Series("_broken", [broken for _, broken in rows], pl.String),
    )
