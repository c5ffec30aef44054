"""The last day of a fact that each factor is made of: how old is what a score stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from sabai.definitions.model import Basic, Definitions, Metric, Where
from sabai.desk.scoring.telling.known import Known
from sabai.facts.catalogue import TABLES, day_column
from sabai.metrics.filters import matches

Asked = tuple[str, str, tuple[Where, ...]]
"""A table, the column of a day in it, and filters."""


def fresh(known: Known, definitions: Definitions) -> Mapping[str, Mapping[str, int]]:
    """factor -> account_id -> that day."""
    asked = {each.name: tuple(_asked(definitions.metrics, each.name)) for each in definitions.health.factors}
    latest = _latest(known, {each for several in asked.values() for each in several})
    return {factor: _newest([latest[each] for each in several]) for factor, several in asked.items()}


def _asked(metrics: Mapping[str, Metric], name: str) -> Iterator[Asked]:
    metric = metrics[name]
    if isinstance(metric, Basic):
        start = TABLES[metric.table].measures[metric.measure].start
        yield metric.table, day_column(start), metric.where
    else:
        for part in metric.of:
            yield from _asked(metrics, part)


def _latest(known: Known, asked: Iterable[Asked]) -> Mapping[Asked, Mapping[str, int]]:
    """Each table is read once; what is filtered are its last days by all that any filter looks at."""
    by_place: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for each in asked:
        by_place[each[:2]].append(each)
    found: dict[Asked, Mapping[str, int]] = {}
    for (table, day), several in by_place.items():
        days = _last_days(known, table, day, {where.column for *_, wheres in several for where in wheres})
        found |= {each: _by_account(days, day, each[2]) for each in several}
    return found


def _last_days(known: Known, table: str, day: str, columns: Iterable[str]) -> pl.DataFrame:
    """account_id, the columns that there are, and the last day of each of their combinations."""
    none = pl.DataFrame(schema={"account_id": pl.String, day: pl.Int32})
    if not known.facts.has(table):
        return none
    rows = known.scan(table)
    there = rows.collect_schema().names()
    if day not in there:
        return none
    told = rows.filter(pl.col(day) < known.as_of).group_by("account_id", *(set(columns) & set(there)) - {day})
    return told.agg(pl.col(day).max()).collect()


def _by_account(days: pl.DataFrame, day: str, wheres: tuple[Where, ...]) -> Mapping[str, int]:
    for where in wheres:
        days = days.filter(_passes(days, where))
    return dict(days.group_by("account_id").agg(pl.col(day).max()).drop_nulls().iter_rows())


def _passes(days: pl.DataFrame, where: Where) -> pl.Expr:
    if where.column not in days.columns:
        return pl.lit(matches(None, where))
    column = pl.col(where.column)
    if where.op in ("known", "unknown"):
        return column.is_not_null() if where.op == "known" else column.is_null()
    there = days[where.column].drop_nulls().unique()
    return column.is_in(pl.Series([value for value in there if matches(value, where)], dtype=there.dtype).implode())


def _newest(parts: Sequence[Mapping[str, int]]) -> Mapping[str, int]:
    if len(parts) == 1:
        return parts[0]
    newest: dict[str, int] = {}
    for part in parts:
        for account, day in part.items():
            newest[account] = max(day, newest.get(account, day))
    return newest
