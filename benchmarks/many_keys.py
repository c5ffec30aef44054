"""A store of 100 million keys for the way that lands onto them, made without landing as many: landing looks into the
arrays of keys and asks the table only how many rows it has, so the rows say nothing and the keys are nobody's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.growing import LANDED_AT, definitions
from benchmarks.work import Work
from sabai.facts.catalogue import TABLES
from sabai.facts.stored import settings
from sabai.facts.stored.keys import Hashes, Keys
from sabai.facts.stored.log import Entry, Log
from sabai.facts.stored.shelf import Shelf
from sabai.facts.write import complete

KEYS, IN_A_FILE = 100_000_000, 5_000_000


@contextmanager
def many_keys(work: Work) -> Iterator[Path]:
    """The store, to be landed into once: no file of it is ever changed, so it is linked and not copied."""
    folder = work.facts_folder.with_name(f"{work.facts_folder.name}-keys")
    if not folder.exists():
        _make(making := folder.with_name(f"{folder.name}.making"))
        making.rename(folder)
    landed = folder.with_name(f"{folder.name}.landed")
    shutil.rmtree(landed, ignore_errors=True)
    shutil.copytree(folder, landed, copy_function=os.link)
    try:
        yield landed
    finally:
        shutil.rmtree(landed)


def _make(store: Path) -> None:
    shutil.rmtree(store, ignore_errors=True)
    store.mkdir(parents=True)
    began = settings.begin(store, definitions("parquet").workspace, buckets=8)
    shelf = Shelf(store / "facts", TABLES["events"], began.buckets, -1)
    nothing = complete(pl.DataFrame({"source": ["app"]}), shelf.table).drop("superseded_day")
    rows = pl.DataFrame([column.new_from_index(0, IN_A_FILE) for column in nothing])
    files = [shelf.files.write("0", rows) for _ in range(KEYS // IN_A_FILE)]
    Log(store).add(Entry(1, "landing", LANDED_AT, "", {"events": shelf.commit(files, [], LANDED_AT, 1)}))
    Keys(store / "keys" / "events").settle(1, KEYS, _of_nobody)


def _of_nobody() -> Hashes:
    return np.random.default_rng(7).integers(0, 2**64 - 1, (2, KEYS), dtype=np.uint64)
