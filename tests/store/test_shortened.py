"""A log is cut where a checkpoint tells all that was before, and nobody who reads notices."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from deltalake import DeltaTable

from sabai.store.delta import OpenTable
from sabai.store.shortened import shorten

AT = datetime(2026, 6, 29, tzinfo=UTC)
HOUR = 3600


def filled(folder: Path, commits: int, checkpoints: tuple[int, ...]) -> OpenTable:
    """A table to which a row came each hour, the last one now."""
    table = OpenTable(folder, "part")
    for number in range(commits):
        table.commit([table.write("a", pl.DataFrame({"n": [number]}))], [], AT)
        if number in checkpoints:
            DeltaTable(folder).create_checkpoint()
        for path in (folder / "_delta_log").glob(f"{number:020}*"):
            os.utime(path, (time.time() - (commits - 1 - number) * HOUR,) * 2)
    return table


def names(table: OpenTable) -> list[int]:
    return sorted({int(path.name[:20]) for path in (table.folder / "_delta_log").glob("[0-9]*")})


def test_all_before_the_last_old_checkpoint_goes(tmp_path: Path) -> None:
    table = filled(tmp_path / "t", 12, (2, 5, 9))
    assert shorten(tmp_path / "t" / "_delta_log", hours=4) == 6  # five commits and the checkpoint of the third
    assert names(table) == [5, 6, 7, 8, 9, 10, 11]
    for version in names(table):
        rows = OpenTable(tmp_path / "t", "part", version).scan().collect()
        assert sorted(rows["n"]) == list(range(version + 1))
        assert DeltaTable(tmp_path / "t", version=version).to_pyarrow_table().num_rows == version + 1
    table.commit([table.write("a", pl.DataFrame({"n": [12]}))], [], AT)
    assert table.scan().collect().height == 13


def test_without_an_old_checkpoint_nothing_goes(tmp_path: Path) -> None:
    table = filled(tmp_path / "t", 6, (4,))
    assert shorten(tmp_path / "t" / "_delta_log", hours=4) == 0
    assert shorten(tmp_path / "nothing" / "_delta_log", hours=4) == 0
    assert names(table) == [0, 1, 2, 3, 4, 5]
