"""Renewals of the past are asked as those of today: due within the horizon, no notice yet, outcome known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sabai.dates import to_day
from sabai.renewals.agreements import agreements
from sabai.renewals.past import seen
from sabai.renewals.seen import DUE, LATE_DAYS, NOT_DUE, ROLLING, Seen
from tests.renewals.made import AS_OF, contract, contracts, past_of
from tests.renewals.made import seen as made_seen

DAYS = [to_day(date(2023, 1, 1)), to_day(date(2023, 4, 1)), to_day(date(2023, 12, 1))]
GONE = to_day(date(2023, 2, 10))


@pytest.fixture
def found(tmp_path: Path) -> Seen:
    """ant and bee renew on 1 February and 1 March 2023, cat every month, dog in autumn; ant is gone on the 10th."""
    starts = {
        "ant": (date(2022, 2, 1), 12), "bee": (date(2022, 3, 1), 12), "cat": (date(2022, 1, 1), 1),
        "dog": (date(2022, 10, 1), 12),
    }  # fmt: skip
    facts = contracts(tmp_path, *(contract(who, *each) for who, each in starts.items()))
    left = np.full(12, np.inf)
    left[[0, 4]] = GONE - DAYS[0], np.inf
    past = past_of(tuple(starts), DAYS, effective_in=left, score=np.tile([20.0, 80.0, 50.0, np.nan], 3))
    return seen(past, agreements(facts), 90, AS_OF)


def test_who_was_due_and_who_was_lost(found: Seen) -> None:
    first = found.as_of == DAYS[0]
    assert found.kind[first].tolist() == [DUE, DUE, ROLLING, NOT_DUE]
    assert found.wait[first].tolist()[:2] == [31, 59]
    assert found.lost[first].tolist() == [True, False, False, False]
    assert found.value[first].tolist()[:2] == [1200, 1200]
    assert found.risk[first].tolist()[:2] == [80, 20]
    assert np.isnan(found.risk[first][3])


def test_rows_whose_outcome_is_not_known_are_left_out(found: Seen) -> None:
    assert set(found.as_of.tolist()) == set(DAYS[:2])


@pytest.mark.parametrize(("days_after", "lost"), [(0, True), (LATE_DAYS, True), (LATE_DAYS + 1, False)])
def test_gone_within_two_weeks_is_not_renewed(tmp_path: Path, days_after: int, lost: bool) -> None:
    facts = contracts(tmp_path, contract("ant", date(2022, 2, 1)))
    past = past_of(("ant",), DAYS[:1], effective_in=np.array([31.0 + days_after]))
    assert seen(past, agreements(facts), 90, AS_OF).lost.tolist() == [lost]


def test_a_notice_that_was_given_is_not_asked_again(tmp_path: Path) -> None:
    facts = contracts(tmp_path, contract("ant", date(2022, 2, 1), notice_at=DAYS[0] - 5))
    assert seen(past_of(("ant",), DAYS[:1]), agreements(facts), 90, AS_OF).kind.tolist() == [NOT_DUE]


def test_a_renewal_counts_once_in_the_rate() -> None:
    quarters = made_seen(np.full(30, 50.0), np.arange(30) < 6, months=3)
    overlapping = replace(quarters, as_of=quarters.as_of - 30, lost=np.ones(30, np.bool_))
    both = Seen(90, *(np.concatenate(each) for each in zip(_arrays(quarters), _arrays(overlapping), strict=True)))
    assert both.rate() == quarters.rate()
    assert both.rate().value == pytest.approx(0.8)
    assert both.rate() != overlapping.rate()


def test_the_rate_of_a_year_ago_is_that_of_the_nearest_month() -> None:
    quarters = made_seen(np.full(30, 50.0), np.arange(30) % 3 == 0, months=3)
    first = int(quarters.as_of.min())
    assert quarters.rate_about(first + 20) == 0
    assert quarters.rate_about(first + 80) == 1
    assert quarters.rate_about(first - 32) is None


def _arrays(rows: Seen) -> list[np.ndarray]:
    return [rows.account, rows.as_of, rows.kind, rows.wait, rows.risk, rows.value, rows.lost]
