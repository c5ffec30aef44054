"""Every short form, and what it stands for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sabai.definitions.model import (
    Bands,
    Basic,
    Churn,
    ColumnMap,
    Condition,
    Deduction,
    Derived,
    Factor,
    Join,
    Metric,
    Milestone,
    SegmentRule,
    Stage,
    Where,
    Workspace,
)
from tests.definitions.good import changed, read

BUGS = (Where("topic", "in", ("bug",)),)
REMINDED = Where("reminded", "in", (True,))

FORMS: list[tuple[str, list[Metric]]] = [
    ("{ count: events }", [Basic("x", "count", "events")]),
    ("{ count: events, window: 12w }", [Basic("x", "count", "events", window_days=84)]),
    ("{ count: events, window: 1y, missing: 0 }", [Basic("x", "count", "events", window_days=365, missing=0.0)]),
    ("{ count: events, window: lifetime }", [Basic("x", "count", "events")]),
    ("{ count: events, window: stage }", [Basic("x", "count", "events", since_stage=True)]),
    ("{ count: goals.met, window: 9d }", [Basic("x", "count", "goals", "met", window_days=9)]),
    ("{ sum: events.value, window: 9d }", [Basic("x", "sum", "events", "value", window_days=9)]),
    ("{ min: pulses.rating }", [Basic("x", "min", "pulses", "rating")]),
    ("{ max: pulses.rating }", [Basic("x", "max", "pulses", "rating")]),
    ("{ mean: tickets.first_reply_hours }", [Basic("x", "mean", "tickets", "first_reply_hours")]),
    ("{ last: pulses.rating, stale_after: 90d }", [Basic("x", "last", "pulses", "rating", window_days=90)]),
    ("{ distinct: contact, of: events }", [Basic("x", "distinct", "events", key="contact")]),
    ("{ distinct: name, of: events }", [Basic("x", "distinct", "events", key="name")]),
    ("{ active_days: events, window: 9d }", [Basic("x", "distinct", "events", key="day", window_days=9)]),
    ("{ held: subscriptions.recurring }", [Basic("x", "held", "subscriptions", "recurring")]),
    ("{ held: invoices.unpaid }", [Basic("x", "held", "dues", "unpaid")]),
    ("{ held: invoices.overdue }", [Basic("x", "held", "dues", "overdue")]),
    ("{ mean: invoices.days_late }", [Basic("x", "mean", "dues", "days_late")]),
    ("{ count: invoices.reminded }", [Basic("x", "count", "dues", "days_late", where=(REMINDED,))]),
    ("{ open: tickets, where: { topic: bug } }", [Basic("x", "held", "tickets", "open", where=BUGS)]),
    ("{ days_since: touchpoints }", [Basic("x", "days_since", "touchpoints")]),
    ("{ ratio: [people, seats] }", [Derived("x", "ratio", ("people", "seats"))]),
    (
        "{ ratio: [{ sum: returns.gained }, { sum: returns.cost }] }",
        [Basic("x.part", "sum", "returns", "gained"), Basic("x.whole", "sum", "returns", "cost"),
         Derived("x", "ratio", ("x.part", "x.whole"))],
    ),
    (
        "{ share: tickets, where: { topic: bug }, window: 9d }",
        [Basic("x.part", "count", "tickets", where=BUGS, window_days=9),
         Basic("x.whole", "count", "tickets", window_days=9), Derived("x", "ratio", ("x.part", "x.whole"))],
    ),
    (
        "{ share: tickets, where: { severity: high }, among: { topic: bug } }",
        [Basic("x.part", "count", "tickets", where=(*BUGS, Where("severity", "in", ("high",)))),
         Basic("x.whole", "count", "tickets", where=BUGS), Derived("x", "ratio", ("x.part", "x.whole"))],
    ),
    (
        "{ share: invoices.reminded }",
        [Basic("x.part", "count", "dues", "days_late", where=(REMINDED,)),
         Basic("x.whole", "count", "dues", "days_late"), Derived("x", "ratio", ("x.part", "x.whole"))],
    ),
    (
        "{ change: { count: tickets, window: 9d } }",
        [Basic("x.of", "count", "tickets", window_days=9),
         Basic("x.of.before_9d", "count", "tickets", window_days=9, shift_days=9),
         Derived("x", "change", ("x.of", "x.of.before_9d"))],
    ),
    (
        "{ change: seats, over: 9d }",
        [Basic("seats.before_9d", "held", "subscriptions", "seats", shift_days=9),
         Derived("x", "change", ("seats", "seats.before_9d"))],
    ),
    (
        "{ change: seat_use }",
        [Basic("people.before_28d", "distinct", "events", key="contact", window_days=28, shift_days=28),
         Basic("seats.before_28d", "held", "subscriptions", "seats", shift_days=28),
         Derived("seat_use.before_28d", "ratio", ("people.before_28d", "seats.before_28d")),
         Derived("x", "change", ("seat_use", "seat_use.before_28d"))],
    ),
    (
        "{ per_seat: people }",
        [Basic("x.seats", "held", "subscriptions", "seats"), Derived("x", "ratio", ("people", "x.seats"))],
    ),
    (
        "{ slope: seats, over: 3, every: 9d }",
        [Basic("seats.before_9d", "held", "subscriptions", "seats", shift_days=9),
         Basic("seats.before_18d", "held", "subscriptions", "seats", shift_days=18),
         Derived("x", "slope", ("seats", "seats.before_9d", "seats.before_18d"))],
    ),
    (
        "{ count: responses, where: { answered: no }, window: 9d }",
        [Basic("x", "held", "responses", "open", window_days=9)],
    ),
    (
        "{ count: responses, where: { answered: yes }, window: 9d }",
        [Basic("x.all", "count", "responses", window_days=9),
         Basic("x.open", "held", "responses", "open", window_days=9), Derived("x", "difference", ("x.all", "x.open"))],
    ),
]  # fmt: skip


def without_line(metric: Metric) -> Metric:
    return replace(metric, line=0)


@pytest.mark.parametrize(("form", "meant"), FORMS, ids=[form for form, _ in FORMS])
def test_a_form_and_what_it_stands_for(form: str, meant: list[Metric], tmp_path: Path) -> None:
    """In the file without any other short form, so that whatever is hidden belongs to this one."""
    plain = changed(
        ("  change_of_logins: { change: logins }\n", ""),
        ("  trend: { slope: people, over: 6 }\n", ""),
        ("  growth_of_seats: { change: seats, over: 90d }\n", ""),
        ("  faults: {", f"  x: {form}\n  faults: {{"),
    )
    before = read(tmp_path, plain.replace(f"  x: {form}\n", "")).metrics
    metrics = read(tmp_path, plain).metrics
    assert [without_line(metrics[name]) for name in metrics if name not in before] == meant


WHERES: list[tuple[str, tuple[Where, ...]]] = [
    ("{ name: login }", (Where("name", "in", ("login",)),)),
    ("{ name: [login, report] }", (Where("name", "in", ("login", "report")),)),
    ("{ name: [not: login] }", (Where("name", "not in", ("login",)),)),
    ("{ name: { not: [login, report] } }", (Where("name", "not in", ("login", "report")),)),
    ("{ value: 3 }", (Where("value", "in", (3.0,)),)),
    ('{ value: ">= 3" }', (Where("value", ">=", (3.0,)),)),
    ('{ value: "<3.5" }', (Where("value", "<", (3.5,)),)),
    ("{ contact_id: known }", (Where("contact_id", "known"),)),
    ("{ contact_id: unknown }", (Where("contact_id", "unknown"),)),
    ("{ contact_id: [unknown] }", (Where("contact_id", "in", ("unknown",)),)),
    ("{ properties.version: 2 }", (Where("properties.version", "in", ("2",)),)),
    ('{ properties.size: "> 2" }', (Where("properties.size", ">", (2.0,)),)),
    ("{ source: product, name: a }", (Where("source", "in", ("product",)), Where("name", "in", ("a",)))),
]


@pytest.mark.parametrize(("written", "meant"), WHERES, ids=[written for written, _ in WHERES])
def test_filters(written: str, meant: tuple[Where, ...], tmp_path: Path) -> None:
    metric = read(tmp_path, changed(("{ name: login }, window: 28d", f"{written}, window: 28d"))).metrics["logins"]
    assert isinstance(metric, Basic)
    assert metric.where == meant


def test_flags_are_yes_or_no(tmp_path: Path) -> None:
    text = changed(
        (
            "{ share: tickets, where: { topic: bug }, window: 180d }",
            "{ open: subscriptions, where: { auto_renew: no } }",
        )
    )
    metric = read(tmp_path, text).metrics["faults"]
    assert isinstance(metric, Basic)
    assert metric.where == (Where("auto_renew", "in", (False,)),)


def test_every_metric_comes_after_those_it_needs(tmp_path: Path) -> None:
    metrics = read(tmp_path, changed(("metrics:\n", "metrics:\n  early: { per_seat: change_of_logins }\n"))).metrics
    known: set[str] = set()
    for name, metric in metrics.items():
        assert metric.name == name
        assert known.issuperset(metric.of if isinstance(metric, Derived) else ())
        known.add(name)


def test_lines_are_kept(tmp_path: Path) -> None:
    definitions = read(tmp_path)
    assert definitions.metrics["logins"].line == 27
    assert definitions.sources["bills"].line == 18
    assert definitions.health.factors[0].line == 46


def test_health(tmp_path: Path) -> None:
    health = read(tmp_path).health
    assert health.factors == (
        Factor("logins", "usage", 15.0, "higher", (), 46),
        Factor("seat_use", "usage", 10.0, None, ((0.0, 0.0), (0.5, 60.0), (0.9, 100.0)), 47),
        Factor("urgent", "support", 10.0, "lower", (), 49),
    )
    assert health.dimensions == ("usage", "support")
    assert health.segments == ("segment", "properties.plan")
    assert health.reference == (date(2025, 1, 1), date(2025, 6, 30))
    assert health.bands == Bands(None, 2.0, 14)


def test_a_deduction_on_an_event_is_a_hidden_metric_and_a_condition(tmp_path: Path) -> None:
    definitions = read(tmp_path)
    assert definitions.health.deductions == (
        Deduction("asked_to_cancel", Condition("asked_to_cancel.event", ">=", 1.0), 15.0, 51),
        Deduction("nobody", Condition("people", "<", 1.0), 5.0, 52),
    )
    assert without_line(definitions.metrics["asked_to_cancel.event"]) == Basic(
        "asked_to_cancel.event", "count", "events", where=(Where("name", "in", ("cancel_viewed",)),), window_days=30
    )


def test_milestones(tmp_path: Path) -> None:
    young = read(tmp_path).health.young
    assert young is not None
    assert young.until_days == 60
    assert young.milestones == (
        Milestone("first_login", Condition("first_login.reached", ">=", 1.0)),
        Milestone("three_people", Condition("people", ">=", 3.0)),
    )


def test_milestones_named_by_events(tmp_path: Path) -> None:
    named = '{ first_login: { event: login }, three_people: { people: ">= 3" } }'
    definitions = read(tmp_path, changed((named, "[login, page.viewed]")))
    assert definitions.health.young is not None
    assert [each.name for each in definitions.health.young.milestones] == ["login", "page.viewed"]
    hidden = definitions.metrics["page.viewed.reached"]
    assert isinstance(hidden, Basic)
    assert hidden.window_days is None


def test_segments_by_rules(tmp_path: Path) -> None:
    text = changed(("[segment, properties.plan]", '{ big: { seats: ">= 100", people: "> 9" }, others: {} }'))
    health = read(tmp_path, text).health
    assert health.segments == ()
    assert health.segment_rules == (
        SegmentRule("big", (Condition("seats", ">=", 100.0), Condition("people", ">", 9.0))),
        SegmentRule("others"),
    )


def test_sources(tmp_path: Path) -> None:
    sources = read(tmp_path).sources
    assert sources["product"].files == ("usage/*.parquet",)
    assert sources["product"].lag_seconds == 3600
    assert sources["product"].where == (Where("version", "in", ("2",)),)
    assert sources["product"].columns["properties.device"] == ColumnMap(columns=("device",), line=15)
    assert sources["bills"].files == ("2024.csv", "2025.csv")
    assert sources["bills"].columns["account_id"] == ColumnMap(columns=("Customer",), through="crm", line=23)
    assert sources["bills"].columns["issued_on"] == ColumnMap(columns=("Date",), format="%d/%m/%Y", line=24)
    assert sources["bills"].columns["currency"] == ColumnMap(value="THB", line=25)


def test_everything_that_a_source_can_say(tmp_path: Path) -> None:
    said = """\
    since: 2024-01-01
    history: every
    separator: ";"
    encoding: utf-16
    sheet: May
    null: [none, "-"]
    time_zone: Asia/Tokyo
    join: { file: more.csv, on: [a, b] }
    lag: 2d"""
    source = read(tmp_path, changed(("    lag: 1h", said))).sources["product"]
    assert (source.since, source.history, source.separator) == (date(2024, 1, 1), "every", ";")
    assert (source.encoding, source.sheet, source.nulls) == ("utf-16", "May", ("none", "-"))
    assert (source.time_zone, source.joins, source.lag_seconds) == (
        "Asia/Tokyo",
        (Join("more.csv", ("a", "b")),),
        172_800,
    )


def test_everything_that_a_column_can_say(tmp_path: Path) -> None:
    column = (
        '{ from: [a, b], glue: "", format: "%d", decimal: ",", thousands: ".", unit: major, null: x, through: crm, '
        "days_from: term, offsets: { 2013J: 2013-10-01 }, scale: { good: 1, bad: no, so: so }, inclusive: yes, "
        "time_zone: Asia/Tokyo }"
    )
    assert read(tmp_path, changed(("issued_on: { from: Date, format: \"%d/%m/%Y\" }", f"issued_on: {column}"))).sources[
        "bills"
    ].columns["issued_on"] == ColumnMap(
        columns=("a", "b"), glue="", format="%d", decimal=",", thousands=".", unit="major", nulls=("x",), through="crm",
        days_from="term", offsets={"2013J": date(2013, 10, 1)}, scale={"good": 1.0, "bad": False, "so": "so"},
        inclusive=True, time_zone="Asia/Tokyo", line=24,
    )  # fmt: skip


def test_columns_that_every_table_has(tmp_path: Path) -> None:
    said = "      account_id: org\n      received_at: seen\n      source: { value: orders }\n"
    columns = read(tmp_path, changed(("      account_id: org\n", said))).sources["product"].columns
    assert columns["received_at"].columns == ("seen",)
    assert columns["source"].value == "orders"


def test_the_rest(tmp_path: Path) -> None:
    definitions = read(tmp_path)
    assert definitions.workspace == Workspace("Baan Coffee Cloud", "Asia/Bangkok", "THB", ("th", "en", "ja", "ar"))
    assert definitions.stages == (Stage("onboarding"), Stage("adoption", "report"))
    assert definitions.churn == Churn("subscriptions", 30)
    assert definitions.path == str(tmp_path / "sabai.yaml")


def test_names_in_every_alphabet(tmp_path: Path) -> None:
    metrics = read(
        tmp_path,
        changed(
            (
                "  trend:",
                "  การเข้าใช้: { count: events }\n  الدخول: { count: events }\n  利用: { count: events }\n  trend:",
            )
        ),
    ).metrics
    assert {"การเข้าใช้", "الدخول", "利用"} <= set(metrics)
