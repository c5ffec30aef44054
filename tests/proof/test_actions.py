"""What accounts that left did beside those that stayed, redone by hand on a few rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sabai.proof.actions import Action, actions
from sabai.proof.past import Past
from tests.proof.made_past import HORIZON, made_past

NAN = float("nan")


def ten_rows(points: list[float], left: list[int]) -> Past:
    past, _ = made_past(10, 1, {"logins": 0.0}, base=-30)
    notice = np.where(np.isin(np.arange(10), left), 5.0, np.inf)
    return replace(past, points={"logins": np.array(points)}, notice_in=notice)


def of(past: Past, **rest: object) -> tuple[Action, ...]:
    return actions(past, "notice", HORIZON, seed=1, **rest)


def test_two_that_left_beside_eight_that_stayed() -> None:
    (logins,) = of(ten_rows([10, 20, NAN, 40, 50, 60, 70, 80, 90, 100], left=[0, 1, 2]))
    assert (logins.left.rows, logins.left.mean, logins.left.median) == (3, 15, 15)
    assert logins.left.unknown == pytest.approx(1 / 3)
    assert (logins.stayed.rows, logins.stayed.mean, logins.stayed.unknown) == (7, 70, 0)
    assert logins.difference.value == 55
    assert logins.difference.excludes(0)
    assert not logins.difference.excludes(50)


def test_fifths_go_from_the_lowest_up_and_hold_every_known_row() -> None:
    (logins,) = of(ten_rows([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], left=[0, 1, 2]))
    assert [(each.low, each.high, each.rows, each.rate.value) for each in logins.fifths] == [
        (10, 20, 2, 1.0), (30, 40, 2, 0.5), (50, 60, 2, 0.0), (70, 80, 2, 0.0), (90, 100, 2, 0.0),
    ]  # fmt: skip
    assert logins.fifths[1].rate.low == 0
    assert logins.fifths[1].rate.high == 1


def test_equal_values_share_a_fifth() -> None:
    (logins,) = of(ten_rows([0] * 8 + [5, 9], left=[0]))
    assert [each.rows for each in logins.fifths] == [8, 2]


def test_metrics_follow_points_in_their_own_unit() -> None:
    past = ten_rows([50] * 10, left=[0])
    logins, days = of(past, values={"days_late": np.arange(10.0)})
    assert (logins.of, days.of, days.name) == ("points", "value", "days_late")
    assert (days.left.mean, days.stayed.mean) == (0, 5)


@pytest.mark.parametrize(("points", "left"), [([50] * 10, []), ([50] * 10, list(range(10))), ([NAN] * 10, [0])])
def test_where_there_is_nothing_to_compare_nothing_is_said(points: list[float], left: list[int]) -> None:
    (logins,) = of(ten_rows(points, left))
    assert np.isnan([logins.difference.value, logins.difference.low]).all()


def test_windows_that_are_not_over_stay_out() -> None:
    past = ten_rows([50] * 10, left=[0])
    assert of(replace(past, known_until=past.known_until - 1))[0].left.rows == 0


def test_months_of_one_account_are_drawn_together() -> None:
    """Each row twice says nothing more: the interval stays as wide."""
    past, _ = made_past(300, 1, {"logins": 1.0}, base=-1.5)
    twice = past.only(np.repeat(np.arange(len(past)), 2))
    once, doubled = (of(each)[0].difference for each in (past, twice))
    assert doubled.high - doubled.low == pytest.approx(once.high - once.low)
    apart = replace(twice, account=np.arange(len(twice), dtype=np.int32))
    narrow = of(apart)[0].difference
    assert narrow.high - narrow.low < 0.85 * (once.high - once.low)
