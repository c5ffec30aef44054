from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.definitions.model import Condition, Deduction, Factor, Milestone, Young
from sabai.health.change import change
from sabai.health.moves import biggest_moves
from sabai.health.overrides import Override
from sabai.health.reference import take_reference
from sabai.health.score import score_grid
from sabai.health.steps import Part

LINE = ((0.0, 0.0), (100.0, 100.0))
USE, NPS, PAY = (
    Factor(name, "all", weight, curve=LINE) for name, weight in (("use", 20.0), ("nps", 10.0), ("pay", 10.0))
)
ASKED = Deduction("asked", Condition("cancel", ">", 0), 15)
ORDER = ["definitions", "weight", "data", "missing", "deduction", "floor", "override"]


@pytest.fixture(scope="module")
def judged(make_grid, make_health, make_definitions):
    """One account at two Mondays, judged by these factors: the scores and the definitions."""

    def of(values, *factors, tenure=None, **rest):
        cancel = {"cancel": [0, 0]} | values
        grid = make_grid({name: [list(row)] for name, row in cancel.items()}, tenure=tenure)
        health = make_health(*factors, deductions=(ASKED,), **rest)
        return score_grid(grid, health, take_reference(grid, health), (70, 40)), make_definitions(health)

    return of


@pytest.fixture(scope="module")
def between(monday):
    def of(after, before=None, overrides=()):
        return change(*after, "a0", monday, monday + 7, before, overrides)

    return of


def parts(change):
    return {(part.kind, part.name): pytest.approx(part.points) for part in change.parts}


def assert_exact(change):
    assert sum(part.points for part in change.parts) == pytest.approx(change.points, abs=1e-9)
    kinds = [kind for kind, _ in groupby(part.kind for part in change.parts)]
    assert kinds == [kind for kind in ORDER if kind in kinds]


def test_data_and_missing(judged, between):
    """From (use 50 × 20 + nps 80 × 10) / 30 = 60 to use 62 alone. Data: 12 × 20 / 30 = 8, to 68; there nps lifted the
    score 10 × (80 - 68) / 20 = 6 above what use alone says, and now is unknown."""
    moved = between(judged({"use": [50, 62], "nps": [80, None]}, USE, NPS))
    assert (moved.before, moved.after) == (pytest.approx(60), pytest.approx(62))
    assert parts(moved) == {("data", "use"): 8, ("missing", "nps"): -6}
    assert_exact(moved)


def test_twin_a_part_left_out_is_noticed(judged, between):
    moved = between(judged({"use": [50, 62], "nps": [80, None]}, USE, NPS))
    with pytest.raises(AssertionError):
        assert_exact(replace(moved, parts=moved.parts[1:]))
    with pytest.raises(AssertionError):
        assert_exact(replace(moved, parts=moved.parts[::-1]))


def test_weight_counts_only_for_the_factor_whose_weight_moved(judged, between):
    """(50 × 20 + 80 × 10) / 30 = 60; with nps at 40, 70: + (40 - 10) × (80 - 60) / 60 = 10."""
    values = {"use": [50, 50], "nps": [80, 80]}
    moved = between(judged(values, USE, replace(NPS, weight=40.0)), before=judged(values, USE, NPS))
    assert parts(moved) == {("weight", "nps"): 10}
    assert_exact(moved)


def test_definitions_of_a_curve_and_a_factor_added(judged, between):
    """use reads 60 instead of 50: + 10; then pay comes with weight 10 and 30 points: 10 × (30 - 60) / 30 = -10."""
    values = {"use": [50, 50], "pay": [30, 30]}
    other = replace(USE, curve=((0, 0), (50, 60), (100, 100)))
    moved = between(judged(values, other, PAY), before=judged(values, USE))
    assert parts(moved) == {("definitions", "use"): 10, ("definitions", "pay"): -10}
    assert_exact(moved)


def test_a_wholly_other_set_of_factors_is_definitions(judged, between):
    values = {"use": [50, 50], "pay": [30, 30]}
    moved = between(judged(values, PAY), before=judged(values, USE))
    assert {part.kind for part in moved.parts} == {"definitions"}
    assert moved.points == pytest.approx(-20)
    assert_exact(moved)


def test_where_the_later_definitions_knew_nothing_before_it_is_data_missing(judged, between):
    values = {"use": [50, 50], "pay": [None, 30]}
    moved = between(judged(values, PAY), before=judged(values, USE))
    assert {part.kind for part in moved.parts} == {"missing"}
    assert_exact(moved)


def test_deduction_and_floor(judged, between):
    moved = between(judged({"use": [50, 5], "cancel": [0, 1]}, USE))
    assert parts(moved) == {("data", "use"): -45, ("deduction", "asked"): -15, ("floor", ""): 10}
    assert_exact(moved)


def test_the_end_of_the_onboarding_is_definitions_and_the_rest_is_data(judged, between):
    """One of two milestones: 50. As a grown account the first week would have been 20, and the second is 30."""
    young = Young(60, (Milestone("any", Condition("use", ">", 0)), Milestone("much", Condition("use", ">", 90))))
    moved = between(judged({"use": [20, 30]}, USE, young=young, tenure=[[59, 66]]))
    assert (moved.before, moved.after) == (50, 30)
    assert sum(part.points for part in moved.parts if part.kind == "definitions") == pytest.approx(-30)
    assert parts(moved)["data", "use"] == 10
    assert_exact(moved)
    still = between(judged({"use": [20, 95]}, USE, young=young, tenure=[[40, 47]]))
    assert parts(still) == {("data", "milestone.much"): 50}


def test_an_unknown_score_does_not_move(judged, between):
    moved = between(judged({"use": [50, None]}, USE))
    assert (moved.before, moved.after, moved.points, moved.parts) == (50, None, None, ())
    assert (moved.band_before, moved.band_after) == ("at_risk", "unknown")


def test_an_override_moves_no_score_and_is_listed(judged, between, monday):
    override = Override("override", "a0", "unhealthy", "sponsor left", "Ann", monday + 1, monday + 30)
    after = judged({"use": [50, 50]}, USE)
    assert between(after, overrides=[override]).parts == (Part("override", "sponsor left", 0.0),)
    assert between(after, overrides=[replace(override, from_day=monday)]).parts == ()


value = st.one_of(st.none(), st.floats(-50, 150))
pair = st.tuples(value, value)
weight = st.floats(0.01, 100)
curve = st.sampled_from([(), LINE, ((-50.0, 120.0), (150.0, -20.0))])
some_factors = st.lists(
    st.tuples(st.sampled_from(["use", "nps", "pay"]), weight, curve), min_size=1, unique_by=lambda of: of[0]
)
some_tenure = st.sampled_from([[1, 8], [55, 62], [100, 107]])


def factors(drawn):
    return [Factor(name, "all", weight, better="higher", curve=curve) for name, weight, curve in drawn]


YOUNG = Young(60, (Milestone("any", Condition("use", ">", 0)), Milestone("paid", Condition("pay", ">", 50))))
SHORT = Young(57, (Milestone("any", Condition("use", ">", 10)),))


@given(
    st.tuples(pair, pair, pair, st.tuples(st.integers(0, 1), st.integers(0, 1))),
    some_factors,
    some_factors,
    some_tenure,
)
def test_law_the_parts_sum_to_the_move_whatever_changed(judged, between, values, old, new, tenure):
    values = dict(zip(("use", "nps", "pay", "cancel"), values, strict=True))
    before = judged(values, *factors(old), tenure=tenure, young=YOUNG, needs_coverage=0.2)
    after = judged(values, *factors(new), tenure=tenure, young=SHORT, needs_coverage=0.2)
    moved = between(after, before)
    assert (moved.points is None) == (moved.before is None or moved.after is None)
    if moved.points is not None:
        assert_exact(moved)


@given(st.tuples(value, value, value), some_factors, some_tenure)
def test_law_nothing_changed_nothing_moved(judged, monday, values, drawn, tenure):
    twice = {name: (of, of) for name, of in zip(("use", "nps", "pay"), values, strict=True)}
    scores, definitions = judged(twice, *factors(drawn), tenure=tenure, young=YOUNG)
    for day in (monday, monday + 7):
        moved = change(scores, definitions, "a0", day, day, (scores, definitions))
        assert (moved.points or 0, moved.parts) == (0, ())


def test_biggest_moves_are_largest_first_then_by_name(make_grid, make_health, monday):
    grid = make_grid({"use": [[50, 60], [50, 20], [50, 40], [50, None], [50, 51]]}, accounts=["d", "c", "b", "x", "a"])
    scores = score_grid(grid, make_health(USE), take_reference(grid, make_health(USE)), (70, 40))
    moves = biggest_moves(scores, monday, monday + 7, 3)
    assert [(move.account_id, move.points) for move in moves] == [("c", -30), ("b", -10), ("d", 10)]
    assert len(biggest_moves(scores, monday, monday + 7, 99)) == 4
