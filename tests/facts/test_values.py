from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from sabai.definitions.model import ColumnMap
from sabai.errors import FactsError
from tests.facts.conftest import Bench, always, aside, of, rows, same, source


def landed(bench: Bench, table: str, ours: str, cell: str, column: ColumnMap, **workspace: Any) -> Any:
    """What one cell becomes, or the code for which its row was set aside."""
    needed = {
        "subscriptions": same("subscription_id", "account_id") | {"starts_at": always("2024-01-01")},
        "tickets": same("account_id") | {"ticket_id": of("subscription_id"), "opened_at": always("2024-01-01")},
        "accounts": same("account_id"),
    }[table]
    bench.file("x.csv", f'subscription_id,account_id,start,x\n1,a,2024-01-10,"{cell}"\n')
    facts = bench.land(source(table, "x.csv", needed | {ours: column}), **workspace)
    return aside(facts)[0][3] if aside(facts) else rows(facts, table, ours)[0][0]


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ("1.234,50", of("x", decimal=",", thousands="."), 123450),
        ("1,234.50", of("x", thousands=","), 123450),
        ("1234", of("x", unit="minor"), 1234),
        ("-3", of("x"), -300),
        ("0.125", of("x"), 12),
        ("N/A", of("x"), None),
        ("?", of("x", nulls=("?",)), None),
        ("?", of("x"), "FCT-102"),
        ("1.234,50", of("x"), "FCT-102"),
        ("inf", of("x"), "FCT-112"),
        ("nan", of("x"), "FCT-112"),
        ("1e300", of("x"), "FCT-112"),
    ],
)
def test_money(bench: Bench, cell: str, column: ColumnMap, value: object) -> None:
    assert landed(bench, "subscriptions", "amount_minor", cell, column) == value


@pytest.mark.parametrize(("currency", "minor"), [("JPY", 5), ("USD", 500), ("KWD", 5000), ("XXQ", "FCT-109")])
def test_money_has_the_exponent_of_its_currency(bench: Bench, currency: str, minor: object) -> None:
    bench.file("x.csv", f"subscription_id,account_id,start,x,currency\n1,a,2024-01-10,5,{currency}\n")
    columns = same("subscription_id", "account_id", "currency") | {"starts_at": of("start"), "amount_minor": of("x")}
    facts = bench.land(source("subscriptions", "x.csv", columns), currency=currency if minor != "FCT-109" else "USD")
    found = aside(facts)[0][3] if aside(facts) else rows(facts, "subscriptions", "amount_minor")[0][0]
    assert found == minor


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ("2024-03-01", of("x"), date(2024, 3, 1)),
        ("2024/03/01", of("x"), date(2024, 3, 1)),
        ("2024-03-01 23:59:00", of("x"), date(2024, 3, 1)),
        ("2024-03-01T20:00:00Z", of("x"), date(2024, 3, 2)),
        ("01.03.24", of("x", format="%d.%m.%y"), date(2024, 3, 1)),
        ("03-01-2024", of("x", format="%m-%d-%Y"), date(2024, 3, 1)),
        ("31 Dec 2024", of("x", format="%d %b %Y", inclusive=True), date(2025, 1, 1)),
        ("-159", of("x", days_from="2013-10-01"), date(2013, 4, 25)),
        ("5", of("x", days_from="start"), date(2024, 1, 15)),
        ("1024-03-01", of("x"), "FCT-114"),
        ("2300-03-01", of("x"), "FCT-114"),
        ("2024-02-30", of("x"), "FCT-102"),
        ("tomorrow", of("x"), "FCT-102"),
    ],
)
def test_dates(bench: Bench, cell: str, column: ColumnMap, value: object) -> None:
    assert landed(bench, "accounts", "ended_on", cell, column, time_zone="Asia/Bangkok") == value


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ("2024-03-01 10:00:00", of("x"), datetime(2024, 3, 1, 3, tzinfo=UTC)),
        ("2024-03-01T10:00", of("x"), datetime(2024, 3, 1, 3, tzinfo=UTC)),
        ("2024-03-01 9:05", of("x"), datetime(2024, 3, 1, 2, 5, tzinfo=UTC)),
        ("2024-03-01T10:00:00.5Z", of("x"), datetime(2024, 3, 1, 10, 0, 0, 500000, tzinfo=UTC)),
        ("2024-03-01T10:00:00-0200", of("x"), datetime(2024, 3, 1, 12, tzinfo=UTC)),
        ("2024-03-01 10:00:00", of("x", time_zone="Europe/Berlin"), datetime(2024, 3, 1, 9, tzinfo=UTC)),
        ("2024-03-31 02:30:00", of("x", time_zone="Europe/Berlin"), "FCT-102"),
        ("2024-03-01", of("x", inclusive=True), datetime(2024, 3, 1, 17, tzinfo=UTC)),
        ("1709287200", of("x", format="%s"), datetime(2024, 3, 1, 10, tzinfo=UTC)),
        ("90", of("x", days_from="opened_at", unit="minutes"), datetime(2023, 12, 31, 18, 30, tzinfo=UTC)),
    ],
)
def test_instants(bench: Bench, cell: str, column: ColumnMap, value: object) -> None:
    assert landed(bench, "tickets", "resolved_at", cell, column, time_zone="Asia/Bangkok") == value


def test_several_instants_in_one_cell(bench: Bench) -> None:
    times = [datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 2, tzinfo=UTC)]
    assert landed(bench, "tickets", "reopened_at", "2024-03-01; 2024-03-02", of("x")) == times
    assert landed(bench, "tickets", "reopened_at", "2024-03-01; soon", of("x")) == "FCT-102"


@pytest.mark.parametrize(("cell", "value"), [("good", 1.0), ("BAD", 0.0), ("so so", "FCT-118"), ("", None)])
def test_words_on_a_scale(bench: Bench, cell: str, value: object) -> None:
    assert landed(bench, "tickets", "satisfaction", cell, of("x", scale={"good": 1, "bad": 0})) == value


@pytest.mark.parametrize(
    ("cell", "value"), [("Yes", True), ("0", False), ("FALSE", False), ("maybe", "FCT-102"), ("", None)]
)
def test_flags(bench: Bench, cell: str, value: object) -> None:
    assert landed(bench, "accounts", "test", cell, of("x")) == value


@pytest.mark.parametrize(("cell", "value"), [("12", 12), ("12.0", 12), ("12.5", "FCT-102")])
def test_integers_are_whole(bench: Bench, cell: str, value: object) -> None:
    assert landed(bench, "subscriptions", "term_months", cell, of("x")) == value


def test_columns_joined_by_glue(bench: Bench) -> None:
    assert landed(bench, "accounts", "name", "Kaffee", of("account_id", "x", glue="/")) == "a/Kaffee"


def test_days_from_a_date_chosen_by_a_word(bench: Bench) -> None:
    column = of("x", days_from="subscription_id", offsets={"1": date(2013, 2, 1), "2": date(2014, 2, 1)})
    assert landed(bench, "accounts", "started_on", "-1", column) == date(2013, 1, 31)
    assert (
        landed(bench, "accounts", "started_on", "-1", of("x", days_from="account_id", offsets={"b": date(2014, 1, 1)}))
        == "FCT-102"
    )


def test_ambiguous_dates_are_an_error_that_names_both_readings(bench: Bench) -> None:
    with pytest.raises(FactsError) as told:
        landed(bench, "accounts", "started_on", "03/04/2024", of("x"))
    assert told.value.issues[0].code == "FCT-011"
    assert "3 April 2024 (day first)" in str(told.value)
    assert "4 March 2024 (month first)" in str(told.value)
    assert landed(bench, "accounts", "started_on", "03/04/2024", of("x", format="%d/%m/%Y")) == date(2024, 4, 3)
