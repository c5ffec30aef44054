"""Stopped by hand, by the system, or by a reader who has read enough; and two commands at once."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import polars as pl
import pytest

from tests.acceptance.conftest import OUTPUTS, Folder, leftovers
from tests.acceptance.programs import begin, call, call_within, company, few_of

MOMENTS = [(stop, after) for after in (0.9, 0.0, 0.1, 0.3, 0.6, 1.5, 2.0) for stop in (signal.SIGTERM, signal.SIGINT)]


@pytest.mark.parametrize("moment", few_of(*MOMENTS, every=len(MOMENTS)))
def test_stopped_at_any_moment(tmp_path: Path, moment: tuple[signal.Signals, float]) -> None:
    stop, after = moment
    company(tmp_path)
    process = begin(tmp_path, "score")
    while not (tmp_path / "sabai-out").exists():
        time.sleep(0.01)  # the interpreter itself has no manners yet
    time.sleep(after)
    process.send_signal(stop)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    assert "Traceback" not in err
    assert process.returncode == 0 or "Stopped. What was finished before is unchanged." in err
    assert not leftovers(tmp_path)
    assert call_within(tmp_path, "score")[0] == 0


@pytest.mark.parametrize("unfinished", few_of(".scores.csv.*.part", ".facts.*.part", ".scores.xlsx.*.part", every=3))
def test_killed_outright_and_swept_up_after(tmp_path: Path, unfinished: str) -> None:
    """Nobody can clean up after kill -9 but the next command; what a living process makes stays alone."""
    company(tmp_path, 1_000)
    out = tmp_path / "sabai-out"
    process = begin(tmp_path, "score")
    while not list(out.glob(unfinished)):
        assert process.poll() is None
        time.sleep(0.002)
    process.kill()
    process.communicate(timeout=60)
    assert leftovers(tmp_path)
    others = out / f".scores.csv.{os.getppid()}.part"
    others.write_text("of somebody who is still at it")
    assert call_within(tmp_path, "score")[0] == 0
    assert leftovers(tmp_path) == [others.relative_to(tmp_path).as_posix()]


def test_a_reader_who_closes_the_pipe(folder: Folder) -> None:
    for words in (["schema"], ["check", "--explain", "--json"]):
        read, write = os.pipe()
        os.close(read)
        code, _, err = call(folder.root, *words, stdout=write)
        os.close(write)
        assert (code, err) == (0, "")


def test_two_commands_at_once_in_one_folder(tmp_path: Path) -> None:
    company(tmp_path)
    days = ("2025-05-19", "2025-05-26")
    at_once = [begin(tmp_path, "score", "--as-of", day) for day in days]
    ended = [(process.wait(timeout=120), *process.communicate()) for process in at_once]
    assert [code for code, *_ in ended] == [0, 0], ended
    assert sum("Another command is working in sabai-out; waiting." in err for _, _, err in ended) >= 1
    assert not leftovers(tmp_path)
    snapshots = pl.read_delta(str(tmp_path / "sabai-out" / "snapshots"))
    assert {str(day) for day in snapshots["as_of"].unique()} == set(days)
    assert snapshots.height == 2 * 300
    assert snapshots.select("account_id", "as_of").is_unique().all()


def test_a_terminal_that_knows_only_ascii(folder: Folder) -> None:
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    code, _, err = call(folder.root, "check", "ร้าน😀.yaml", env=ascii_only, encoding="utf-8")
    assert (code, "ร้าน😀.yaml" in err) == (1, True)
    code, out, _ = call(folder.root, "check", "ร้าน😀.yaml", "--json", env=ascii_only, encoding="utf-8")
    assert (code, "ร้าน😀.yaml" in json.loads(out)["issues"][0]["where"]) == (1, True)


def test_a_second_run_lands_nothing_again_and_writes_the_same_bytes(folder: Folder) -> None:
    assert folder.say("score").code == 0
    out = folder.root / "sabai-out"
    landed = {path: path.stat().st_mtime_ns for path in (out / "facts").iterdir()}
    before = {name: (out / name).read_bytes() for name in OUTPUTS if name != "snapshots"}
    assert folder.say("score").code == 0
    assert {path: path.stat().st_mtime_ns for path in (out / "facts").iterdir()} == landed
    assert {name: (out / name).read_bytes() for name in before} == before
    folder.file("usage.csv", (folder.root / "usage.csv").read_text() + "C2,login,2025-05-15T09:00:00\n")
    assert folder.say("score").code == 0
    assert (out / "scores.csv").read_bytes() != before["scores.csv"]


def test_results_inside_the_data_are_no_data(folder: Folder) -> None:
    folder.mean(("files: customers.csv", "files: '**/*rs.csv'"))
    assert folder.say("score").code == 0
    folder.file("sabai-out/users.csv", "nothing that is known\n")
    assert folder.say("score").code == 0
    folder.file("more/users.csv", "nothing that is known\n")
    assert "more/users.csv" in folder.say("score").err
