"""A backup is whole or not there, and what is put back is what was."""

from __future__ import annotations

import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.keeping.backup import MANIFEST, NOTED, back_up, noted, restore
from sabai.errors import SabaiError

AT = datetime(2026, 6, 29, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    return filled(
        data, {"workspaces/lanna/sabai.yaml": b"sabai: 1", "workspaces/lanna/store/accounts/a.parquet": b"\x00\x01"}
    )


def filled(data: Path, files: dict[str, bytes]) -> Path:
    for name, content in ({"secret.key": b"hush", "uploads/1.csv": b"a,b"} | files).items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with closing(sqlite3.connect(data / "desk.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE t (n)")
        database.execute("INSERT INTO t VALUES (7)")
        database.commit()
    return data


def content(folder: Path) -> dict[str, bytes]:
    """Every file but databases, whose bytes may differ."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "sqlite3" not in path.name and path.name != NOTED
    }


def test_when_it_was_backed_up_is_noted(data: Path, tmp_path: Path) -> None:
    assert noted(data) is None
    back_up(data, tmp_path / "backup.tar", AT)
    assert noted(data) == AT


def rows(data: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(data / "desk.sqlite3")) as database:
        return database.execute("SELECT n FROM t").fetchall()


def test_what_is_put_back_is_what_was(data: Path, tmp_path: Path) -> None:
    count = back_up(data, tmp_path / "backup.tar", AT)
    assert restore(tmp_path / "backup.tar", tmp_path / "again") == count == 5
    assert content(tmp_path / "again") == content(data)
    assert rows(tmp_path / "again") == [(7,)]


def test_what_is_being_written_to_the_database_is_in_it(data: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(data / "desk.sqlite3")) as writing:
        writing.execute("INSERT INTO t VALUES (8)")
        writing.commit()  # in the write-ahead log, not yet in the file
        writing.execute("INSERT INTO t VALUES (9)")
        back_up(data, tmp_path / "backup.tar", AT)
    restore(tmp_path / "backup.tar", tmp_path / "again")
    assert rows(tmp_path / "again") == [(7,), (8,)]


def test_only_its_owner_reads_a_backup(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "backup.tar", AT)
    assert (tmp_path / "backup.tar").stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_over(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "backup.tar", AT)
    before = content(data)
    with pytest.raises(SabaiError, match="DSK-020"):
        restore(tmp_path / "backup.tar", data)
    assert content(data) == before


@pytest.mark.parametrize("damage", ["cut", "changed", "no manifest", "no archive"])
def test_a_damaged_backup_restores_nothing(data: Path, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "backup.tar"
    back_up(data, path, AT)
    damaged(path, damage)
    with pytest.raises(SabaiError, match="DSK-021"):
        restore(path, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def damaged(path: Path, damage: str) -> None:
    whole = path.read_bytes()
    if damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif damage == "changed":
        path.write_bytes(whole.replace(b"hush", b"HUSH"))
    elif damage == "no manifest":
        path.write_bytes(whole.replace(MANIFEST.encode(), b"nothing.json"[: len(MANIFEST)].ljust(len(MANIFEST), b"x")))
    else:
        path.write_bytes(b"hello")


def test_a_name_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "evil").write_text("evil")
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.add(tmp_path / "evil", "../evil-was-here")
    with pytest.raises(SabaiError, match="DSK-021"):
        restore(tmp_path / "evil.tar", tmp_path / "deep" / "again")
    assert not (tmp_path / "deep" / "evil-was-here").exists()


names = st.text("abc/", min_size=1, max_size=8).filter(lambda name: all(name.split("/")))


@given(st.dictionaries(names.map("workspaces/w/store/{}.parquet".format), st.binary(max_size=50), max_size=5))
def test_any_store_comes_back(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    folder = tmp_path_factory.mktemp("any")
    data = filled(folder / "data", files)
    back_up(data, folder / "backup.tar", AT)
    restore(folder / "backup.tar", folder / "again")
    assert content(folder / "again") == content(data)
