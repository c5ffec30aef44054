"""Foreign rows to rows of ours: each column as `sabai.yaml` says, typed; a row with an unreadable cell is set aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from sabai.definitions.model import ColumnMap, Source, Workspace
from sabai.errors import FactsError, Issue
from sabai.facts import values
from sabai.facts.aside import ORIGIN, Check, sift
from sabai.facts.catalogue import FactTable, Type
from sabai.facts.contract import too_large
from sabai.facts.money import to_minor
from sabai.facts.times import looks_numeric, readings, to_utc

COMMON_TYPES: dict[str, Type] = {"source": "text", "received_at": "instant"}
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


@dataclass(frozen=True, slots=True)
class Foreign:
    """One batch of a foreign file, and what is needed to understand it."""

    rows: pl.DataFrame
    source: Source
    table: FactTable
    workspace: Workspace
    file: str

    def zone(self, column: ColumnMap) -> str:
        return column.time_zone or self.source.time_zone or self.workspace.time_zone


def column_type(table: FactTable, column: str) -> Type:
    return "text" if column.startswith("properties.") else {**table.columns, **COMMON_TYPES}[column]


def mapped(foreign: Foreign) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Our columns with ORIGIN, and the rows that were set aside because a cell of theirs cannot be read."""
    read: dict[str, pl.Series] = {}
    checks: list[Check] = []
    for name, column in _in_order(foreign.source):
        raw = _raw(foreign, column)
        read[name] = _typed(foreign, name, column, raw, read).alias(name)
        checks += [*_unreadable(foreign, name, column, raw, read[name]), *too_large(read[name])]
    ours = foreign.rows.select(ORIGIN).with_columns(list(read.values()))
    ours, aside = sift(foreign.table.name, ours, checks)
    return to_minor(ours, foreign.source, foreign.table, foreign.workspace.currency), aside


def _in_order(source: Source) -> Iterator[tuple[str, ColumnMap]]:
    """Offsets last: they may count from another column of ours."""
    yield from sorted(source.columns.items(), key=lambda item: item[1].days_from is not None)


def _raw(foreign: Foreign, column: ColumnMap) -> pl.Series:
    if column.value is not None:
        return pl.Series([column.value]).new_from_index(0, foreign.rows.height)
    if column.row_number:
        return foreign.rows.select(pl.concat_str(pl.lit(foreign.file), "_row", separator=column.glue)).to_series()
    parts = [_without_marks(foreign.rows[name], column, foreign.source) for name in column.columns]
    if len(parts) == 1:
        return parts[0]
    texts = [values.as_text(part).alias(str(place)) for place, part in enumerate(parts)]
    return pl.DataFrame(texts).select(pl.concat_str(pl.all(), separator=column.glue)).to_series()


def _without_marks(raw: pl.Series, column: ColumnMap, source: Source) -> pl.Series:
    """The marks of the source are words; those of a column may be numbers too."""
    marks = (*source.nulls, *column.nulls) if raw.dtype == pl.String else column.nulls
    return values.without_marks(raw, marks)


def _typed(foreign: Foreign, name: str, column: ColumnMap, raw: pl.Series, read: dict[str, pl.Series]) -> pl.Series:
    kind = column_type(foreign.table, name)
    if column.scale:
        raw = _scaled(raw, column, kind)
    if column.days_from is not None:
        return _offset(foreign, kind, column, raw, read)
    return _plain(kind, column, raw, foreign.zone(column))


def _plain(kind: Type, column: ColumnMap, raw: pl.Series, zone: str) -> pl.Series:
    extra_days = int(column.inclusive)
    if kind == "instant":
        return values.as_instant(raw, column.format, zone, extra_days)
    if kind == "date":
        return values.as_date(raw, column.format, zone, extra_days)
    if kind == "instants":
        return values.as_instants(raw, column.format, zone)
    if kind == "flag":
        return values.as_flag(raw)
    if kind in ("number", "money", "integer"):
        number = values.as_number(raw, column.decimal, column.thousands)
        return values.as_integer(number) if kind == "integer" else number
    return values.as_text(raw)


def _scaled(raw: pl.Series, column: ColumnMap, kind: Type) -> pl.Series:
    """Words to values; what is not on the scale stays for text and is unreadable for everything else."""
    text = values.as_text(raw)
    shown = {word.casefold(): str(value) for word, value in column.scale.items()}
    known = text.str.to_lowercase().replace_strict(shown, default=None, return_dtype=pl.String)
    if kind == "text":
        return known.fill_null(text) if known.null_count() else known
    return known.fill_null(pl.Series(["not on the scale"]).new_from_index(0, len(text)).set(text.is_null(), None))


def _offset(foreign: Foreign, kind: Type, column: ColumnMap, raw: pl.Series, read: dict[str, pl.Series]) -> pl.Series:
    zone = foreign.zone(column)
    number = values.as_number(raw, column.decimal, column.thousands) + int(column.inclusive)
    length = (number * _SECONDS[column.unit or "days"] * 1_000_000).cast(pl.Int64).cast(pl.Duration("us"))
    base = _base(foreign, column, read)
    if column.unit in (None, "days"):
        local = base.cast(pl.Datetime("us")) if base.dtype == pl.Date else _local(base, zone)
        moved = local + length
        return moved.dt.date() if kind == "date" else to_utc(moved, zone)
    at = values.as_instant(base, None, zone) + length
    return at.dt.convert_time_zone(zone).dt.date() if kind == "date" else at


def _local(at: pl.Series, zone: str) -> pl.Series:
    return at.dt.convert_time_zone(zone).dt.replace_time_zone(None)


def _base(foreign: Foreign, column: ColumnMap, read: dict[str, pl.Series]) -> pl.Series:
    """What the offset counts from: a chosen date, a fixed date, a column of ours, or a foreign column."""
    start = column.days_from or ""
    if column.offsets:
        return values.as_text(foreign.rows[start]).replace_strict(
            dict(column.offsets), default=None, return_dtype=pl.Date
        )
    if start in read:
        return read[start]
    if start in foreign.rows.columns:
        return values.as_instant(foreign.rows[start], column.format, foreign.zone(column))
    return pl.Series([date.fromisoformat(start)]).new_from_index(0, foreign.rows.height)


def _unreadable(foreign: Foreign, name: str, column: ColumnMap, raw: pl.Series, read: pl.Series) -> Iterator[Check]:
    if not read.null_count():
        return
    bad = read.is_null() & raw.is_not_null()
    if not bad.any():
        return
    code = "FCT-118" if column.scale else "FCT-102"
    shown = values.as_text(raw) if raw.dtype != pl.List else raw
    if read.dtype.is_temporal() and column.format is None and column.days_from is None and raw.dtype == pl.String:
        unclear = bad & looks_numeric(raw)
        if int(unclear.sum()) * 2 > raw.count():
            raise FactsError(_ambiguous(foreign, column, raw.filter(unclear)))
        yield Check(name, "FCT-116", unclear, shown)
        bad = bad & ~unclear
    yield Check(name, code, bad, shown)


def _ambiguous(foreign: Foreign, column: ColumnMap, text: pl.Series) -> Issue:
    found = readings(text)
    several = " or ".join(meaning for _, meaning in found)
    meant = f"It could mean: {several}." if found else "No usual format fits all of them."
    return Issue(
        "FCT-011",
        f'Column "{", ".join(column.columns)}" holds dates such as "{text[0]}", and nothing says what comes first.',
        foreign.file,
        f"Day and month would be guessed. {meant}",
        f'Write format: "{found[0][0]}" (or the other) in the source "{foreign.source.name}".'
        if found
        else f'Write the format of this column in the source "{foreign.source.name}", for example "%d/%m/%Y".',
    )
