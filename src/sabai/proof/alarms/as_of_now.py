"""LEAK-03. A value that carries no date says what is so now; read into the past, it may know how things ended."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sabai.definitions.model import Basic
from sabai.facts.catalogue import TABLES, FactTable
from sabai.facts.landed import Facts
from sabai.metrics.plan import measure_of
from sabai.proof.alarms.alarm import Alarm, quiet, unchecked
from sabai.proof.alarms.entering import listed, reading
from sabai.proof.replay import Replay

CODE = "LEAK-03"

_DATED = ("instant", "date", "instants")
_NAMES = frozenset({"account_id", "contact_id", "parent_id", "source", "merged_into"})
_WRITTEN_ONCE = frozenset({("invoices", "amount_minor"), ("invoices", "base_minor"), ("invoices", "currency")})
"""A document is not rewritten: what it says wrong, another document corrects."""


def as_of_now(replay: Replay) -> Alarm:
    """Not an error: such a value may well have been the same all along. But nothing here can tell."""
    if replay.question.cross_section:
        return unchecked(
            CODE, "A table without dates says everything as it stands now, so there is no past to look into."
        )
    timeless = _Timeless(replay.facts)
    segments = timeless.columns("accounts", replay.definitions.health.segments)
    guilty = reading(replay.definitions, timeless.of, segments)
    if not guilty:
        return quiet(CODE, "Every value that enters the score carries a date, or has a history.", 0.0)
    names = listed(guilty)
    return Alarm(
        CODE,
        f"Values that carry no date are read as they stand now, also where the past is judged: {names}.",
        "If such a value changes when customers are about to leave, it tells the answer. Land newer exports into a "
        "store, or map a source with its history, and its past is known from then on.",
        float(len(guilty)),
        fired=True,
        names=names,
    )


class _Timeless:
    """Looks at each table once for whether its things have a history."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[str, bool] = {}

    def of(self, metric: Basic) -> Iterator[str]:
        """Columns of things that the metric reads and that carry no date, as table.column."""
        measure, table = measure_of(metric), TABLES[metric.table]
        read = [where.column for where in metric.where]
        if measure.value and measure.start == table.time:  # else the value is as old as the day that it counts from
            read.append(measure.value)
        return self.columns(metric.table, read)

    def columns(self, table: str, read: list[str] | tuple[str, ...]) -> Iterator[str]:
        wanted = [column for column in read if _carries_no_date(TABLES[table], column)]
        if wanted and not self._has_history(table):
            yield from (f"{table}.{column}" for column in wanted)

    def _has_history(self, table: str) -> bool:
        if table not in self._known:
            self._known[table] = not self._facts.has(table) or _versions_seen(self._facts.scan(table))
        return self._known[table]


def _carries_no_date(table: FactTable, column: str) -> bool:
    if table.kind == "happening" or table.name == "dues":  # made of invoices and payments, by their dates
        return False
    if column.startswith("properties."):
        return True
    said_once = column in table.key or column in _NAMES or (table.name, column) in _WRITTEN_ONCE
    return not said_once and table.columns.get(column) not in _DATED and not column.endswith("_seconds")


def _versions_seen(rows: pl.LazyFrame) -> bool:
    """Whether a thing was ever told anew, or it is known of each when it was received."""
    told = rows.select(pl.col("superseded_day").is_not_null().any() | ~pl.col("received_assumed").fill_null(True).any())
    return bool(told.collect().item())
