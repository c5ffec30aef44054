from __future__ import annotations

import numpy as np
import pytest

from sabai.definitions.model import Factor
from sabai.health.parents import RolledUp, roll_up, rolled_up
from sabai.health.reference import take_reference
from sabai.health.score import score_grid

ACCOUNTS = ("group", "north", "south", "shop", "kiosk", "lone")
PARENT = {"north": "group", "south": "group", "shop": "north", "kiosk": "north", "lone": "gone"}
OWN = np.array([[1.0], [2], [50], [80], [20], [7]])
REVENUE = np.array([[0.0], [0], [100], [300], [100], [5]])


def rolled(how, own=OWN, revenue=REVENUE, parent=PARENT):
    return dict(zip(ACCOUNTS, roll_up(own, ACCOUNTS, parent, how, revenue)[:, 0].tolist(), strict=True))


def golden_revenue(scores):
    """north = (80 × 300 + 20 × 100) / 400 = 65; group = (65 × 400 + 50 × 100) / 500 = 62."""
    assert (scores["north"], scores["group"]) == (65, 62)


def test_by_revenue_each_child_weighs_all_that_is_below_it():
    golden_revenue(rolled("revenue"))


@pytest.mark.parametrize("how", ["own", "mean"])
def test_twin_the_other_ways_are_refused(how):
    with pytest.raises(AssertionError):
        golden_revenue(rolled(how))


def test_mean_takes_each_child_once_from_the_bottom_up():
    scores = rolled("mean")
    assert (scores["north"], scores["group"]) == (50, 50)
    assert (scores["south"], scores["shop"], scores["lone"]) == (50, 80, 7)


def test_own_leaves_all_and_the_input_is_never_changed():
    before = OWN.copy()
    assert rolled("own") == dict(zip(ACCOUNTS, OWN[:, 0].tolist(), strict=True))
    rolled("revenue")
    assert np.array_equal(before, OWN)


@pytest.mark.parametrize("how", ["mean", "revenue"])
def test_unknown_children_are_left_out_and_none_known_is_unknown(how):
    one = np.array([[1.0], [2], [50], [np.nan], [20], [7]])
    none = np.array([[1.0], [2], [50], [np.nan], [np.nan], [7]])
    assert rolled(how, own=one)["north"] == 20
    assert np.isnan(rolled(how, own=none)["north"])
    assert rolled(how, own=none)["group"] == 50


def test_revenue_unknown_or_negative_weighs_nothing():
    revenue = np.array([[0.0], [0], [100], [np.nan], [100], [5]])
    assert rolled("revenue", revenue=revenue)["north"] == 20
    assert np.isnan(rolled("revenue", revenue=-REVENUE)["north"])


def test_accounts_in_a_circle_keep_their_own():
    circle = {"north": "south", "south": "north", "shop": "north", "kiosk": "kiosk"}
    assert rolled("mean", parent=circle) == dict(zip(ACCOUNTS, OWN[:, 0].tolist(), strict=True))


def test_each_date_by_itself():
    own, revenue = np.hstack([OWN, OWN + 10]), np.hstack([REVENUE, REVENUE])
    both = roll_up(own, ACCOUNTS, PARENT, "revenue", revenue)
    assert np.allclose(both[:, 1], both[:, 0] + 10)


PAID = np.array([0.0, 0, 100, 300, np.nan, 5])


@pytest.fixture
def told(make_grid, make_health):
    """What the children of each parent say, of two dates the last; the kiosk is no customer any more then."""

    def of(how, parent=PARENT, revenue=PAID):
        alive = [[True, account != "kiosk"] for account in ACCOUNTS]
        grid = make_grid({"use": np.hstack([OWN, OWN])}, alive=alive, accounts=ACCOUNTS)
        health = make_health(Factor("use", "usage", 1, curve=((0, 0), (100, 100))))
        scores = score_grid(grid, health, take_reference(grid, health), (70, 40))
        return rolled_up(scores, 1, parent, how, revenue)

    return of


def golden_told(said):
    """north = its only child left, 80; group = (80 × 300 + 50 × 100) / 400 = 72.5."""
    assert said == {"north": RolledUp("revenue", 1, 80.0), "group": RolledUp("revenue", 2, 72.5)}


def test_each_parent_says_from_how_many_children(told):
    golden_told(told("revenue"))


@pytest.mark.parametrize("how", ["mean", "own"])
def test_twin_told_in_another_way(told, how):
    with pytest.raises(AssertionError):
        golden_told(told(how))


def test_own_says_nothing_of_anybody(told):
    assert told("own") == {}


def test_without_revenue_the_weights_are_unknown(told):
    assert told("revenue", revenue=None) == {
        "north": RolledUp("revenue", 1, None),
        "group": RolledUp("revenue", 1, None),
    }
    assert told("mean", revenue=None)["group"] == RolledUp("mean", 2, 65.0)


def test_whoever_is_in_a_circle_is_not_her_own_child(told):
    assert told("mean", parent={"kiosk": "kiosk"}) == {}
    circle = told("mean", parent={"north": "south", "south": "north", "shop": "north"})
    assert circle == {"north": RolledUp("mean", 1, None)}
