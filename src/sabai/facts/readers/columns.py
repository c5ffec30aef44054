"""Asks a file for columns, says which one is missing, and gives the rows in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from sabai.errors import FactsError, Issue, did_you_mean
from sabai.facts.files import Found


def chosen(found: Found, present: Sequence[str], wanted: Sequence[str] | None) -> list[str]:
    """The wanted columns. Raises FactsError that names each missing one."""
    if wanted is None:
        return list(present)
    missing = [name for name in wanted if name not in present]
    if missing:
        raise FactsError(*(_missing(found, present, name) for name in missing))
    return list(wanted)


def in_batches(rows: pl.LazyFrame, size: int) -> Iterator[pl.DataFrame]:
    """At least one batch, so that a file without rows still has columns."""
    came = False
    for part in rows.collect_batches(chunk_size=size, maintain_order=True):
        came = True
        yield part
    if not came:
        yield rows.head(0).collect()


def _missing(found: Found, present: Sequence[str], name: str) -> Issue:
    return Issue(
        "FCT-003",
        f'"{found.name}" has no column "{name}".',
        str(found.path),
        "What is mapped from it would be unknown in every row.",
        did_you_mean(name, present),
    )
