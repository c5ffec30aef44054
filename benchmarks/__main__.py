"""`python -m benchmarks 10m`: every way of that size, one after the other, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.needed import missing
from benchmarks.rows import Row, keep, kept_rows, machine, newest, today
from benchmarks.shown import PAGE, notes, page, table
from benchmarks.sizes import AGAINST, SIZES, Size


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in SIZES:
        print(f"python -m benchmarks SIZE, which is one of {', '.join(SIZES)}.", file=sys.stderr)
        return 2
    size = SIZES[arguments[0]]
    busy = _busy()
    _say(f"{size.title}: making the facts, or finding them again\n")
    try:
        _timed(size.name)
        rows = list(_rows(size, busy))
    except subprocess.CalledProcessError as failed:
        _say(f"\nStopped: {' '.join(failed.cmd[2:])} failed; no figure is kept.\n")
        return 1
    everything = keep(rows) if size.kept else [*kept_rows(), *rows]
    print("\n".join(["", table(rows, newest(everything)), "", *notes(rows)]))
    if size.kept:
        PAGE.write_text(page(everything), encoding="utf-8")
    return 0


def _rows(size: Size, busy: str) -> Iterator[Row]:
    seconds: dict[str, float] = {}
    where, day = machine(), today()
    for way in filter(_at_hand, size.ways):
        _say(f"{size.measure(way):<24}")
        timing = json.loads(_timed(size.name, way))
        seconds[way] = timing["seconds"]
        _say(f" · {timing['seconds']:.2f} s, first {timing['first']:.2f} s, {timing['peak_mb']:,.0f} MB\n")
        yield _row(size, way, timing, seconds, "; ".join(filter(None, [timing["note"], busy])), where, day)


def _at_hand(way: str) -> bool:
    """Whether what the way needs is installed; what is not is said."""
    absent = missing(way)
    if absent:
        _say(f"{way:<24} · left out: {absent} is not installed\n")
    return not absent


def _row(
    size: Size, way: str, timing: dict[str, Any], seconds: dict[str, float], note: str, where: str, day: str
) -> Row:
    against = AGAINST.get(way, "scan")
    row = Row(
        name=size.measure(way),
        seconds=round(timing["seconds"], 3),
        peak_mb=round(timing["peak_mb"]),
        against=size.measure(against),
        ratio=round(timing["seconds"] / seconds[against], 2),
        rows=timing["rows"],
        machine=where,
        date=day,
    )
    return {**row, "note": note} if note else row


def _timed(*arguments: str) -> str:
    """What the child prints; its progress goes straight to the screen."""
    command = [sys.executable, "-m", "benchmarks.timed", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _busy() -> str:
    """A figure taken beside other work must say so."""
    load = os.getloadavg()[0]
    return f"the machine was busy with other work (load {load:.1f})" if load > 0.5 else ""


def _say(what: str) -> None:
    print(what, end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
