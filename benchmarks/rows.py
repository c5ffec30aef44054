"""A figure as it is kept in results.json, one row for each measure and run; the newest of a name is what holds."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NotRequired, TypedDict

RESULTS = Path(__file__).parent / "results.json"


class Row(TypedDict):
    """`ratio` = seconds ÷ the seconds of `against` in the same run; `rows`: facts that were read.

    Sabai's own measures stand against the scan, peers against Sabai's event metrics.
    """

    name: str
    seconds: float
    peak_mb: float
    against: str
    ratio: float
    rows: int
    machine: str
    date: str
    note: NotRequired[str]


def kept_rows(file: Path = RESULTS) -> list[Row]:
    rows: list[Row] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    return rows


def keep(new: Iterable[Row], file: Path = RESULTS) -> list[Row]:
    """Adds rows to the file, one a line, so that a change is read as what it is."""
    rows = [*kept_rows(file), *new]
    lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    unfinished.replace(file)
    return rows


def newest(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["name"]: row for row in rows}


def machine() -> str:
    """Model of the processor, cores and memory: what another person needs to judge the figures."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB"


def today() -> str:
    """The day here."""
    return datetime.now().astimezone().date().isoformat()


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()
