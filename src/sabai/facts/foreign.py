"""Which foreign columns a source needs, what is looked up in other files, and which rows are meant at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from sabai.definitions.model import Join, Scalar, Source, Where
from sabai.errors import FactsError, Issue
from sabai.facts.files import Found
from sabai.facts.readers import Reading, batches
from sabai.facts.values import as_number, as_text

_COMPARE: dict[str, Callable[[pl.Series, float], pl.Series]] = {
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
}


def needed(source: Source) -> list[str]:
    """Foreign columns that the source names, in a stable order; those of joins are among them."""
    names = [name for column in source.columns.values() for name in column.columns]
    names += [where.column for where in source.where]
    names += [name for join in source.joins for name in join.on]
    starts = [column.days_from for column in source.columns.values()]
    names += [start for start in starts if start and _is_foreign(source, start)]
    return list(dict.fromkeys(names))


def _is_foreign(source: Source, name: str) -> bool:
    """`days_from` may also name a column of ours or an ISO date."""
    return name not in source.columns and not (name[:4].isdigit() and name.count("-") == 2)


class Lookup:
    """The files that a source joins, loaded once; their rows must be unique in the columns joined on."""

    def __init__(self, source: Source, files: dict[str, Found], reading: Reading) -> None:
        self._joined = [(join, self._load(files[join.file], join, reading)) for join in source.joins]

    def supplied(self) -> set[str]:
        """Columns that come from joined files and are not joined on."""
        return {name for join, rows in self._joined for name in rows.columns if name not in join.on}

    def added(self, rows: pl.DataFrame) -> pl.DataFrame:
        for join, right in self._joined:
            rows = rows.with_columns(as_text(rows[name]) for name in join.on)
            new = [name for name in right.columns if name not in rows.columns]
            rows = rows.join(right.select(*join.on, *new), on=list(join.on), how="left", maintain_order="left")
        return rows

    @staticmethod
    def _load(found: Found, join: Join, reading: Reading) -> pl.DataFrame:
        rows = pl.concat(batches(found, reading, None)).drop("_row", "_broken", strict=False)
        rows = rows.with_columns(as_text(rows[name]) for name in join.on)
        twice = rows.filter(pl.struct(join.on).is_duplicated())
        if twice.height:
            raise FactsError(_not_unique(found, join, twice))
        return rows


def meant(rows: pl.DataFrame, wheres: tuple[Where, ...]) -> pl.DataFrame:
    """The rows that are meant for this source; the others are not counted as having come in."""
    for where in wheres:
        rows = rows.filter(_mask(rows[where.column], where))
    return rows


def _mask(raw: pl.Series, where: Where) -> pl.Series:
    text = as_text(raw)
    if where.op in ("known", "unknown"):
        return text.is_not_null() if where.op == "known" else text.is_null()
    if where.op in ("in", "not in"):
        inside = text.str.to_lowercase().is_in(list(_words(where.values)))
        return (inside if where.op == "in" else ~inside).fill_null(False)
    return _COMPARE[where.op](as_number(raw, ".", ""), float(where.values[0])).fill_null(False)


def _words(values: tuple[Scalar, ...]) -> Iterator[str]:
    for value in values:
        yield f"{value:g}" if isinstance(value, float) and not isinstance(value, bool) else str(value).lower()


def _not_unique(found: Found, join: Join, twice: pl.DataFrame) -> Issue:
    example = ", ".join(str(value) for value in twice.select(join.on).row(0))
    return Issue(
        "FCT-012",
        f'"{found.name}" has {", ".join(join.on)} = {example} more than once.',
        str(found.path),
        "A join would make two rows out of one.",
        "Name more columns under `on`, or remove the repeats.",
    )
