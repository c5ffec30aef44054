"""Tables on disk: sorted, compressed, and never half-written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from sabai.errors import FactsError, Issue
from sabai.facts.catalogue import COMMON, FactTable, day_column
from sabai.facts.days import timed_columns
from sabai.facts.order import in_order
from sabai.facts.values import DTYPES
from sabai.store.delta import ROW_GROUP
from sabai.store.refused import in_our_words, refused


@contextmanager
def aside_of(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder` that takes its place when all went well, and vanishes when not.

    Raises FactsError where the disk is full or may not be written.
    """
    making = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        yield making
        _take_place(making, folder)
    except (OSError, pl.exceptions.PolarsError) as problem:
        if refused(problem) is None:
            raise
        raise FactsError(_cannot_write(folder, problem)) from problem
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _take_place(making: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.before.{os.getpid()}.part")
    if folder.exists():
        folder.rename(old)
    making.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _cannot_write(folder: Path, problem: Exception) -> Issue:
    return Issue(
        "FCT-013",
        f"The facts cannot be written: {in_our_words(problem)}.",
        str(folder),
        "Nothing was changed; what stood there still stands.",
        "Free some space, or choose another folder.",
    )


def write(rows: pl.DataFrame, table: FactTable, folder: Path) -> None:
    """Writes `<table>.parquet`, sorted by account_id, own time, source and key."""
    rows = in_order(complete(rows, table), table)
    rows.write_parquet(folder / f"{table.name}.parquet", compression="zstd", row_group_size=ROW_GROUP, statistics=True)


def complete(rows: pl.DataFrame, table: FactTable) -> pl.DataFrame:
    """All columns of the table in its order, null where nothing is mapped. Events, of which there are many, only have
    what is mapped, and their id only as key."""
    typed = {**table.columns, **table.derived}
    kinds = {name: DTYPES[kind] for name, kind in typed.items() if kind != "properties"}
    days = [day_column(name) for name in timed_columns(table)]
    kinds |= {
        "source": pl.String(),
        "key": pl.String(),
        "received_at": DTYPES["instant"],
        "received_assumed": pl.Boolean(),
        **{name: pl.Int32() for name in [*days, *COMMON[-2:]]},
    }
    if table.name == "events":
        mapped = set(rows.columns) - {"event_id"}
        kinds = {name: kind for name, kind in kinds.items() if name in COMMON or name in mapped}
    extra = sorted(name for name in rows.columns if name.startswith("properties."))
    present = [(pl.col(name) if name in rows.columns else pl.lit(None)).cast(kinds[name]).alias(name) for name in kinds]
    return rows.select(*present, *extra)
