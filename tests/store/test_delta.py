"""An open table is opened and listed once, and still shows what it is asked for."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable

from sabai.store.delta import OpenTable

WHEN = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def table(tmp_path: Path) -> OpenTable:
    return OpenTable(tmp_path / "table", "part")


def grow(table: OpenTable, *values: int) -> int:
    return table.commit([table.write("0", pl.DataFrame({"a": values}))], [], WHEN)


def test_the_version_is_the_newest_that_the_log_names(table: OpenTable) -> None:
    assert (table.newest, table.is_begun) == (-1, False)
    for version in range(3):
        assert grow(table, version) == version == table.newest == DeltaTable(table.folder).version()
    table.forget_log()
    assert table.newest == 2
    log = table.folder / "_delta_log"
    for unfinished in (f"{3:020}.json#1", f"_commit_{3:020}.json.tmp", "_last_checkpoint"):
        (log / unfinished).touch()
    assert table.newest == 2 == DeltaTable(table.folder).version()


def test_a_log_in_which_nothing_was_finished_is_none(table: OpenTable) -> None:
    (table.folder / "_delta_log").mkdir(parents=True)
    (table.folder / "_delta_log" / f"{0:020}.json#1").touch()
    assert not table.is_begun
    assert not DeltaTable.is_deltatable(str(table.folder))


def test_a_version_shows_the_same_for_ever_and_now_what_is_now(table: OpenTable) -> None:
    then = OpenTable(table.folder, "part", grow(table, 1))
    first = then.files()
    grow(table, 2)
    assert then.files() == first
    assert [len(first), len(table.files()), len(then.now().files())] == [1, 2, 2]


def test_another_process_opens_it_itself(table: OpenTable) -> None:
    then = OpenTable(table.folder, "part", grow(table, 1))
    sent = pickle.loads(pickle.dumps(then if then.files() else None))
    assert sent == then
    assert sent.files() == then.files()


def test_only_what_is_not_shown_is_taken_away(table: OpenTable) -> None:
    grow(table, 1)
    (old,) = table.files()
    table.commit([table.write("0", pl.DataFrame({"a": [2]}))], [old], WHEN)
    (new,) = table.files()
    table.vacuum({old.path, new.path}, hours=0)
    assert (table.folder / old.path).exists()
    table.vacuum({new.path}, hours=0)
    assert [(table.folder / file.path).exists() for file in (old, new)] == [False, True]


def test_a_table_that_was_not_begun_then_tells_what_stands_in_it(table: OpenTable) -> None:
    before = OpenTable(table.folder, "part", -1)
    assert before.put_back() == []
    grow(table, 1)
    assert before.put_back() == table.files()
    assert OpenTable(table.folder, "part", 0).put_back() == []


def test_a_name_of_digits_is_no_number(table: OpenTable) -> None:
    """A hash of twelve digits would not fit."""
    rows = pl.DataFrame({"a": [1]})
    table.commit([table.write("169292449661", rows)], [], WHEN)
    assert pl.read_delta(str(table.folder))["part"].to_list() == ["169292449661"]


def test_parts_that_are_numbers_are_read_as_numbers(tmp_path: Path) -> None:
    table = OpenTable(tmp_path / "table", "part", numbered=True)
    grow(table, 1)
    assert pl.read_delta(str(table.folder))["part"].to_list() == [0]


def test_what_a_version_showed_is_remembered_only_for_the_table_that_showed_it(tmp_path: Path) -> None:
    table = OpenTable(tmp_path / "table", "part")
    grow(table, 0)
    then = OpenTable(table.folder, "part", 0)
    before = then.files()
    assert then.files() == before
    table.folder.rename(tmp_path / "elsewhere")
    assert not table.is_begun
    grow(table, 0)
    assert then.files() != before
    assert then.scan(then.files()[:0]).collect().height == 0 < then.scan().collect().height
