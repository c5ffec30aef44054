"""(CE − CN) / CS in both readings, the losses, and nobody counted twice."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.dates import NEVER
from sabai.intervals import wilson
from sabai.retention.customers import Retention, Turnover, lost_days, pooled, retention, turnover
from tests.proof.twins import Case, twins
from tests.retention.histories import ACCOUNTS, BOUNDS, MONTHS, QUARTERS, Held, lives, stayed, was_there

BOOK = Retention(start=200, end=210, new=40, came_back=0, arrived=44, lost=30)
BACK = Retention(start=200, end=210, new=40, came_back=10, arrived=40, lost=40)

GOLDEN: list[Case] = [
    ("(210 − 40) / 200", lambda: BOOK.rate.value, 0.85, 210 / 200),
    ("four of the new left again", lambda: BOOK.rate_of_all_new or 0, 0.83, 0.85),
    ("lost of those there at the start", lambda: BOOK.churn.value, 0.15, 30 / 210),
    ("who came back is not kept", lambda: BACK.rate.value, 0.80, 0.85),
    ("who came back, counted as kept", lambda: BACK.rate_with_returns or 0, 0.85, 0.80),
    # Newcombe 1998, table I, method 3; the twins are the textbook's ± 1.96 standard errors
    ("81 of 263, low", lambda: wilson(81, 263).low, 0.2553, 0.2522),
    ("81 of 263, high", lambda: wilson(81, 263).high, 0.3662, 0.3638),
    ("15 of 148, low", lambda: wilson(15, 148).low, 0.0624, 0.0527),
    ("15 of 148, high", lambda: wilson(15, 148).high, 0.1605, 0.1500),
    ("none of 20, high", lambda: wilson(0, 20).high, 0.1611, 0.0),
    ("1 of 29, low", lambda: wilson(1, 29).low, 0.0061, 0.0),
    ("1 of 29, high", lambda: wilson(1, 29).high, 0.1718, 0.1009),
    ("all of 20, low", lambda: wilson(20, 20).low, 0.8389, 1.0),
]


@pytest.mark.parametrize(("measured", "value"), twins(GOLDEN))
def test_golden(measured: object, value: float) -> None:
    assert measured() == pytest.approx(value, abs=5e-5)


def test_nobody_there_has_no_rate() -> None:
    nobody = Retention(0, 3, 3, 0, 3, 0)
    assert np.isnan([nobody.rate.value, nobody.churn.value]).all()
    assert (nobody.rate_of_all_new, nobody.rate_with_returns) == (None, None)


def naive(rows: list[Held], first: int, last: int) -> Retention:
    """Every customer looked at by itself, day by day."""
    counts = dict.fromkeys(("start", "end", "new", "came_back", "arrived", "lost"), 0)
    for account in range(len(ACCOUNTS)):
        began, ended = was_there(rows, account, first), was_there(rows, account, last)
        starts = [row.start for row in rows if row.account == account]
        arrived = bool(starts) and first <= min(starts) < last
        counts["start"] += began
        counts["end"] += ended
        counts["lost"] += began and not ended
        counts["arrived"] += arrived
        counts["new"] += arrived and ended
        counts["came_back"] += ended and not began and not arrived
    return Retention(**counts)


@given(lives())
def test_as_counted_one_by_one(rows: list[Held]) -> None:
    found = retention(turnover(stayed(rows), MONTHS))
    assert found == tuple(naive(rows, *days) for days in pairwise(BOUNDS))


@given(lives())
def test_start_and_new_and_back_less_lost_is_the_end(rows: list[Held]) -> None:
    for each in retention(turnover(stayed(rows), MONTHS)):
        assert each.start + each.new + each.came_back - each.lost == each.end
        if each.start:
            assert each.rate.value + each.churn.value == pytest.approx(1)
            assert each.rate.low - 1e-12 <= each.rate.value <= each.rate.high + 1e-12 <= 1 + 1e-9
            assert (each.rate_of_all_new or 0) <= each.rate.value + 1e-12


@given(lives())
def test_quarters_begin_and_end_as_their_months_do(rows: list[Held]) -> None:
    monthly, quarterly = (retention(turnover(stayed(rows), each)) for each in (MONTHS, QUARTERS))
    for place, quarter in enumerate(quarterly):
        months = monthly[3 * place : 3 * place + 3]
        assert (quarter.start, quarter.end) == (months[0].start, months[-1].end)
        assert quarter.arrived == sum(each.arrived for each in months)
        assert quarter.lost <= sum(each.lost for each in months)


@given(lives(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Held], random: Random) -> None:
    mixed = random.sample(rows, len(rows))
    assert retention(turnover(stayed(mixed), MONTHS)) == retention(turnover(stayed(rows), MONTHS))


@given(lives(), st.lists(st.booleans(), min_size=len(ACCOUNTS), max_size=len(ACCOUNTS)))
def test_two_halves_add_up_to_the_whole(rows: list[Held], half: list[bool]) -> None:
    whole, some = turnover(stayed(rows), MONTHS), np.array(half)[:, None]
    together = [pooled(pair) for pair in zip(retention(whole.only(some)), retention(whole.only(~some)), strict=True)]
    assert tuple(together) == retention(whole)


@given(lives())
def test_the_day_of_each_loss_lies_in_its_period(rows: list[Held]) -> None:
    who = stayed(rows)
    moves: Turnover = turnover(who, MONTHS)
    days = lost_days(who, MONTHS, moves.lost)
    assert (days[~moves.lost] == NEVER).all()
    for account, period in np.argwhere(moves.lost):
        day = int(days[account, period])
        assert BOUNDS[period] <= day < BOUNDS[period + 1]
        assert was_there(rows, account, day)
        assert not was_there(rows, account, day + 1)
