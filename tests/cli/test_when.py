"""Dates on the command line."""

from __future__ import annotations

from datetime import date

import pytest

from sabai.cli.when import chosen
from sabai.errors import UsageError

MONDAY, LATER = date(2025, 1, 6), date(2025, 1, 20)


def test_no_date_leaves_the_choice_to_the_facts() -> None:
    assert chosen([], None, None, "week") == ()


def test_single_dates_and_a_series_join() -> None:
    assert chosen([date(2025, 1, 8), MONDAY], MONDAY, LATER, "week") == (
        MONDAY, date(2025, 1, 8), date(2025, 1, 13), LATER,
    )  # fmt: skip


@pytest.mark.parametrize(("first", "last"), [(MONDAY, None), (None, LATER), (LATER, MONDAY)])
def test_half_a_series_and_one_backwards_are_wrong_use(first: date | None, last: date | None) -> None:
    with pytest.raises(UsageError):
        chosen([], first, last, "week")
