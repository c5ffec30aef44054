"""A damaged file of a store names itself, instead of some reader deep below failing in its own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from sabai.errors import SabaiError
from sabai.facts.stored.aside import NAME as ASIDE
from sabai.facts.stored.settings import NAME as STORE
from sabai.facts.stored.shelf import BUCKET
from sabai.store.delta import OpenTable, damaged
from sabai.store.refused import in_our_words

_SAID = (pl.exceptions.PolarsError, pa.ArrowException, DeltaError, OSError)


def tables(store: Path, versions: Mapping[str, int]) -> Iterator[OpenTable]:
    """Every table of a store that was begun, as a row of the log says."""
    for name, version in versions.items():
        if version != -1 and name == ASIDE:
            yield OpenTable(store / name, "fate", version)
        elif version != -1:
            yield OpenTable(store / "facts" / name, BUCKET, version, numbered=True)


def check(store: Path, versions: Mapping[str, int]) -> None:
    """SabaiError STO-003 where a file is not there, or cut."""
    for table in tables(store, versions):
        table.check()


@contextmanager
def naming_damage(store: Path) -> Iterator[None]:
    """What fails in the block because a file of the store is damaged becomes a SabaiError that names it (STO-003).

    A folder that is no store is left alone.
    """
    try:
        yield
    except _SAID:
        if (store / STORE).is_file():
            _look_through(store)
        raise


def is_whole(path: Path, size: int) -> bool:
    """Whether a file is there, as long as it was, and can be read to its end."""
    try:
        _read(path)
    except _SAID:
        return False
    return path.stat().st_size == size


def _look_through(store: Path) -> None:
    for log in sorted(store.rglob("_delta_log")):
        _told(partial(DeltaTable, log.parent), log)
    for path in sorted(store.rglob("*.parquet")):
        if path.parent.name != "_delta_log":
            _told(partial(_read, path), path)


def _read(path: Path) -> None:
    pq.ParquetFile(path).read()


def _told(look: Callable[[], object], path: Path) -> None:
    try:
        look()
    except _SAID as error:
        raise SabaiError(damaged(path, in_our_words(error))) from error
