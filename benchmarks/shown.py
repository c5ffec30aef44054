"""The figures as a table to read: on the screen after a run, and in RESULTS.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from benchmarks.goals import Goal, goals
from benchmarks.rows import Row, newest
from benchmarks.sizes import SIZES

PAGE = Path(__file__).parent / "RESULTS.md"
HEADS = ("measure", "seconds", "peak MB", "× scan", "× event metrics", "goals")
VERDICT = {True: "met", False: "**not met**", None: "not measured"}
INTRODUCTION = """# How fast

Written by `make bench` and `make bench-large` from `results.json`, where older figures stay. What is measured, and how:
[README](README.md). Every measure had a process of its own and one run to warm up; shown is the median of the counted
runs, and the most memory that the process ever held.
"""


def page(rows: Sequence[Row]) -> str:
    """RESULTS.md: the newest figures of each size."""
    now = newest(rows)
    parts = [INTRODUCTION]
    for size in (size for size in SIZES.values() if size.kept):
        here = [now[name] for way in size.ways if (name := size.measure(way)) in now]
        title = f"\n## {size.title}\n\n"
        parts.append(title + (_measured(here, now) if here else "Not measured yet.\n"))
    return "".join(parts)


def _measured(rows: Sequence[Row], now: Mapping[str, Row]) -> str:
    machines = [f"{day}, {where}" for (day, where), _ in groupby(rows, key=lambda row: (row["date"], row["machine"]))]
    said = notes(rows)
    return "\n".join(["; ".join(machines) + ".", "", table(rows, now), *([""] if said else []), *said, ""])


def notes(rows: Sequence[Row]) -> list[str]:
    """What has to be said of some figures, a line for each such thing."""
    about: dict[str, list[str]] = {}
    for row in rows:
        for note in filter(None, row.get("note", "").split("; ")):
            about.setdefault(note, []).append(f"`{row['name']}`")
    return [f"- {note}: {', '.join(names)}" for note, names in about.items()]


def table(rows: Sequence[Row], now: Mapping[str, Row]) -> str:
    """A Markdown table with columns of equal width; goals are judged with the newest rows `now` beside."""
    seconds = {row["name"].rpartition("_")[0]: row["seconds"] for row in rows}
    cells = [HEADS, *(_cells(row, seconds, goals(row, now)) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (lines[0], rule, *lines[1:]))


def _cells(row: Row, seconds: Mapping[str, float], judged: Iterable[Goal]) -> tuple[str, ...]:
    def times(way: str) -> str:
        return f"{row['seconds'] / seconds[way]:.1f}" if way in seconds else ""

    said = "; ".join(f"{goal.text}: {VERDICT[goal.met]}" for goal in judged)
    return (row["name"], f"{row['seconds']:.2f}", f"{row['peak_mb']:,.0f}", times("scan"), times("event_metrics"), said)
