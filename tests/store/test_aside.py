from __future__ import annotations

from pathlib import Path

import pytest

from sabai.errors import SabaiError
from sabai.store.aside import aside


def test_a_file_takes_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "scores.csv"
    with aside(path) as unfinished:
        unfinished.write_text("whole")
        assert not path.exists()
    assert path.read_text() == "whole"
    assert [file.name for file in path.parent.iterdir()] == ["scores.csv"]


def test_a_failure_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("yesterday")
    with pytest.raises(ZeroDivisionError), aside(path) as unfinished:
        _write_and_break(unfinished)
    assert path.read_text() == "yesterday"
    assert [file.name for file in tmp_path.iterdir()] == ["scores.csv"]


def _write_and_break(unfinished: Path) -> None:
    unfinished.write_text("half")
    raise ZeroDivisionError


def test_a_full_disk_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(SabaiError) as error, aside(tmp_path / "scores.csv"), Path("/dev/full").open("w") as full:
        full.write("x")
    (issue,) = error.value.issues
    assert (issue.code, issue.what) == (
        "STO-001",
        "scores.csv could not be written: there is no room left on the disk.",
    )
    assert list(tmp_path.iterdir()) == []
