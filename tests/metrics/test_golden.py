"""One history that can be counted on paper, as of day 100; beside every right answer stands a wrong one that must fail.

Days 93 to 99 are the window of seven days. What is dated 100, or received on day 100 or later, is not yet known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sabai.definitions.model import (
    Basic,
    Churn,
    ColumnMap,
    Condition,
    Derived,
    Health,
    Metric,
    SegmentRule,
    Source,
    Stage,
    Where,
)
from sabai.facts.landed import Facts
from sabai.metrics.grid import Grid
from tests.metrics.engines import each_engine
from tests.metrics.landing import Row, define, fact, land
from tests.proof.twins import MUST_FAIL

AS_OF = 100
UNKNOWN = math.nan


def event(key: str, at: float, name: str, contact: str | None, value: float | None, received: float = 0.0) -> Row:
    return fact(key, "ant", max(at, received), occurred_at=at, name=name, contact_id=contact, value=value)


TABLES: Mapping[str, list[Row]] = {
    "accounts": [
        fact("ant", "ant", 1, superseded=60, started_on=1, segment="small", country="TH"),
        fact("ant", "ant", 60, started_on=1, segment="large", country="TH", lifecycle="customer"),
        fact("bee", "bee", 1, started_on=98, ended_on=103),
        fact("cat", "cat", 1, started_on=1, test=True),
        fact("dog", "dog", 1, started_on=1),
    ],
    "events": [
        event("e1", 92.9, "login", "ann", 5.0),  # a breath before the window opens
        event("e2", 93.0, "login", "ben", 1.5),  # the first instant of the window
        event("e3", 95.2, "export", "ann", -0.5),
        event("e4", 97.0, "login", "ben", None),
        event("e5", 99.9, "login", "eve", 100.0, received=101),  # happened in the window, but was not known yet
        event("e6", 100.0, "login", "cal", 1000.0),  # the as-of day itself
    ],
    "tickets": [
        fact("t1", "ant", 90, superseded=96, opened_at=90, severity="high"),
        fact("t1", "ant", 96, opened_at=90, resolved_at=95.5, severity="high", resolution_seconds=475_200),
        fact("t2", "ant", 94, opened_at=94, severity="high"),
        fact("t3", "ant", 98, opened_at=97, resolved_at=98, resolution_seconds=86_400),  # severity unknown
        fact("t4", "ant", 100, opened_at=99),  # received too late
    ],
    "subscriptions": [
        fact("s1", "ant", 10, starts_at=10, ends_at=100, seats=10.5, recurring_minor=5_000),
        fact("s2", "ant", 99, starts_at=99, seats=3, recurring_minor=101),
        fact("s3", "ant", 20, starts_at=20, ends_at=40, seats=7, recurring_minor=900),
    ],
    "churn": [fact("c1", "dog", 95, effective_at=100)],
}  # fmt: skip

LOGIN = (Where("name", "in", ("login",)),)
WEEK: dict[str, Any] = {"table": "events", "window_days": 7}

BASICS: list[tuple[Basic, float, float]] = [  # metric, what it is, and what a likely mistake would say
    (Basic("count", "count", where=LOGIN, **WEEK), 2, 3),  # mistake: e5, known only afterwards
    (Basic("sum", "sum", measure="value", **WEEK), 1.0, 6.0),  # mistake: e1, a window of eight days
    (Basic("sum_exact", "sum", measure="value", table="events"), 6.0, 106.0),
    (Basic("min", "min", measure="value", where=LOGIN, **WEEK), 1.5, 0.0),  # mistake: null as zero
    (Basic("max", "max", measure="value", table="events"), 5.0, 1000.0),  # mistake: the as-of day itself
    (Basic("last", "last", measure="value", **WEEK), -0.5, UNKNOWN),  # mistake: e4, whose value is unknown
    (Basic("mean", "mean", measure="value", **WEEK), 0.5, 1 / 3),  # mistake: divided by rows, not values
    (Basic("people", "distinct", key="contact", **WEEK), 2, 3),
    (Basic("names", "distinct", key="name", **WEEK), 2, 1),
    (Basic("days", "distinct", key="day", **WEEK), 3, 4),
    (Basic("since", "days_since", "events", where=LOGIN), 3, 1),
    (Basic("open", "held", "tickets", "open"), 1, 2),  # mistake: t1 as it was before its second version
    (Basic("open_new", "held", "tickets", "open", window_days=5), 0, 1),  # t2 was opened six days ago
    (Basic("open_before", "held", "tickets", "open", shift_days=5), 2, 1),  # on day 95 t1 was still open
    (Basic("seats", "held", "subscriptions", "seats"), 13.5, 3.0),  # mistake: an end of 100 is still held as of 100
    (Basic("money", "sum", "subscriptions", "recurring"), 5_101, 5_101_000_000),  # mistake: scaled twice
    (Basic("hours", "mean", "tickets", "resolution_hours"), 78.0, 280_800.0),  # mistake: seconds
    (Basic("earlier", "count", where=LOGIN, shift_days=7, **WEEK), 1, 2),
    (Basic("missing", "last", measure="value", table="events", window_days=1, missing=-1.0), -1.0, 0.0),
    (Basic("none", "last", measure="value", table="events", window_days=1), UNKNOWN, 0.0),
    (Basic("zero", "count", table="events", window_days=1), 0, UNKNOWN),
    (Basic("whole_life", "count", table="events", window_days=400, where=LOGIN), 3, UNKNOWN),
    (Basic("no_table", "count", "pulses"), UNKNOWN, 0.0),
    (Basic("staged", "count", "events", since_stage=True), 2, 3),  # since the first export on day 95
]

WHERES: list[tuple[Where, float, float]] = [  # of three tickets known: high, high, unknown
    (Where("severity", "in", ("high", "low")), 2, 3),
    (Where("severity", "not in", ("low",)), 2, 3),  # the unknown severity is not "not low"
    (Where("severity", "known"), 2, 1),
    (Where("severity", "unknown"), 1, 0),
    (Where("resolution_seconds", ">", (86_400.0,)), 1, 2),
    (Where("resolution_seconds", ">=", (86_400.0,)), 2, 1),
    (Where("resolution_seconds", "<", (86_400.0,)), 0, 1),
    (Where("resolution_seconds", "<=", (86_400.0,)), 1, 2),
]

PARTS = [
    Basic("now", "count", **WEEK),  # e2, e3, e4
    Basic("before", "count", shift_days=7, **WEEK),  # e1
    Basic("long_before", "count", shift_days=14, **WEEK),  # none
    Basic("never", "last", "events", "value", window_days=1),
]
DERIVEDS: list[tuple[Derived, float, float]] = [
    (Derived("ratio", "ratio", ("now", "before")), 3.0, 1 / 3),
    (Derived("by_zero", "ratio", ("now", "long_before")), UNKNOWN, math.inf),
    (Derived("change", "change", ("now", "before")), 2.0, 3.0),
    (Derived("difference", "difference", ("now", "before")), 2.0, -2.0),
    (Derived("slope", "slope", ("now", "before", "long_before")), 1.5, -1.5),  # newest first: rising
    (Derived("unknown", "difference", ("now", "never")), UNKNOWN, 3.0),
]


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return land(tmp_path, TABLES, accounts=("ant", "bee", "cat", "dog"))


def answers(cases: list[tuple[Any, float, float]]) -> list[Any]:
    """Each case twice: as it is, and as the mistake would have it, which must fail."""
    names = [getattr(case[0], "name", None) or f"{case[0].column} {case[0].op}" for case in cases]
    right = [pytest.param(what, value, id=name) for name, (what, value, _) in zip(names, cases, strict=True)]
    must_fail = pytest.mark.xfail(strict=True, raises=AssertionError, reason="the twin that must fail")
    wrong = [pytest.param(what, twin, id=f"{name}-twin", marks=must_fail)
             for name, (what, _, twin) in zip(names, cases, strict=True)]  # fmt: skip
    return right + wrong


def of_ant(engine: ModuleType, facts: Facts, *metrics: Metric) -> float:
    """The last metric, of the account "ant"."""
    stages = (Stage("new"), Stage("active", "export"), Stage("expert", "never_happened"))
    grid: Grid = engine.measure(facts, define(*metrics, stages=stages), [AS_OF])
    return float(grid.values[metrics[-1].name][0, 0])


@each_engine
@pytest.mark.parametrize(("metric", "expected"), answers(BASICS))
def test_basic(engine: ModuleType, facts: Facts, metric: Basic, expected: float) -> None:
    assert of_ant(engine, facts, metric) == pytest.approx(expected, abs=0, rel=1e-15, nan_ok=True)


@each_engine
@pytest.mark.parametrize(("where", "expected"), answers(WHERES))
def test_where(engine: ModuleType, facts: Facts, where: Where, expected: float) -> None:
    assert of_ant(engine, facts, Basic("tickets", "count", "tickets", where=(where,))) == expected


@each_engine
@pytest.mark.parametrize(("metric", "expected"), answers(DERIVEDS))
def test_derived(engine: ModuleType, facts: Facts, metric: Derived, expected: float) -> None:
    assert of_ant(engine, facts, *PARTS, metric) == pytest.approx(expected, abs=0, rel=1e-15, nan_ok=True)


@each_engine
def test_counts_are_unknown_before_the_source_was_collected(engine: ModuleType, tmp_path: Path) -> None:
    facts = land(tmp_path, TABLES, accounts=("ant", "bee"), since=95)
    week, state = Basic("week", "count", **WEEK), Basic("state", "held", "tickets", "open")
    earlier = Basic("earlier", "held", "tickets", "open", shift_days=1)
    values = engine.measure(facts, define(week, state, earlier), [95, 96, 100, 101, 102]).values
    assert [math.isnan(value) for value in values["week"][0]] == [True, True, True, True, False]
    assert [math.isnan(value) for value in values["state"][0]] == [True, False, False, False, False]
    assert [math.isnan(value) for value in values["earlier"][0]] == [True, True, False, False, False]
    assert list(values["week"][1, 2:]) == [0.0, 0.0, 0.0]  # bee began on day 98, when everything was collected


@each_engine
@pytest.mark.parametrize(
    ("first_days", "known"),
    [
        ({"app": 80, "web": 94}, True),  # whatever web brings is not counted
        ({"app": 94, "web": 80}, False),
        ({"app": 80, "web": None}, True),
        pytest.param({"app": 94}, True, marks=MUST_FAIL),
    ],
)
def test_a_source_that_the_filter_shuts_out_is_not_waited_for(
    engine: ModuleType, tmp_path: Path, first_days: Mapping[str, int | None], known: bool
) -> None:
    facts = land(tmp_path, TABLES, first_days={"events": first_days})
    logins = Basic("logins", "count", **WEEK, where=(Where("source", "in", ("app",)),))
    assert math.isnan(engine.measure(facts, define(logins), [AS_OF]).values["logins"][0, 0]) is not known


@each_engine
@pytest.mark.parametrize(
    ("first_days", "known"),
    [
        ({"app": 80}, True),
        ({"app": 80, "web": 93}, True),  # the window opens on day 93
        ({"app": 80, "web": 94}, False),  # web came in the middle of it
        ({"app": 80, "web": 100}, True),  # not yet collected: nobody misses it
        ({"app": 80, "web": None}, False),  # its file is missing
        ({"app": 80, "forum": None}, True),  # missing too, but it writes posts and nothing else
        ({}, False),
    ],
)
def test_a_count_is_known_where_every_source_that_may_bring_it_was_collected(
    engine: ModuleType, tmp_path: Path, first_days: Mapping[str, int | None], known: bool
) -> None:
    facts = land(tmp_path, TABLES, first_days={"events": first_days})
    posts = Source("forum", ("forum.csv",), "events", {"name": ColumnMap(value="post")})
    logins = Basic("logins", "count", **WEEK, where=(Where("name", "in", ("login",)),))
    meaning = replace(define(logins), sources={"forum": posts})
    assert math.isnan(engine.measure(facts, meaning, [AS_OF]).values["logins"][0, 0]) is not known


@each_engine
def test_who_is_a_customer_when(engine: ModuleType, facts: Facts) -> None:
    grid = engine.measure(facts, define(), [98, 99, 100, 101, 103, 104])
    assert grid.alive.tolist() == [
        [True] * 6,
        [False, True, True, True, True, False],  # starts 98, ends 103
        [False] * 6,  # a test account
        [True, True, True, False, False, False],  # churned, effective 100
    ]
    assert grid.tenure_days[1].tolist() == [0, 1, 2, 3, 5, 6]


@each_engine
def test_an_export_of_today_does_not_rewrite_who_was_a_customer(engine: ModuleType, tmp_path: Path) -> None:
    told = [
        fact("ant", "ant", 1, started_on=1, ended_on=50, lifecycle="former"),
        fact("bee", "bee", 1, started_on=1, lifecycle="former"),  # since when, nobody knows
        fact("cat", "cat", 1, started_on=1, lifecycle="prospect", ended_on=50),
    ]
    grid = engine.measure(land(tmp_path, {"accounts": told}, ("ant", "bee", "cat")), define(), [50, 51])
    assert grid.alive.tolist() == [[True, False], [False, False], [False, False]]


@each_engine
def test_of_two_versions_received_at_once_the_one_not_superseded_is_known(engine: ModuleType, tmp_path: Path) -> None:
    told = [
        fact("ant", "ant", 5, superseded=5, started_on=4, segment="small"),
        fact("ant", "ant", 5, started_on=3, segment="large"),
    ]
    for rows in (told, told[::-1]):
        health = Health((), (), segments=("segment",))
        grid = engine.measure(land(tmp_path, {"accounts": rows}), define(health=health), [6])
        assert (grid.segments[grid.segment[0, 0]], grid.tenure_days[0, 0]) == ("large", 3)


@each_engine
def test_a_customer_by_subscription_lives_on_for_the_grace(engine: ModuleType, tmp_path: Path) -> None:
    told = {"accounts": TABLES["accounts"][:2], "subscriptions": TABLES["subscriptions"][2:]}  # s3: days 20 to 40
    grid = engine.measure(land(tmp_path, told), define(churn=Churn("subscriptions", 30)), [20, 21, 70, 71])
    assert grid.alive[0].tolist() == [False, True, True, False]


@each_engine
def test_segments_are_those_of_the_version_then_known(engine: ModuleType, facts: Facts) -> None:
    grid = engine.measure(facts, define(health=Health((), (), segments=("segment", "country"))), [1, 60, 61])
    assert [grid.segments[code] for code in grid.segment[0]] == ["– · –", "small · TH", "large · TH"]


@each_engine
def test_the_first_segment_rule_that_holds_wins(engine: ModuleType, facts: Facts) -> None:
    seats = Basic("seats", "held", "subscriptions", "seats")
    rules = (SegmentRule("big", (Condition("seats", ">=", 12),)), SegmentRule("some", (Condition("seats", ">", 0),)))
    grid = engine.measure(facts, define(seats, health=Health((), (), segment_rules=rules)), [50, 100])
    assert [[grid.segments[code] for code in row] for row in grid.segment[:2]] == [["some", "big"], ["–", "–"]]
