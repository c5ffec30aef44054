"""Which contracts come up when: whole terms after the start, whatever end was written over it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sabai.dates import from_day, to_day
from sabai.renewals.agreements import agreements
from tests.metrics.landing import land
from tests.renewals.made import AS_OF, contract, contracts


@pytest.mark.parametrize(
    ("start", "term_months", "as_of", "renews"),
    [
        (date(2023, 1, 31), 13, date(2024, 1, 1), date(2024, 2, 29)),  # 13 months, into a leap day
        (date(2022, 1, 31), 13, date(2023, 1, 1), date(2023, 2, 28)),
        (date(2020, 2, 29), 12, date(2021, 1, 1), date(2021, 2, 28)),  # a leap day in a plain year
        (date(2020, 2, 29), 12, date(2024, 1, 1), date(2024, 2, 29)),  # and in a leap year again
        (date(2023, 11, 30), 3, date(2024, 1, 1), date(2024, 2, 29)),
        (date(2023, 3, 1), 12, date(2024, 3, 1), date(2024, 3, 1)),  # on the day itself it is still to come
    ],
)
def test_terms_are_calendar_months(tmp_path: Path, start: date, term_months: int, as_of: date, renews: date) -> None:
    found = agreements(contracts(tmp_path, contract("ant", start, term_months))).due(to_day(as_of), 90)
    assert [from_day(day) for day in found["due"].to_list()] == [renews]


def test_an_overwritten_end_does_not_tell(tmp_path: Path) -> None:
    began = date(2023, 2, 1)
    facts = contracts(tmp_path, contract("ant", began, ends_at=AS_OF + 3), contract("bee", began))
    assert agreements(facts).due(AS_OF, 90)["due"].to_list() == [to_day(date(2024, 2, 1))] * 2


def test_the_window_is_half_open(tmp_path: Path) -> None:
    agreed = agreements(contracts(tmp_path, contract("ant", date(2023, 2, 1))))
    assert [agreed.due(AS_OF, days).height for days in (31, 32)] == [0, 1]


def test_only_what_was_known_and_ran(tmp_path: Path) -> None:
    late = contract("bee", date(2023, 2, 1), received=AS_OF)
    over = contract("cat", date(2023, 2, 1), ends_at=AS_OF - 1)
    trial = contract("dog", date(2023, 2, 1), status="Trial")
    rolling = contract("emu", date(2023, 2, 1), 1)
    without = contract("fox", date(2023, 2, 1), None)
    agreed = agreements(contracts(tmp_path, contract("ant", date(2023, 2, 1)), late, over, trial, rolling, without))
    assert [agreed.accounts[each] for each in agreed.due(AS_OF, 90)["account"]] == ["ant"]
    assert agreed.at(AS_OF)["due"].null_count() == 1


def test_a_notice_counts_from_its_own_day(tmp_path: Path) -> None:
    agreed = agreements(contracts(tmp_path, contract("ant", date(2023, 2, 1), notice_at=AS_OF - 10)))
    assert agreed.due(AS_OF, 90)["notice"].to_list() == [True]
    assert agreed.due(AS_OF - 10, 90)["notice"].to_list() == [False]


@pytest.mark.parametrize(("assumed", "counts"), [(False, True), (True, False)])
def test_a_cancellation_without_a_date_counts_when_it_was_seen(tmp_path: Path, assumed: bool, counts: bool) -> None:
    row = contract("ant", date(2023, 2, 1), cancel_at_period_end=True, received_assumed=assumed)
    assert agreements(contracts(tmp_path, row)).due(AS_OF, 90)["notice"].to_list() == [counts]


def test_notices_that_were_taken_back(tmp_path: Path) -> None:
    began = date(2023, 2, 1)
    rows = [
        contract("ant", began, key="a", notice_at=AS_OF - 90, superseded=AS_OF - 50),
        contract("ant", began, key="a", received=AS_OF - 50),
        contract("bee", began, key="b", superseded=AS_OF - 50),
        contract("bee", began, key="b", received=AS_OF - 50, notice_at=AS_OF - 51),
        contract("cat", began, key="c", notice_at=AS_OF - 90),  # one version: nobody would know of a change of mind
    ]
    assert agreements(contracts(tmp_path, *rows)).withdrawn() == (1, 2)


def test_there_are_no_subscriptions(tmp_path: Path) -> None:
    agreed = agreements(land(tmp_path, {}))
    assert agreed.due(AS_OF, 90).is_empty()
    assert agreed.withdrawn() == (0, 0)
