"""Readers of foreign files, one small module a format. Each gives batches of raw rows, numbered from 1 in `_row`.

Text formats give text columns only, so that nothing is guessed. A row that cannot be taken apart has `_broken`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sabai.definitions.model import Source
from sabai.errors import FactsError, Issue
from sabai.facts.files import Found
from sabai.facts.readers import jsonl, parquet, separated, xlsx

BATCH_ROWS = 250_000


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read: what the source says, and a folder for unpacked copies."""

    source: Source
    scratch: Path


def batches(found: Found, reading: Reading, columns: list[str] | None) -> Iterator[pl.DataFrame]:
    """Raw rows with the named columns (None: all, and then missing ones are no error).

    Raises FactsError if the file is empty, cut, of an unknown kind, or lacks a column.
    """
    kind = found.path.name.lower().removesuffix(".gz").rpartition(".")[2]
    source, scratch = reading.source, reading.scratch
    if found.path.stat().st_size == 0:
        raise FactsError(_empty(found))
    if kind in ("csv", "tsv", "txt", "tab"):
        yield from separated.batches(found, source, columns, scratch, BATCH_ROWS)
    elif kind in ("jsonl", "ndjson", "json"):
        yield from jsonl.batches(found, source, columns, scratch, BATCH_ROWS)
    elif kind in ("parquet", "pq"):
        yield from parquet.batches(found, columns, BATCH_ROWS)
    elif kind in ("xlsx", "xlsm", "xls", "xlsb", "ods"):
        yield from xlsx.batches(found, source, columns)
    else:
        raise FactsError(
            Issue(
                "FCT-016",
                f'"{found.name}" is of a kind that cannot be read.',
                str(found.path),
                "Nothing is known from it.",
                "Save it as CSV, TSV, JSON lines, Parquet or XLSX; .gz may follow the first three.",
            )
        )


def _empty(found: Found) -> Issue:
    return Issue(
        "FCT-004",
        f'"{found.name}" is empty.',
        str(found.path),
        "An export that failed looks like customers who did nothing.",
        "Export it again, or take it out.",
    )
