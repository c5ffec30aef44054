"""Each person exactly once in each round, and about as many on one day as on another."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.surveys.turns import rounds, turn

BEGUN = date(2026, 1, 5)


@given(st.text(min_size=1, max_size=20), st.text(max_size=40), st.integers(90, 730), st.integers(0, 3))
def test_everybody_is_asked_once_in_each_round(salt: str, person: str, days: int, number: int) -> None:
    first = BEGUN + timedelta(days=number * days)
    asked = [
        (begun, day)
        for day in (first + timedelta(days=place) for place in range(days))
        for begun, which in rounds(BEGUN, days, day - timedelta(days=1), day)
        if turn(salt, person, days) in which
    ]
    assert asked == [(first, first + timedelta(days=turn(salt, person, days)))]


@given(st.integers(90, 200), st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_days_on_which_nobody_looked_are_made_up_for(days: int, steps: list[int]) -> None:
    """However irregularly one looks, as long as not a whole round goes by: every day of every round exactly once."""
    seen: Counter[tuple[date, int]] = Counter()
    since = BEGUN - timedelta(days=1)
    for step in steps:
        until = since + timedelta(days=step)
        seen.update((first, place) for first, which in rounds(BEGUN, days, since, until) for place in which)
        since = until
    assert set(seen.values()) == {1}
    assert len(seen) == sum(steps)


def test_a_longer_sleep_asks_nobody_twice() -> None:
    found = list(rounds(BEGUN, 91, BEGUN, BEGUN + timedelta(days=400)))
    assert sum(len(which) for _, which in found) == 91


def test_people_are_spread_evenly() -> None:
    people = 91_000
    counts = Counter(turn("a survey", f"person {number}", 91) for number in range(people))
    assert len(counts) == 91
    squares = sum((count - 1000) ** 2 / 1000 for count in counts.values())
    assert 50 < squares < 150  # chi square of 90 degrees: neither lumps nor a comb
    assert Counter(turn("another", f"person {number}", 91) for number in range(people)) != counts
