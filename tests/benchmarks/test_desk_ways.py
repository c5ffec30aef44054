"""The desk's pages and its post are timed, in processes of their own as the benchmarks do, on a desk of a few."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from benchmarks.goals import GOALS
from benchmarks.sizes import AGAINST, SIZES

SMALL = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from benchmarks import {module} as measured
for name, value in {small}.items():
    setattr(measured, name, value)
from benchmarks.timed import timed, way_of
from benchmarks.work import Work
for way in {ways}:
    timing, _ = timed(way_of(way), Work(Path("."), 0, 0), runs=1)
    print(json.dumps(asdict(timing)))
"""


def timings(module: str, small: dict[str, int], *ways: str) -> list[dict[str, object]]:
    script = SMALL.format(module=module, small=small, ways=ways)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.long
def test_pages_are_asked_and_the_slowest_is_named() -> None:
    found = timings("desk_pages", {"CUSTOMERS": 150, "RUNS": 3}, *SIZES["desk"].ways)
    notes = [str(each["note"]) for each in found]
    assert [note.partition("; ")[2].partition(":")[0].split(",")[0] for note in notes] == [
        "/healthz", "morning", "list", "account",
    ]  # fmt: skip
    bare, *pages = (each["seconds"] for each in found)
    assert all(page > bare > 0 for page in pages)  # type: ignore[operator]


@pytest.mark.long
def test_who_is_asked_is_planned_and_mailed() -> None:
    plan, send = timings("desk_plan", {"CONTACTS": 200, "MAILS": 30}, "plan_100k", "send_1k")
    assert (plan["rows"], send["rows"]) == (200, 30)
    assert "200 are asked" in str(plan["note"])


def test_every_figure_has_its_goal_and_what_it_stands_against() -> None:
    ways = [*SIZES["desk"].ways, *SIZES["asking"].ways]
    assert [way for way in ways if way not in GOALS] == ["desk_bare", "send_bare"]
    assert {AGAINST[way] for way in ways} == {"desk_bare", "plan_100k", "send_bare"}
