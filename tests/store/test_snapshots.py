from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from polars.testing import assert_frame_equal

from sabai.errors import SabaiError
from sabai.store import snapshot_files, snapshots
from sabai.store.snapshots import write_snapshots
from sabai.store.superseding import is_begun, open_snapshots

WEEKS = [date(2024, 1, 1) + timedelta(weeks=week) for week in range(4)]


def read(folder: Path, version: str = "v1") -> pl.DataFrame:
    rows = pl.read_delta(str(folder)).filter(definitions_version=version)
    return rows.drop("definitions_version", "computed_at").sort("account_id", "as_of")


def expected(*chunks: pa.Table) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(chunk) for chunk in chunks]).sort("account_id", "as_of")


def test_what_was_written_is_read(tmp_path: Path, chunk, computed_at: datetime) -> None:
    chunks = [chunk("ab", WEEKS), chunk("cd", WEEKS, seed=1)]
    assert write_snapshots(iter(chunks), tmp_path / "snapshots", "v1", computed_at) == 16
    assert_frame_equal(read(tmp_path / "snapshots"), expected(*chunks))


def test_duckdb_polars_and_pandas_read_the_same(tmp_path: Path, chunk, computed_at: datetime) -> None:
    write_snapshots([chunk("abc", WEEKS)], tmp_path, "v1", computed_at)
    by_duckdb = (
        duckdb.connect()
        .register("snapshots", open_snapshots(tmp_path).to_pyarrow_dataset())
        .execute('SELECT count(*), sum(score), count("logins.value"), max(as_of) FROM snapshots')
        .fetchone()
    )
    frame = pl.scan_delta(str(tmp_path)).collect()
    known = frame["logins.value"].drop_nulls().len()
    assert by_duckdb == (12, pytest.approx(frame["score"].sum()), known, WEEKS[-1])
    in_pandas = open_snapshots(tmp_path).to_pandas()
    assert (len(in_pandas), int(in_pandas["logins.value"].notna().sum())) == (12, known)
    assert 0 < known < 12  # unknown is null, not a number
    assert set(frame["computed_at"]) == {computed_at}


def test_a_second_run_replaces_the_first(tmp_path: Path, chunk, computed_at: datetime) -> None:
    write_snapshots([chunk("abc", WEEKS)], tmp_path, "v1", computed_at)
    again = chunk("abc", WEEKS, seed=5)
    write_snapshots([again], tmp_path, "v1", computed_at + timedelta(days=1))
    assert_frame_equal(read(tmp_path), expected(again))
    assert pl.read_delta(str(tmp_path), version=0).height == 12  # superseded, not lost


def test_other_dates_and_other_definitions_stay(tmp_path: Path, chunk, computed_at: datetime) -> None:
    first = chunk("abc", WEEKS)
    write_snapshots([first], tmp_path, "v1", computed_at)
    write_snapshots([chunk("abc", WEEKS, seed=7)], tmp_path, "v2", computed_at)
    later = chunk("abcd", WEEKS[2:], seed=3)
    write_snapshots([later], tmp_path, "v1", computed_at)
    kept = pl.DataFrame(first).filter(pl.col("as_of") < WEEKS[2])
    assert_frame_equal(read(tmp_path), pl.concat([kept, pl.DataFrame(later)]).sort("account_id", "as_of"))
    assert_frame_equal(read(tmp_path, "v2"), expected(chunk("abc", WEEKS, seed=7)))


def test_a_new_factor_is_unknown_in_older_rows(tmp_path: Path, chunk, computed_at: datetime) -> None:
    write_snapshots([chunk("a", WEEKS)], tmp_path, "v1", computed_at)
    write_snapshots([chunk("a", WEEKS, factor="nps")], tmp_path, "v2", computed_at)
    rows = pl.read_delta(str(tmp_path))
    assert rows.filter(definitions_version="v1")["nps.value"].null_count() == 4
    assert rows.filter(definitions_version="v2")["logins.value"].null_count() == 4


def test_a_failing_run_changes_nothing(tmp_path: Path, chunk, computed_at: datetime) -> None:
    first = chunk("abc", WEEKS)
    write_snapshots([first], tmp_path, "v1", computed_at)
    files = sorted(tmp_path.rglob("*.parquet"))

    def broken() -> Iterator[pa.Table]:
        yield chunk("abc", WEEKS, seed=1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_snapshots(broken(), tmp_path, "v1", computed_at)
    assert_frame_equal(read(tmp_path), expected(first))
    assert sorted(tmp_path.rglob("*.parquet")) == files


def test_a_full_disk_is_said_plainly(tmp_path: Path, chunk, computed_at: datetime, monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(SabaiError, match="STO-001"):
        write_snapshots([chunk("abc", WEEKS)], tmp_path, "v1", computed_at)
    assert not is_begun(tmp_path)
    assert list(tmp_path.rglob("*.parquet")) == []


def test_killed_between_files_and_commit(tmp_path: Path, chunk, computed_at: datetime) -> None:
    """Files of a run that was killed are not seen, and the next run does not write over them."""
    snapshot_files.write_piece(chunk("zzz", WEEKS), tmp_path, "definitions_version=v1")
    rows = chunk("abc", WEEKS)
    write_snapshots([rows], tmp_path, "v1", computed_at)
    assert_frame_equal(read(tmp_path), expected(rows))


def test_what_is_superseded_for_long_is_vacuumed_and_readers_notice_nothing(
    tmp_path: Path, chunk, computed_at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no time to keep, the files of the run before are gone, and so is what a killed run left."""
    monkeypatch.setattr(snapshots, "KEPT_HOURS", 0)
    write_snapshots([chunk("abc", WEEKS)], tmp_path, "v1", computed_at)
    killed = snapshot_files.write_piece(chunk("zzz", WEEKS), tmp_path, "definitions_version=v1")
    time.sleep(0.02)  # the clock of a disk has grains
    for seed in (5, 6):
        again = chunk("abc", WEEKS, seed=seed)
        write_snapshots([again], tmp_path, "v1", computed_at)
        time.sleep(0.02)
        assert_frame_equal(read(tmp_path), expected(again))
    files = {path.name for path in tmp_path.rglob("*.parquet")}
    assert "part-000000.parquet" not in files
    assert Path(killed.path).name not in files
    assert {Path(uri).name for uri in open_snapshots(tmp_path).file_uris()} <= files


def test_twin_a_reader_of_today_reads_on_whatever_the_run_calls_its_time(tmp_path: Path, chunk) -> None:
    long_ago = datetime(1999, 1, 1, tzinfo=UTC)
    first = chunk("abc", WEEKS)
    write_snapshots([first], tmp_path, "v1", long_ago)
    reader = open_snapshots(tmp_path).to_pyarrow_dataset()
    for seed in (5, 6):
        write_snapshots([chunk("abc", WEEKS, seed=seed)], tmp_path, "v1", long_ago)
    assert reader.to_table()["score"].to_pylist() == first["score"].to_pylist()


def test_no_name_is_given_twice(tmp_path: Path, chunk, computed_at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else an old version of the table would read what was written later under the name of a vacuumed file."""
    monkeypatch.setattr(snapshots, "KEPT_HOURS", 0)
    names: list[str] = []
    for accounts in ("abc", "a", "a", "a"):
        write_snapshots([chunk(account, WEEKS) for account in accounts], tmp_path, "v1", computed_at)
        names += [Path(uri).name for uri in open_snapshots(tmp_path).file_uris()]
        time.sleep(0.02)
    assert len(set(names)) == len(names) == 6


def test_a_vacuum_that_is_refused_harms_nothing(
    tmp_path: Path, chunk, computed_at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise DeltaError("no room for the log")

    monkeypatch.setattr(DeltaTable, "vacuum", refused)
    assert write_snapshots([chunk("abc", WEEKS)], tmp_path, "v1", computed_at) == 12
    assert read(tmp_path).height == 12


def test_no_rows_is_no_table(tmp_path: Path, chunk, computed_at: datetime) -> None:
    assert write_snapshots([], tmp_path, "v1", computed_at) == 0
    assert write_snapshots([chunk("", WEEKS)], tmp_path, "v1", computed_at) == 0
    assert not is_begun(tmp_path)


def test_large_text_and_many_rows(tmp_path: Path, computed_at: datetime, monkeypatch) -> None:
    monkeypatch.setattr(snapshot_files, "ROWS", 10)
    frame = pl.DataFrame({"account_id": [f"บริษัท {n:03}" for n in range(35)], "as_of": WEEKS[0], "score": 50.0})
    assert write_snapshots([frame.to_arrow()], tmp_path, "v1", computed_at) == 35
    assert len(open_snapshots(tmp_path).file_uris()) == 4
    assert_frame_equal(read(tmp_path), frame)


def test_files_are_durable_before_they_are_seen(tmp_path: Path, chunk, computed_at: datetime, monkeypatch) -> None:
    durable: list[tuple[str, bool]] = []
    real = snapshot_files.make_durable
    monkeypatch.setattr(
        snapshot_files, "make_durable", lambda path: (durable.append((path.suffix, is_begun(tmp_path))), real(path))
    )
    write_snapshots([chunk("abc", WEEKS)], tmp_path, "v1", computed_at)
    assert durable == [(".parquet", False)]


def test_two_runs_at_once_lose_nothing(tmp_path: Path, chunk, computed_at: datetime) -> None:
    """Two processes write two dates at the same time; each either stands whole or says that it does not."""
    write_snapshots([chunk("a", WEEKS[:1])], tmp_path, "v1", computed_at)
    program = (
        "import sys; from pathlib import Path; from datetime import *; import pyarrow as pa\n"
        "from sabai.store.snapshots import write_snapshots\n"
        "rows = pa.table({'account_id': ['a'], 'as_of': [date.fromisoformat(sys.argv[2])], 'score': [1.0]})\n"
        "write_snapshots([rows], Path(sys.argv[1]), 'v1', datetime(2024, 7, 1, tzinfo=timezone.utc))\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(when)]) for when in WEEKS[1:3]]
    ended_well = [run.wait() == 0 for run in runs]
    dates = set(read(tmp_path)["as_of"])
    assert dates == {WEEKS[0], *(when for when, well in zip(WEEKS[1:3], ended_well, strict=True) if well)}
    assert any(ended_well)
