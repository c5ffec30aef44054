"""What became of the rows of a table once they were compared with each other, and with all that was there before."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from sabai.facts.aside import nothing
from sabai.facts.catalogue import FactTable
from sabai.facts.duplicates import without_repeats
from sabai.facts.versions import versioned


@dataclass(frozen=True, slots=True)
class Settled:
    """`rows` are new; of them `facts` are new things or happenings and `versions` new versions of things."""

    rows: pl.DataFrame
    facts: int
    versions: int
    duplicates: int
    conflicts: pl.DataFrame


def settled(rows: pl.DataFrame, table: FactTable) -> Settled:
    """Compared with each other: where nothing was there before."""
    if table.kind == "thing":
        told = versioned(rows)
        return Settled(told.rows, told.facts, told.versions, told.duplicates, nothing())
    rows, conflicts, duplicates = without_repeats(table.name, rows)
    return Settled(rows, rows.height, 0, duplicates, conflicts)
