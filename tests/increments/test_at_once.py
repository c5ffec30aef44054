"""Several at work on one store, and somebody who edits the definitions meanwhile."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import polars as pl

from sabai.definitions.reader import read_definitions
from sabai.facts.stored.log import Log
from tests.acceptance.programs import begin, call_within
from tests.increments.test_go_on import DEFINITIONS
from tests.increments.test_killed import LAND, ROWS, SABAI, SCORE, company, do, landed, snapshots

__all__ = ["company"]


def test_two_compactors_take_turns(company: Path) -> None:
    """Each of the landings compacts, and each of them wants the same small files."""
    do(company, "land", "part-1", *LAND)
    words = [sys.executable, "-B", "-c", SABAI, "land"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    at_once = [subprocess.Popen([*words, f"part-{part}", *LAND], cwd=company, **pipes) for part in (2, 3)]
    ended = [(process.wait(timeout=120), process.communicate()[1]) for process in at_once]
    assert [code for code, _ in ended] == [0, 0], ended
    kinds = [entry.kind for entry in Log(company / "store").entries()]
    assert kinds.count("landing") == 4
    assert "compaction" in kinds  # whoever comes second may find nothing left to compact
    assert landed(company) == 4 * ROWS


def test_definitions_that_change_during_a_run_change_nothing_for_it(company: Path) -> None:
    """A run of them is the run that was begun, whole; the next one is of the new ones."""
    do(company, "land", "part-1", *LAND)
    version = read_definitions(company / "sabai.yaml").version
    with begin(company, *SCORE, "--out", "out") as process:
        log, before = company / "store" / "landings", len(Log(company / "store").entries())
        while process.poll() is None and len(list((log / "_delta_log").glob("*.json"))) <= before:
            time.sleep(0.001)  # scores are being computed, and nothing of them is written yet
        (company / "sabai.yaml").write_text(DEFINITIONS.replace("weight: 4", "weight: 40"))
        assert process.wait(timeout=120) == 0
    assert set(pl.read_delta(str(company / "out" / "snapshots"))["definitions_version"]) == {version}
    (company / "sabai.yaml").write_text(DEFINITIONS)
    do(company, *SCORE, "--out", "undisturbed")
    assert snapshots(company, "out").equals(snapshots(company, "undisturbed"))
    (company / "sabai.yaml").write_text(DEFINITIONS.replace("weight: 4", "weight: 40"))
    assert call_within(company, *SCORE, "--out", "out")[0] == 0
    assert len(set(pl.read_delta(str(company / "out" / "snapshots"))["definitions_version"])) == 2
