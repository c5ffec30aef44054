"""Every library says a refusal of the computer in its own words; people read ours, and where it was."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from sabai.store.refused import in_our_words, refused

ROWS = pl.DataFrame({"account_id": ["ant", "bee"]})
GONE = "a file or folder is gone that should be there"
FULL = "there is no room left on the disk"
Way = Callable[[Path], object]


def without_its_files(folder: Path) -> DeltaTable:
    write_deltalake(folder / "t", ROWS.to_arrow())
    table = DeltaTable(folder / "t")
    for file in (folder / "t").glob("*.parquet"):
        file.unlink()
    return table


WAYS: dict[str, tuple[Way, str, str]] = {
    "python reads": (lambda at: (at / "no.csv").read_text(), GONE, "no.csv"),
    "polars reads": (lambda at: pl.read_parquet(at / "no.parquet"), GONE, "no.parquet"),
    "polars reads far down": (lambda at: pl.read_parquet(at / ("far" * 40) / "no.parquet"), GONE, "no.parquet"),
    "polars scans": (lambda at: pl.scan_parquet(at / "no.parquet").collect(), GONE, "no.parquet"),
    "polars writes": (lambda at: ROWS.write_parquet(at / "no" / "new.parquet"), GONE, "no/new.parquet"),
    "polars reads delta": (lambda at: pl.scan_delta(without_its_files(at)).collect(), GONE, ".parquet"),
    "arrow reads": (lambda at: pq.ParquetFile(at / "no.parquet"), GONE, "no.parquet"),
    "arrow reads a table": (lambda at: pq.read_table(at / "no.parquet"), GONE, "no.parquet"),
    "arrow reads delta": (lambda at: without_its_files(at).to_pyarrow_table(), GONE, ".parquet"),
    "delta opens": (lambda at: DeltaTable(at / "no"), GONE, "no"),
    "python fills": (lambda at: (at / "full").write_text("x"), FULL, ""),
    "polars fills": (lambda at: ROWS.write_parquet(at / "full"), FULL, ""),
    "polars fills text": (lambda at: ROWS.write_csv(at / "full"), FULL, ""),
    "arrow fills": (lambda at: pq.write_table(ROWS.to_arrow(), at / "full"), FULL, ""),
    "a file in the way": (
        lambda at: write_deltalake(at / "file" / "t", ROWS.to_arrow()),
        "a file lies where a folder should be",
        "file/t",
    ),
    "a folder in the way": (
        lambda at: ROWS.write_parquet(at / "folder"),
        "a folder lies where a file should be",
        "folder",
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_and_where_whoever_says_it(tmp_path: Path, way: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "full").symlink_to("/dev/full")  # a link, since Arrow removes what it could not finish
    does, what, where = WAYS[way]
    with pytest.raises((OSError, pl.exceptions.PolarsError, pa.ArrowException, DeltaError)) as raised:
        does(tmp_path)
    refusal = refused(raised.value)
    assert refusal is not None
    assert refusal.what == what
    assert refusal.where.endswith(where)
    assert bool(refusal.where) == bool(where)
    assert "POLARS" not in refusal.where


@pytest.mark.skipif(os.access("/", os.W_OK), reason="root may read everywhere")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.parquet"
    ROWS.write_parquet(path)
    path.chmod(0)
    with pytest.raises(OSError, match="denied") as raised:
        pl.read_parquet(path)
    assert in_our_words(raised.value) == "you may not read or write there"


def test_twin_a_file_that_is_cut_is_nothing_that_the_computer_refused(tmp_path: Path) -> None:
    (tmp_path / "cut.parquet").write_bytes(b"PAR1")
    with pytest.raises(pa.ArrowInvalid) as raised:
        pq.ParquetFile(tmp_path / "cut.parquet")
    assert refused(raised.value) is None
    assert in_our_words(raised.value).startswith("Parquet")


def test_a_number_that_nobody_knows_is_said_by_its_name() -> None:
    assert in_our_words(OSError(40, "Too many levels of symbolic links")) == "error ELOOP of the system"
