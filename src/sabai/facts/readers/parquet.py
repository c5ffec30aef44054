"""Parquet: columns keep their types."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sabai.errors import FactsError, Issue
from sabai.facts.files import Found
from sabai.facts.readers.columns import chosen, in_batches


def batches(found: Found, columns: list[str] | None, size: int) -> Iterator[pl.DataFrame]:
    try:
        rows = pl.scan_parquet(found.path, glob=False)
        names = chosen(found, rows.collect_schema().names(), columns)
        yield from in_batches(rows.select(names).with_row_index("_row", offset=1), size)
    except (pl.exceptions.PolarsError, OSError) as problem:
        raise FactsError(_broken(found, str(problem))) from problem


def _broken(found: Found, problem: str) -> Issue:
    return Issue(
        "FCT-005",
        f'"{found.name}" is no whole Parquet file ({problem.splitlines()[0][:120]}).',
        str(found.path),
        "It was probably cut while it was copied, and part of it is lost.",
        "Copy or export it again.",
    )
