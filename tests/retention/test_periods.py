"""Months, quarters and years: whole ones only, one after the other, none left out."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.dates import from_day, to_day
from sabai.errors import UsageError
from sabai.retention.periods import MONTHS, Every, label_of, periods
from tests.retention.made import months

CALENDAR = st.dates(date(1999, 1, 1), date(2031, 12, 31))
EVERY = st.sampled_from(["month", "quarter", "year"])


@given(CALENDAR, st.integers(800, 3000), EVERY)
def test_each_begins_where_the_one_before_ends_and_lies_within(first: date, length: int, every: Every) -> None:
    last = first + timedelta(days=length)
    found = periods(first, last, every)
    days = [from_day(day) for day in found.bounds.tolist()]
    assert first <= days[0] <= days[-1] <= last
    number = [day.year * 12 + day.month - 1 for day in days]
    assert {each % MONTHS[every] for each in number} == {0}
    assert {later - sooner for sooner, later in pairwise(number)} == {MONTHS[every]}
    assert {day.day for day in days} == {1}


@given(CALENDAR, st.integers(800, 3000), EVERY)
def test_none_that_would_fit_is_left_out(first: date, length: int, every: Every) -> None:
    last = first + timedelta(days=length)
    found = periods(first, last, every).bounds
    longest = {"month": 31, "quarter": 92, "year": 366}[every]
    assert found[0] - to_day(first) < longest
    assert to_day(last) - found[-1] < longest


def test_a_span_is_one_as_it_was_asked_for() -> None:
    found = months("2024-02-29", "2025-02-28", "span")
    assert (len(found), label_of(found, 0)) == (1, "2024-02-29 – 2025-02-27")


def test_all_as_one() -> None:
    found = months("2024-01-01", "2026-01-01").whole
    assert (len(found), found.every, label_of(found, 0)) == (1, "span", "2024-01-01 – 2025-12-31")


@pytest.mark.parametrize(("every", "label"), [("month", "2024-02"), ("quarter", "2024 Q2"), ("year", "2025")])
def test_labels(every: Every, label: str) -> None:
    assert label_of(months("2024-01-15", "2027-01-01", every), 0) == label


@pytest.mark.parametrize(
    ("first", "last", "every"),
    [("2024-03-01", "2024-02-01", "month"), ("2024-03-02", "2024-04-01", "month"), ("2024-01-01", "2024-12-31", "year"),
     ("2024-03-01", "2024-03-01", "span"), ("2024-03-02", "2024-03-01", "span")],
)  # fmt: skip
def test_where_none_fits_in_it_is_said(first: str, last: str, every: Every) -> None:
    with pytest.raises(UsageError) as refused:
        months(first, last, every)
    assert refused.value.issues[0].code == "RET-001"
    assert first in refused.value.issues[0].what
