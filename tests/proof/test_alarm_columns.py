"""Columns that should not enter a score: those that carry no date, and those that say who left."""

from __future__ import annotations

from pathlib import Path

import pytest

from sabai.definitions.model import (
    Basic,
    Condition,
    Deduction,
    Definitions,
    Derived,
    Factor,
    Health,
    Metric,
    SegmentRule,
    Where,
)
from sabai.proof.alarms.as_of_now import as_of_now
from sabai.proof.alarms.says_who_left import says_who_left
from sabai.proof.replay import Question
from tests.metrics.landing import Row, define, fact, land
from tests.proof.made_replay import replay_of


def factors(*metrics: Metric, of: str | None = None, **health: object) -> Definitions:
    name = of or metrics[0].name
    return define(*metrics, health=Health((Factor(name, "usage", 1.0, better="higher"),), ("usage",), **health))


URGENT = Basic("urgent", "held", "tickets", "open", where=(Where("severity", "in", ("high",)),))
TICKETS = Basic("tickets", "count", "tickets", window_days=90)
SEATS = Basic("seats", "held", "subscriptions", "seats")
RATED = Basic("rated", "mean", "tickets", "satisfaction", window_days=90)
LOGINS = Basic("logins", "count", "events", where=(Where("name", "in", ("login",)),), window_days=28)


def tables(*, version: int | None = None, assumed: bool = True) -> dict[str, list[Row]]:
    told = {"received_assumed": assumed}
    return {
        "accounts": [fact("a", "ant", 0, started_on=0, segment="small", **told)],
        "tickets": [fact("t", "ant", 10, version, opened_at=10, severity="high", **told)],
        "subscriptions": [fact("s", "ant", 5, version, starts_at=5, seats=7, **told)],
        "events": [fact("e", "ant", 12, occurred_at=12, name="login", **told)],
    }


def fired(folder: Path, definitions: Definitions, **how: object) -> bool:
    return as_of_now(replay_of(definitions, land(folder, tables(**how)))).fired


@pytest.mark.parametrize("metric", [URGENT, SEATS])
def test_a_filter_or_a_value_without_a_date_is_named(tmp_path: Path, metric: Basic) -> None:
    alarm = as_of_now(replay_of(factors(metric), land(tmp_path, tables())))
    column = "tickets.severity" if metric is URGENT else "subscriptions.seats"
    assert alarm.fired
    assert f"{metric.name} ({column})" in alarm.sentence


@pytest.mark.parametrize("metric", [TICKETS, LOGINS, RATED])
def test_what_carries_a_date_is_left_alone(tmp_path: Path, metric: Basic) -> None:
    """A rating is as old as the end of its ticket; the name of an event never changes."""
    assert not fired(tmp_path, factors(metric))


@pytest.mark.parametrize("history", [{"version": 40}, {"assumed": False}])
def test_what_has_a_history_is_left_alone(tmp_path: Path, history: dict[str, object]) -> None:
    assert not fired(tmp_path, factors(URGENT), **history)


def test_it_is_found_behind_arithmetic_deductions_and_segments(tmp_path: Path) -> None:
    per_seat = Derived("per_seat", "ratio", ("tickets", "seats"))
    assert fired(tmp_path, factors(TICKETS, SEATS, per_seat, of="per_seat"))
    many = Condition("urgent", ">", 3)
    assert fired(tmp_path, factors(LOGINS, URGENT, deductions=(Deduction("many", many, 5),)))
    assert fired(tmp_path, factors(LOGINS, URGENT, segment_rules=(SegmentRule("loud", (many,)),)))
    assert fired(tmp_path, factors(LOGINS, segments=("segment",)))
    assert not fired(tmp_path, factors(LOGINS, URGENT))  # the twin: measured, and in nobody's score


def test_a_table_without_dates_has_no_past_to_look_into(tmp_path: Path) -> None:
    replay = replay_of(factors(URGENT), land(tmp_path, tables()), question=Question(cross_section=True))
    assert as_of_now(replay).measured is None


def held(table: str, column: str, *values: str, op: str = "in") -> Basic:
    measure = "open" if table == "subscriptions" else "rows"
    return Basic("told", "held", table, measure, where=(Where(column, op, values),))


@pytest.mark.parametrize(
    "metric",
    [
        Basic("told", "count", "churn", window_days=30),
        Basic("told", "held", "subscriptions", "notice"),
        held("subscriptions", "status", "cancelled"),
        held("subscriptions", "status", "active"),
        held("subscriptions", "cancel_at_period_end", op="known"),
        held("accounts", "lifecycle", "former"),
        held("accounts", "ended_on", op="unknown"),
    ],
)
def test_columns_that_say_who_left_are_found(tmp_path: Path, metric: Basic) -> None:
    alarm = says_who_left(replay_of(factors(metric), land(tmp_path, tables())))
    assert alarm.fired
    assert "told (" in alarm.sentence


@pytest.mark.parametrize(
    "metric",
    [
        SEATS,
        URGENT,
        LOGINS,
        held("subscriptions", "status", "trial", "past due"),
        held("subscriptions", "product", "gold"),
        held("accounts", "industry", "cafes"),
        Basic("told", "count", "events", where=(Where("name", "in", ("churn",)),), window_days=30),
    ],
)
def test_others_are_not(tmp_path: Path, metric: Basic) -> None:
    assert not says_who_left(replay_of(factors(metric), land(tmp_path, tables()))).fired


def test_segments_by_lifecycle_say_it_too(tmp_path: Path) -> None:
    facts = land(tmp_path, tables())
    assert says_who_left(replay_of(factors(LOGINS, segments=("lifecycle",)), facts)).fired
    assert not says_who_left(replay_of(factors(LOGINS, segments=("segment",)), facts)).fired
