"""The tables behind the sheets as files that other programs open, in the reader's words."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sabai.desk.insight.heads import AMOUNTS, MONEY, head
from sabai.desk.portfolio.columns import Column, Kind
from sabai.desk.portfolio.table import Cell, harmless
from sabai.health.scores import BANDS
from sabai.language.language import Language
from sabai.language.numbers import major
from sabai.report.words import BAND_WORDS

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NAMES = frozenset(("name", "account", "account_id", "invoice_id", "text", "comment"))  # text, even where it is digits
_BANDS = frozenset(("band", "last_band"))


@dataclass(frozen=True, slots=True)
class Frame:
    """A table: `columns` say how each is written in a workbook, `rows` are cells in that order."""

    heads: list[str]
    columns: list[Column]
    rows: list[list[Cell]]


def frame_of(path: Path, currency: str, language: Language) -> Frame:
    """A table as a job wrote it, with amounts in the major unit of the currency."""
    with path.open(encoding="utf-8", newline="") as file:
        names, *rows = list(csv.reader(file))
    amounts = AMOUNTS.get(f"{path.parent.name}/{path.stem}", ())
    names = [f"{name}{MONEY}" if name in amounts else name for name in names]
    read = [_reader(name, [row[at] for row in rows], currency, language) for at, name in enumerate(names)]
    columns = [Column(name, "", "", kind) for name, (kind, _) in zip(names, read, strict=True)]
    cells = [[take(text) if text else None for text, (_, take) in zip(row, read, strict=True)] for row in rows]
    return Frame([head(name, currency, language) for name in names], columns, cells)


def frame_of_health(days: Sequence[date], counts: Sequence[Sequence[int]], language: Language) -> Frame:
    """How many customers stood in each of BANDS on each day."""
    names = ("as_of", *(f"bands_{band}" for band in BANDS))
    columns = [Column(name, "", "", "day" if name == "as_of" else "text") for name in names]
    rows: list[list[Cell]] = [[day, *of_day] for day, of_day in zip(days, counts, strict=True)]
    return Frame([head(name, "", language) for name in names], columns, rows)


def _reader(name: str, texts: Sequence[str], currency: str, language: Language) -> tuple[Kind, Callable[[str], Cell]]:
    """The kind of a column, and what reads one of its texts."""
    known = [text for text in texts if text]
    if name in _BANDS:
        return "text", lambda text: language.gettext(BAND_WORDS[text]) if text in BAND_WORDS else text
    if name not in _NAMES and all(map(_DAY.fullmatch, known)):
        return "day", date.fromisoformat
    if name in _NAMES or not all(map(_NUMBER.fullmatch, known)):
        return "text", _as_it_was
    if name.endswith(MONEY) or name == MONEY.removeprefix("_"):
        return "money", lambda text: major(float(text), currency)
    return "text", _number


def _number(text: str) -> int | float:
    return int(text) if text.lstrip("-").isdecimal() else float(text)


def _as_it_was(text: str) -> str:
    """Without the apostrophe that the job set, which is set again where a file needs one."""
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text
