"""Recurring revenue out of contracts, and what a person who adds up by hand would stumble over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from sabai.dates import NEVER
from sabai.retention.revenue import Subscribed, subscribed
from tests.metrics.landing import Row
from tests.retention.histories import ACCOUNTS, BOUNDS, MONTHS, Held, contracts, paid
from tests.retention.histories import subscribed as made
from tests.retention.made import UNTIL, account, company, contract, months, on

YEAR = months("2024-02-01", "2024-08-01")


def found(folder: Path, *rows: Row, **others: list[Row]) -> Subscribed:
    return subscribed(company(folder, subscriptions=list(rows), **others), on(UNTIL))


@given(contracts)
def test_revenue_is_what_every_day_says(rows: list[Held]) -> None:
    revenue = made(rows).at(MONTHS)
    for account_place in range(len(ACCOUNTS)):
        assert revenue[account_place].tolist() == [paid(rows, account_place, day) for day in BOUNDS]


@given(contracts)
def test_first_paid_is_the_first_day_after_which_anything_was(rows: list[Held]) -> None:
    for account_place, first in enumerate(made(rows).first_paid().tolist()):
        days = [day for day in range(-45, 205) if paid(rows, account_place, day + 1) > 0]
        assert first == min(days, default=NEVER)


def test_only_the_newest_version_counts(tmp_path: Path) -> None:
    old = contract("A", "2024-01-01", None, 900) | {"superseded_day": on("2024-03-01")}
    new = contract("A", "2024-01-01", "2024-05-15", 700, received="2024-03-01")
    assert found(tmp_path, old, new).at(YEAR).tolist() == [[700, 700, 700, 700, 0, 0, 0]]


def test_from_the_day_after_the_start_to_the_day_of_the_end(tmp_path: Path) -> None:
    rows = found(tmp_path, contract("A", "2024-02-29", "2024-04-01"), contract("B", "2024-04-01", "2024-04-30"))
    assert rows.at(YEAR).tolist() == [[0, 1000, 1000, 0, 0, 0, 0], [0] * 7]


def test_trials_tests_and_the_future_do_not_recur(tmp_path: Path) -> None:
    rows = found(
        tmp_path, contract("A", "2024-01-01", status="TRIAL"), contract("B", "2024-01-01"), contract("C", UNTIL),
        accounts=[account("A", "2024-01-01"), account("B", "2024-01-01", test=True), account("C", "2024-01-01")],
    )  # fmt: skip
    assert rows.at(YEAR).sum() == 0


def test_a_status_that_nobody_wrote_down_is_no_trial(tmp_path: Path) -> None:
    assert found(tmp_path, contract("A", "2024-01-01", status=None)).at(YEAR)[0, 0] == 1000


def test_no_contracts_at_all(tmp_path: Path) -> None:
    rows = subscribed(company(tmp_path, accounts=[account("A", "2024-01-01")]), on(UNTIL))
    assert (rows.at(YEAR).sum(), rows.first_paid().tolist()) == (0, [NEVER])
    assert rows.notices == ("There are no subscriptions, so nothing recurs.",)


STUMBLING: dict[str, tuple[list[tuple[str, str, dict[str, Any]]], str]] = {
    "overlapping": ([("A", "2024-01-01", {}), ("A2", "2024-03-01", {})], "Subscriptions that overlap another"),
    "without an amount": ([("A", "2024-01-01", {"monthly": None})], "Subscriptions without an amount a month: 1."),
    "free": ([("A", "2024-01-01", {"monthly": 0})], "Subscriptions that cost nothing: 1."),
    "negative": ([("A", "2024-01-01", {"monthly": -5})], "Subscriptions below zero: 1."),
    "entered late": (
        [("A", "2024-01-01", {"received": "2024-02-02"})],
        "Subscriptions entered more than 31 days after",
    ),
    "paused": (
        [("A", "2024-01-01", {"status": "Paused"})],
        "Subscriptions that are paused",
    ),
    "cancelled without an end": (
        [("A", "2024-01-01", {"status": "Cancelled"})],
        "Subscriptions cancelled without an end",
    ),
}


@pytest.mark.parametrize("name", STUMBLING)
def test_what_one_stumbles_over_is_counted_and_said(name: str, tmp_path: Path) -> None:
    rows, said = STUMBLING[name]
    [notice] = found(tmp_path, *(contract(key, start, **more) for key, start, more in rows)).notices
    assert notice.startswith(said)


@pytest.mark.parametrize(
    "rows",
    [
        [contract("A", "2024-01-01", "2024-03-01"), contract("A2", "2024-03-01")],
        [contract("A", "2024-01-01", product="base"), contract("A2", "2024-03-01", product="extra")],
        [contract("A", "2024-01-01", received="2024-02-01")],
        [contract("A", "2024-01-01", received="2025-01-01", received_assumed=True)],
        [contract("A", "2024-01-01", "2024-09-01", status="cancelled")],
        [contract("A", "2024-01-01") | {"superseded_day": on("2025-01-01")},
         contract("A", "2024-01-01", "2025-03-01", received="2025-01-01")],
    ],
    ids=["one after the other", "two products", "in time", "assumed", "ended", "changed a year later"],
)  # fmt: skip
def test_what_is_as_it_should_be_is_not_said(rows: list[Row], tmp_path: Path) -> None:
    assert found(tmp_path, *rows).notices == ()
