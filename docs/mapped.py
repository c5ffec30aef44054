"""Lands the small examples of a page and writes below each what came of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from docs.replay import TITLED
from sabai.definitions.reader import read_definitions
from sabai.facts.land import land
from sabai.facts.landed import Facts

SECTION = re.compile(r"^## .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SOURCES = re.compile(r"^```yaml\n(sources:.*?)^```", re.MULTILINE | re.DOTALL)
LANDED = re.compile(r"^```text landed=(\w+) columns=(\S+)\n.*?^```", re.MULTILINE | re.DOTALL)
AROUND = """\
sabai: 1
workspace: { name: Baan Coffee Cloud, time_zone: Asia/Bangkok, currency: THB }
metrics: { logins: { count: events } }
health:
  bands: { cut: { healthy: 70, at_risk: 40 } }
  dimensions: { usage: { logins: { weight: 1, curve: { 0: 0, 1: 100 } } } }
"""
"""What stands around the sources of every example: a company in Bangkok that counts in baht."""


def mapped(page: str, folder: Path) -> str:
    """The page with true rows below every `landed=TABLE columns=a,b`; a section has files, sources and what landed."""
    count = iter(range(1000))
    return SECTION.sub(lambda section: _section(section[0], folder / f"{next(count)}"), page)


def _section(section: str, folder: Path) -> str:
    if not LANDED.search(section):
        return section
    facts = _landed(section, folder)
    return LANDED.sub(
        lambda found: f"```text landed={found[1]} columns={found[2]}\n{_rows(facts, found[1], found[2])}```", section
    )


def _landed(section: str, folder: Path) -> Facts:
    data = folder / "data"
    data.mkdir(parents=True)
    for name, content in TITLED.findall(section):
        (data / name).write_text(content, encoding="utf-8")
    definitions = folder / "sabai.yaml"
    definitions.write_text(AROUND + "".join(SOURCES.findall(section)), encoding="utf-8")
    return land(read_definitions(definitions), data, folder / "facts")


def _rows(facts: Facts, table: str, columns: str) -> str:
    """Columns of a table (or of `rejects`) as people read them, instants in UTC; unknown is a dash."""
    told = facts.aside() if table == "rejects" else facts.scan(table)
    rows = told.select(columns.split(",")).collect().rows()
    cells = [columns.split(","), *([_cell(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    return f"{value:g}" if isinstance(value, float) else str(value)
