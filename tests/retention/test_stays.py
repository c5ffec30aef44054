"""Who was a customer from when to when, from churn facts and from contracts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from sabai.dates import NEVER
from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.retention.stays import Stays, stays
from tests.metrics.landing import Row
from tests.retention.histories import ACCOUNTS, BOUNDS, MONTHS, Held, lives, stayed, was_there
from tests.retention.made import UNTIL, account, by_churn_facts, by_contracts, company, contract, leaving, on


def found(facts: Facts, definitions: Definitions, until: str = UNTIL) -> list[tuple[str, int, int]]:
    who = stays(facts, definitions, on(until))
    return [
        (who.accounts[at], int(start), int(end)) for at, start, end in zip(who.account, who.start, who.end, strict=True)
    ]


@given(lives())
def test_present_is_what_every_day_says(rows: list[Held]) -> None:
    present = stayed(rows).present(MONTHS.bounds)
    for place in range(len(ACCOUNTS)):
        assert present[place].tolist() == [was_there(rows, place, day) for day in BOUNDS]


def test_first_and_last_days() -> None:
    who: Stays = stayed([Held(0, 5, 9), Held(0, 20, 40), Held(2, 7, NEVER)])
    assert who.first.tolist() == [5, NEVER, 7, NEVER]
    assert who.last_end(41).tolist()[0] == 40
    assert who.last_end(40).tolist()[0] == 9


def test_from_start_to_churn_or_to_the_end_of_the_contract(tmp_path: Path) -> None:
    accounts = [account("A", "2024-01-10"), account("B", "2024-02-01", "2024-08-01"), account("C", "2024-03-01")]
    facts = company(tmp_path, accounts=accounts, churn=[leaving("A", "2025-03-05")])
    assert found(facts, by_churn_facts()) == [
        ("A", on("2024-01-10"), on("2025-03-05")),
        ("B", on("2024-02-01"), on("2024-08-01")),
        ("C", on("2024-03-01"), NEVER),
    ]


@pytest.mark.parametrize(
    "row",
    [account("A", "2024-01-10", lifecycle="prospect"), account("A", "2024-01-10", test=True),
     account("A", "2024-05-01", "2024-05-01"), account("A", "2024-05-01", "2024-02-01"),
     account("A", "2024-05-01", lifecycle="former")],
    ids=["prospect", "test", "left on the day", "left before", "left nobody knows when"],
)  # fmt: skip
def test_who_never_stayed(row: Row, tmp_path: Path) -> None:
    facts = company(tmp_path, accounts=[row, account("B", "2024-01-10")])
    assert [name for name, _, _ in found(facts, by_churn_facts())] == ["B"]


def test_a_former_customer_stayed_as_long_as_its_contract(tmp_path: Path) -> None:
    """Else only those who are still there would count, and nobody would ever have left."""
    facts = company(
        tmp_path,
        accounts=[account("A", "2024-01-10", lifecycle="former")],
        subscriptions=[contract("A", "2024-01-10", "2025-01-10")],
    )
    assert found(facts, by_contracts()) == [("A", on("2024-01-10"), on("2025-01-10"))]


def test_of_the_versions_of_an_account_the_last_counts(tmp_path: Path) -> None:
    old = account("A", "2024-01-10", lifecycle="prospect") | {"superseded_day": on("2024-02-01")}
    new = account("A", "2024-02-01") | {"received_at": on("2024-02-01")}
    assert found(company(tmp_path, accounts=[old, new]), by_churn_facts()) == [("A", on("2024-02-01"), NEVER)]


@pytest.mark.parametrize(("again", "stretches"), [("2024-07-01", 1), ("2024-07-31", 1), ("2024-08-01", 2)])
def test_a_pause_within_the_grace_is_none(again: str, stretches: int, tmp_path: Path) -> None:
    facts = company(tmp_path, subscriptions=[contract("A", "2024-01-01", "2024-07-01"), contract("A2", again)])
    assert len(found(facts, by_contracts(grace_days=30))) == stretches


@pytest.mark.parametrize(("until", "gone"), [("2024-07-31", False), ("2024-08-01", True)])
def test_who_may_yet_go_on_within_the_grace_has_not_left(until: str, gone: bool, tmp_path: Path) -> None:
    facts = company(tmp_path, subscriptions=[contract("A", "2024-01-01", "2024-07-01")])
    [(_, _, end)] = found(facts, by_contracts(grace_days=30), until)
    assert (end != NEVER) is gone


def test_a_trial_a_contract_of_no_days_and_one_of_the_future_are_no_stay(tmp_path: Path) -> None:
    facts = company(
        tmp_path,
        subscriptions=[contract("A", "2024-01-01", status="Trial"), contract("B", "2024-01-01", "2024-01-01"),
                       contract("C", "2024-03-01", "2024-02-01"), contract("D", "2026-01-01")],
    )  # fmt: skip
    assert found(facts, by_contracts(grace_days=0)) == []


def test_overlapping_contracts_are_one_stay(tmp_path: Path) -> None:
    rows = [
        contract("A", "2024-01-01", "2024-12-31"),
        contract("A2", "2024-02-01", "2024-03-01"),
        contract("A3", "2024-12-31"),
    ]
    assert found(company(tmp_path, subscriptions=rows), by_contracts(grace_days=0)) == [("A", on("2024-01-01"), NEVER)]


def test_nobody_ever_stayed(tmp_path: Path) -> None:
    facts = company(tmp_path, accounts=[account("A", "2024-01-01")])
    assert found(facts, by_contracts()) == []
