"""What holds for every engine, every history and every definition."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sabai.definitions.model import Basic, Where
from sabai.facts.catalogue import TABLES
from tests.metrics.engines import assert_same, each_engine
from tests.metrics.histories import (
    MEASURED,
    SHRINKING,
    WORDS,
    History,
    as_of_dates,
    definitions,
    drawn_columns,
    histories,
    landed,
    versions,
)
from tests.metrics.landing import Row, day_columns, define
from tests.tries import tries

law = tries(6, 60, phases=SHRINKING)
HAPPENINGS = [name for name in MEASURED if TABLES[name].kind == "happening"]


@each_engine
@law
@given(st.data())
def test_what_is_received_at_or_after_as_of_changes_nothing(engine: ModuleType, data: st.DataObject) -> None:
    history = data.draw(histories())
    meaning, as_of = data.draw(definitions(history)), data.draw(as_of_dates)
    table = data.draw(st.sampled_from(sorted(history.tables)))
    came = as_of[-1] + data.draw(st.sampled_from((0.0, 0.25, 30.0)))
    told = [{**row, "key": "new", "received_at": came} for row in data.draw(versions(table))[-1:]]
    after = _with_rows(_superseded(history, table, int(came // 1)), table, told)
    with landed(history) as before_facts, landed(after) as after_facts:
        assert_same(engine.measure(before_facts, meaning, as_of), engine.measure(after_facts, meaning, as_of))


@each_engine
@law
@given(st.data())
def test_what_is_dated_at_or_after_as_of_changes_nothing(engine: ModuleType, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(HAPPENINGS))
    history = data.draw(histories((table,)))
    meaning, as_of = data.draw(definitions(history)), data.draw(as_of_dates)
    dated = as_of[-1] + data.draw(st.sampled_from((0.0, 0.25, 30.0)))
    whens = dict.fromkeys(day_columns(TABLES[table]).values(), dated)
    after = _with_rows(history, table, [{**row, **whens, "key": "new"} for row in data.draw(versions(table))])
    with landed(history) as before_facts, landed(after) as after_facts:
        assert_same(engine.measure(before_facts, meaning, as_of), engine.measure(after_facts, meaning, as_of))


@each_engine
@law
@given(st.data())
def test_the_order_in_which_rows_came_does_not_matter(engine: ModuleType, data: st.DataObject) -> None:
    history = data.draw(histories())
    meaning, as_of = data.draw(definitions(history)), data.draw(as_of_dates)
    other = replace(history, tables={name: rows[::-1] for name, rows in history.tables.items()})
    with landed(history) as facts, landed(other) as turned:
        assert_same(engine.measure(facts, meaning, as_of), engine.measure(turned, meaning, as_of))


@each_engine
@law
@given(st.data())
def test_a_date_says_the_same_whatever_other_dates_are_asked_for(engine: ModuleType, data: st.DataObject) -> None:
    history = data.draw(histories())
    meaning, as_of = data.draw(definitions(history)), data.draw(as_of_dates)
    place = data.draw(st.integers(0, len(as_of) - 1))
    with landed(history) as facts:
        together, alone = engine.measure(facts, meaning, as_of), engine.measure(facts, meaning, [as_of[place]])
    for name, values in together.values.items():
        np.testing.assert_array_equal(values[:, [place]], alone.values[name], err_msg=name)
    np.testing.assert_array_equal(together.alive[:, [place]], alone.alive)
    np.testing.assert_array_equal(together.tenure_days[:, [place]], alone.tenure_days)


@each_engine
@law
@given(st.data())
def test_disjoint_filters_add_up_to_the_whole(engine: ModuleType, data: st.DataObject) -> None:
    metric = data.draw(_added_up())
    texts = [column for column, kind in drawn_columns(TABLES[metric.table]).items() if kind == "text"] or ["source"]
    column, words = data.draw(st.sampled_from(texts)), tuple(data.draw(st.sets(st.sampled_from(WORDS), min_size=1)))
    parts = [(Where(column, "in", words),), (Where(column, "not in", words),), (Where(column, "unknown"),)]
    split = [replace(metric, name=f"part{i}", where=where) for i, where in enumerate(parts)]
    history, as_of = data.draw(histories((metric.table,))), data.draw(as_of_dates)
    with landed(history) as facts:
        values = engine.measure(facts, define(metric, *split), as_of).values
    whole = sum(_millionths(values[part.name], metric) for part in split)
    np.testing.assert_array_equal(_millionths(values["whole"], metric), whole)


@each_engine
@law
@given(st.data(), st.integers(1, 60), st.integers(1, 60))
def test_two_windows_end_to_end_are_one_long_window(
    engine: ModuleType, data: st.DataObject, near: int, far: int
) -> None:
    metric = data.draw(_added_up(points_only=True))
    history, as_of = data.draw(histories((metric.table,))), data.draw(as_of_dates)
    whole = replace(metric, window_days=near + far)
    parts = [
        replace(metric, name="near", window_days=near),
        replace(metric, name="far", window_days=far, shift_days=metric.shift_days + near),
    ]
    with landed(history) as facts:
        values = engine.measure(facts, define(whole, *parts), as_of).values
    both = _millionths(values["near"], metric) + _millionths(values["far"], metric)
    np.testing.assert_array_equal(_millionths(values["whole"], metric), both)


@st.composite
def _added_up(draw: st.DrawFn, points_only: bool = False) -> Basic:
    """A count, sum or held state, with or without an end of its own."""
    measures = [
        (table, measure, how)
        for table in MEASURED
        for measure, what in TABLES[table].measures.items()
        if not (points_only and what.end)
        for how in ("count", *(["sum"] if what.value else []), *(["held"] if what.end else []))
    ]
    table, measure, how = draw(st.sampled_from(measures))
    window = draw(st.none() | st.integers(1, 400))
    return Basic("whole", how, table, measure, window_days=window, shift_days=draw(st.sampled_from((0, 0, 9))))


def _millionths(values: np.ndarray, metric: Basic) -> np.ndarray:
    """The integers that were added up: only they can be added again without rounding."""
    return np.rint(values * 1e6 * TABLES[metric.table].measures[metric.measure].per)


def _with_rows(history: History, table: str, rows: list[Row]) -> History:
    return replace(history, tables={**history.tables, table: [*history.tables[table], *rows]})


def _superseded(history: History, table: str, day: int) -> History:
    """Everything still standing in a table of things gets its next version on `day`."""
    if TABLES[table].kind == "happening":
        return history
    rows = [{**row, "superseded_day": row["superseded_day"] or day} for row in history.tables[table]]
    return replace(history, tables={**history.tables, table: rows})
