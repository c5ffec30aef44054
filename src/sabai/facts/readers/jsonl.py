"""JSON lines: one object a line; dotted names reach into nested objects. Values become the text that stood there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl

from sabai.definitions.model import Source
from sabai.errors import FactsError, Issue
from sabai.facts.files import Found
from sabai.facts.readers.columns import chosen
from sabai.facts.readers.plain import look_through

MAX_DEPTH = 32
MAX_CHARACTERS = 2**20
_KNOWN_FROM = 1000  # lines that say which names there are


def batches(
    found: Found, source: Source, columns: list[str] | None, scratch: Path, size: int
) -> Iterator[pl.DataFrame]:
    path = look_through(found, source.encoding, scratch).path
    present = _names(found, path)
    wanted = sorted(present) if columns is None else columns
    if columns is not None and set(columns) - present:
        chosen(found, sorted(present | _names(found, path, everywhere=True)), columns)
    lines = enumerate(_lines(path), start=1)
    while part := list(islice(lines, min(size, 100_000))):
        yield _frame([(n, _object(line)) for n, line in part], wanted)


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig") as file:
        yield from (line for line in file if line.strip())


def _object(line: str) -> dict[str, object] | None:
    """None where it is no object, too long or too deep; numbers stay the text they are."""
    if len(line) > MAX_CHARACTERS or _depth_at_most(line) > MAX_DEPTH:
        return None
    try:
        row = json.loads(line, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _depth_at_most(line: str) -> int:
    """Never less than the depth of nesting; exact only where it might be too much."""
    opened = line.count("{") + line.count("[")
    return opened if opened <= MAX_DEPTH else _depth(line)


def _depth(line: str) -> int:
    depth = deepest = 0
    for mark in line:
        depth += (mark in "{[") - (mark in "}]")
        deepest = max(deepest, depth)
    return deepest


def _names(found: Found, path: Path, everywhere: bool = False) -> set[str]:
    names: set[str] = set()
    start = _lines(path)
    for line in start if everywhere else islice(start, _KNOWN_FROM):
        if line.lstrip().startswith("[") and not names:
            raise FactsError(
                Issue(
                    "FCT-016",
                    f'"{found.name}" is one JSON array, not JSON lines.',
                    str(found.path),
                    "An array must be loaded whole.",
                    "Write one object a line (jq -c '.[]').",
                )
            )
        names |= set(_dotted(_object(line) or {}))
    return names


def _dotted(row: dict[str, object], before: str = "") -> Iterator[str]:
    for name, value in row.items():
        yield before + name
        if isinstance(value, dict):
            yield from _dotted(value, f"{before}{name}.")


def _at(row: dict[str, object] | None, path: str) -> str | None:
    here: object = row
    if isinstance(here, dict) and path not in here:
        for step in path.split("."):
            here = here.get(step) if isinstance(here, dict) else None
    elif isinstance(here, dict):
        here = here[path]
    return _text(here)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _frame(rows: list[tuple[int, dict[str, object] | None]], wanted: list[str]) -> pl.DataFrame:
    columns = [pl.Series(name, [_at(row, name) for _, row in rows], pl.String) for name in wanted]
    broken = [None if row is not None else "not a JSON object" for _, row in rows]
    numbers = pl.Series("_row", [n for n, _ in rows], pl.UInt32)
    return pl.DataFrame([numbers, *columns, pl.Series("_broken", broken, pl.String)])
