"""Ages in days, weeks and months: every day has one age, and each age begins where the one before ends."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.dates import as_of_dates, from_day, to_day
from sabai.retention.cohorts.ages import Ages, Every
from sabai.retention.cohorts.seen import Watched

DAYS = st.integers(to_day(date(2019, 12, 1)), to_day(date(2025, 3, 31)))
KINDS = st.sampled_from([("day", False), ("week", False), ("month", False), ("month", True)])


def days(*given: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(given, dtype=np.int32)


@given(DAYS, st.integers(0, 900), KINDS)
def test_a_day_lies_in_the_age_that_it_has(zero: int, later: int, kind: tuple[Every, bool]) -> None:
    ages = Ages(kind[0], (), kind[1])
    age = int(ages.age(days(zero), days(zero + later))[0])
    assert ages.begins(days(zero), age)[0] <= zero + later < ages.begins(days(zero), age + 1)[0]


@given(DAYS, st.integers(0, 40))
def test_months_of_ones_own_begin_as_as_of_dates_do(zero: int, age: int) -> None:
    dates = list(as_of_dates(from_day(zero), from_day(zero + 1500), "month"))
    assert from_day(int(Ages("month", ()).begins(days(zero), age)[0])) == dates[age]


@given(DAYS, st.integers(1, 900), KINDS)
def test_before_one_began_there_is_no_age(zero: int, before: int, kind: tuple[Every, bool]) -> None:
    assert Ages(kind[0], (), kind[1]).age(days(zero), days(zero - before))[0] < 0


def test_a_month_of_the_calendar_begins_on_the_first() -> None:
    began = to_day(date(2024, 1, 31))
    ages = Ages("month", (), calendar=True)
    assert [from_day(int(ages.begins(days(began), age)[0])).isoformat() for age in range(3)] == [
        "2024-01-31", "2024-02-01", "2024-03-01",
    ]  # fmt: skip
    assert ages.age(days(began), days(began + 1))[0] == 1
    assert Ages("month", ()).age(days(began), days(began + 1))[0] == 0


@pytest.mark.parametrize(("until", "reached"), [(16, [True, False]), (21, [True, True]), (20, [True, False])])
def test_an_age_is_reached_when_it_is_over(until: int, reached: list[bool]) -> None:
    ages = Ages("day", ((0, 5), (6, 10)))
    assert Watched(0, until).reached(ages, days(10)).tolist() == [reached]


def test_an_age_that_began_before_anybody_watched_is_not_known() -> None:
    ages = Ages("day", ((0, 0), (1, 1)))
    assert Watched(11, 90).reached(ages, days(10)).tolist() == [[False, True]]
