"""The judge: what every metric means, in loops over rows that anyone can follow. Slow on purpose.

Fast engines must give the same bits. So where an order of arithmetic matters it is stated here, once.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sabai.dates import NEVER
from sabai.definitions.model import Basic, Condition, Definitions, Derived, Scalar, Stage, Where
from sabai.facts.catalogue import TABLES, day_column
from sabai.facts.landed import Facts
from sabai.metrics.grid import Grid
from sabai.metrics.plan import measure_of
from sabai.progress import Progress, quiet

Row = dict[str, Any]
Number = float | None
Rows = Mapping[str, Sequence[Row]]

COUNTED = ("count", "sum", "distinct", "held")  # nothing found is 0 for these, once the days are covered
COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
PICK: dict[str, Callable[[Sequence[int]], int]] = {"min": min, "max": max, "last": operator.itemgetter(-1)}
ABSENT = "–"


def measure(facts: Facts, definitions: Definitions, as_of: Sequence[int], *, progress: Progress = quiet) -> Grid:
    """Every metric of the definitions for every account at every as-of date.

    `as_of` are local days since 1970-01-01 in any order; the grid has each once, ascending.

        grid = measure(facts, definitions, [to_day(date(2024, 1, 1))])
        grid.values["logins"][0, 0]
    """
    days = sorted(set(as_of))
    tables = {name: _by_account(facts, name) for name in TABLES if facts.has(name)}
    cells: list[list[Cell]] = []
    for done, account in enumerate(facts.account_ids):
        progress("measuring accounts", done, len(facts.account_ids))
        history = History({name: rows.get(account, []) for name, rows in tables.items()}, facts.first_days, definitions)
        cells.append([history.cell(day) for day in days])
    return _grid(facts.account_ids, days, cells, definitions)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is measured of one account at one as-of date."""

    values: Mapping[str, Number]
    alive: bool
    tenure_days: Number
    segment: str


@dataclass(frozen=True, slots=True)
class History:
    """All rows ever landed of one account, of which each question looks at those known at its as-of date."""

    rows: Rows
    first_days: Mapping[str, Mapping[str, int | None]]
    definitions: Definitions

    def cell(self, as_of: int) -> Cell:
        start = self.start_day(as_of)
        values: dict[str, Number] = {}
        for name, metric in self.definitions.metrics.items():
            values[name] = self.basic(metric, as_of) if isinstance(metric, Basic) else derived(metric, values)
        tenure = None if start is None else as_of - start
        return Cell(values, self.is_alive(as_of), tenure, self.segment(values, as_of))

    def known(self, table: str, as_of: int) -> list[Row]:
        """Rows received before the as-of date and not yet superseded by a newer version on it."""
        return [
            row for row in self.rows.get(table, ()) if row["received_day"] < as_of <= _or_never(row["superseded_day"])
        ]

    # Who the account is

    def account(self, as_of: int) -> Row | None:
        """The version of the account itself; where several sources tell of it, what was received last."""
        versions = self.known("accounts", as_of)
        return max(versions, key=lambda row: (row["received_at"], row["source"], row["key"]), default=None)

    def start_day(self, as_of: int) -> int | None:
        """As the account says, else the day on which the first fact about it had happened and was known."""
        account = self.account(as_of)
        if account is None:
            return None
        if account["started_day"] is not None:
            return int(account["started_day"])
        days = [day for table, rows in self.rows.items() if table != "accounts" for day in _known_days(table, rows)]
        return min((day for day in days if day < as_of), default=None)

    def is_alive(self, as_of: int) -> bool:
        account, start = self.account(as_of), self.start_day(as_of)
        if account is None or start is None or start >= as_of:
            return False
        dated_former = account["lifecycle"] == "former" and account["ended_day"] is not None
        if account["test"] or not (account["lifecycle"] in (None, "customer") or dated_former):
            return False
        if as_of > _or_never(account["ended_day"]):
            return False
        return not self._has_churned(as_of) and self._is_subscribed(as_of)

    def _has_churned(self, as_of: int) -> bool:
        return any(row["effective_day"] < as_of for row in self.known("churn", as_of))

    def _is_subscribed(self, as_of: int) -> bool:
        churn = self.definitions.churn
        if churn.source != "subscriptions" or "subscriptions" not in self.rows:
            return True
        return any(
            row["starts_day"] < as_of <= _or_never(row["ends_day"]) + churn.grace_days
            for row in self.known("subscriptions", as_of)
        )

    def segment(self, values: Mapping[str, Number], as_of: int) -> str:
        """By the first rule that holds; without rules, by the account's own columns."""
        health = self.definitions.health
        if health.segment_rules:
            names = (rule.name for rule in health.segment_rules if all(is_met(one, values) for one in rule.when))
            return next(names, ABSENT)
        account = self.account(as_of) or {}
        said = [account.get(column) for column in health.segments] or [None]
        return " · ".join(ABSENT if value is None else str(value) for value in said)

    def stage_day(self, as_of: int) -> int | None:
        """The day on which the current stage began: the furthest in the list that has been entered."""
        entered = [self._entered(stage, as_of) for stage in self.definitions.stages]
        return next((day for day in reversed(entered) if day is not None), None)

    def _entered(self, stage: Stage, as_of: int) -> int | None:
        if stage.event is None:
            start = self.start_day(as_of)
            return start if start is not None and start < as_of else None
        days = [row["occurred_day"] for row in self.known("events", as_of) if row["name"] == stage.event]
        return min((day for day in days if day < as_of), default=None)

    # What is measured of it

    def basic(self, metric: Basic, as_of: int) -> Number:
        began = self.stage_day(as_of) if metric.since_stage else None
        if metric.since_stage and began is None:
            return None
        rows = self.holding(metric, as_of, began)
        found = summarise(metric, rows, as_of - metric.shift_days)
        if not self.is_covered(metric, as_of):
            return None if metric.how in COUNTED else found
        if found is None and metric.missing is None:
            return 0.0 if metric.how in COUNTED else None
        return metric.missing if found is None else found

    def holding(self, metric: Basic, as_of: int, began: int | None) -> list[Row]:
        """The rows that hold at the as-of date: happened in the window, not ended, known, and let through."""
        what, spoken_of = measure_of(metric), as_of - metric.shift_days
        opened = -NEVER if metric.window_days is None else spoken_of - metric.window_days
        opened = opened if began is None else max(opened, began)
        found = []
        for row in self.known(metric.table, as_of):
            start = row[day_column(what.start)]
            end = row[day_column(what.end)] if what.end else None
            happened = start is not None and opened <= start < spoken_of <= _or_never(end)
            if happened and all(lets_through(where, row) for where in metric.where):
                found.append(row)
        return found

    def is_covered(self, metric: Basic, as_of: int) -> bool:
        """Whether nothing found means that nothing happened: each source was collected when the metric's days began.

        A source that is not yet collected on the as-of date is nothing that anybody missed.
        """
        of_table = self.first_days.get(metric.table, {}) if metric.table in self.rows else {}
        firsts = [first for source, first in of_table.items() if self._may_bring(source, metric)]
        known = [first for first in firsts if first is not None]
        if not firsts or len(known) < len(firsts):
            return False
        spoken_of = as_of - metric.shift_days
        if metric.window_days is None:
            return min(known) < spoken_of
        begun = [first for first in known if first < as_of]
        start = self.start_day(as_of)
        opened = spoken_of - metric.window_days
        return bool(begun) and (opened if start is None else max(opened, start)) >= max(begun)

    def _may_bring(self, source: str, metric: Basic) -> bool:
        """Whether a row of this source may pass the filter, or its name or its constants shut it out."""
        mapped = self.definitions.sources[source].columns if source in self.definitions.sources else {}
        constants = {"source": source} | {name: of.value for name, of in mapped.items() if of.value is not None}
        return all(lets_through(where, constants) for where in metric.where if where.column in constants)


def summarise(metric: Basic, rows: Sequence[Row], spoken_of: int) -> Number:
    """One number out of the rows that hold; None: nothing found."""
    what = measure_of(metric)
    if metric.how == "count":
        return float(len(rows)) if rows else None
    if metric.how == "distinct":
        return float(len(keys)) if (keys := _keys(metric, rows)) else None
    if metric.how == "days_since":
        return float(spoken_of - max(row[day_column(what.start)] for row in rows)) if rows else None
    time = TABLES[metric.table].time
    ordered = sorted(rows, key=lambda row: (row[time] is not None, row[time] or 0, row["source"], row["key"]))
    wholes = [whole for row in ordered if (whole := _whole(metric, row)) is not None]
    return _of_wholes(metric, wholes) if wholes else None


def _of_wholes(metric: Basic, wholes: Sequence[int]) -> float:
    shown = float(PICK.get(metric.how, sum)(wholes)) / (_scale(metric) * measure_of(metric).per)
    return shown / len(wholes) if metric.how == "mean" else shown


def _keys(metric: Basic, rows: Iterable[Row]) -> set[Any]:
    start = day_column(measure_of(metric).start)
    column = {"contact": "contact_id", "name": "name", "day": start}[metric.key or "day"]
    return {row[column] for row in rows} - {None}


def _whole(metric: Basic, row: Row) -> int | None:
    """The row's value as an integer, so that no order of adding can change a bit; a row without a value counts 1."""
    column = measure_of(metric).value
    if column is None:
        return 1
    return None if row[column] is None else round(row[column] * _scale(metric))


def _scale(metric: Basic) -> int:
    table = TABLES[metric.table]
    return 10**6 if (table.columns | table.derived).get(measure_of(metric).value or "") == "number" else 1


def lets_through(where: Where, row: Row) -> bool:
    """An unknown value passes only a filter that asks for the unknown."""
    value = row.get(where.column)
    if where.op in ("known", "unknown") or value is None:
        return (value is None) == (where.op == "unknown")
    if where.op in ("in", "not in"):
        if isinstance(value, str):
            return any(_says(value, each) for each in where.values) == (where.op == "in")
        return (value in where.values) == (where.op == "in")
    try:
        return COMPARE[where.op](float(value), float(where.values[0]))
    except ValueError:  # a text that is no number
        return False


def _says(text: str, value: Scalar) -> bool:
    """As people write values in a text column: 3, not 3.0; true, True or TRUE."""
    if isinstance(value, bool):
        return text in (str(value), str(value).lower(), str(value).upper())
    return text == (str(int(value)) if isinstance(value, float) and value.is_integer() else str(value))


def derived(metric: Derived, values: Mapping[str, Number]) -> Number:
    """Arithmetic on other metrics of the same cell; unknown in, unknown out."""
    numbers = [number for name in metric.of if (number := values[name]) is not None]
    if len(numbers) < len(metric.of):
        return None
    if metric.how == "slope":
        return slope(numbers)
    a, b = numbers
    if metric.how == "difference":
        return a - b
    if b == 0:
        return None
    return a / b if metric.how == "ratio" else (a - b) / b


def slope(newest_first: Sequence[float]) -> Number:
    """Least squares over evenly spaced windows: Σ (x − x̄)·y / Σ (x − x̄)², added from the newest to the oldest.

    >>> slope([5.0, 3.0, 1.0])
    2.0
    """
    count = len(newest_first)
    away = [(count - 1) / 2 - place for place in range(count)]
    rise = spread = 0.0
    for x, y in zip(away, newest_first, strict=True):
        rise += x * y
        spread += x * x
    return rise / spread if spread else None


def is_met(condition: Condition, values: Mapping[str, Number]) -> bool:
    value = values[condition.metric]
    return value is not None and COMPARE[condition.op](value, condition.value)


def _by_account(facts: Facts, table: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for row in facts.scan(table).collect().iter_rows(named=True):
        rows.setdefault(row.get("account_id", ""), []).append(row)
    return rows


def _known_days(table: str, rows: Iterable[Row]) -> list[int]:
    """For each fact, the day from which it had both happened and been received."""
    own = day_column(TABLES[table].time)
    return [max(row[own], row["received_day"]) for row in rows if row.get(own) is not None]


def _or_never(day: int | None) -> int:
    return NEVER if day is None else day


def _grid(accounts: tuple[str, ...], days: Sequence[int], cells: list[list[Cell]], definitions: Definitions) -> Grid:
    labels = sorted({cell.segment for row in cells for cell in row})

    def array(numbers: list[list[Any]], dtype: type) -> Any:
        return np.array(numbers, dtype=dtype).reshape(len(accounts), len(days))

    return Grid(
        accounts=accounts,
        as_of=np.array(days, dtype=np.int32),
        values={name: array([[c.values[name] for c in row] for row in cells], float) for name in definitions.metrics},
        alive=array([[cell.alive for cell in row] for row in cells], np.bool_),
        tenure_days=array([[cell.tenure_days for cell in row] for row in cells], float),
        segment=array([[labels.index(cell.segment) for cell in row] for row in cells], np.int32),
        segments=tuple(labels),
    )
