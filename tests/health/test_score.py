from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.definitions.model import Condition, Deduction, Factor, Milestone, Young
from sabai.health.reference import take_reference
from sabai.health.score import score_grid

LINE = ((0.0, 0.0), (100.0, 100.0))  # points are the value itself, so that examples can be redone in the head
USE, NPS, PAY = (
    Factor(name, "all", weight, curve=LINE) for name, weight in (("use", 15.0), ("nps", 10.0), ("pay", 25.0))
)
ASKED = Deduction("asked", Condition("cancel", ">=", 1), 20)
SILENT = Deduction("silent", Condition("silence", ">", 90), 40)


def scored(make_grid, health, values, **rest):
    grid = make_grid(values, **rest)
    return score_grid(grid, health, take_reference(grid, health), (70, 40))


def lines(scores):
    return [*scores.contributions.values(), *scores.deductions.values(), scores.floor]


def assert_adds_up(scores):
    total = sum(np.nan_to_num(line) for line in lines(scores))
    known = ~np.isnan(scores.score)
    assert np.abs(total - scores.score)[known].max(initial=0) < 1e-9
    assert all(np.isnan(line[~known]).all() for line in lines(scores))


def golden(score, contributions):
    """use 80 × 15 / 40 = 30 and pay 40 × 25 / 40 = 25; nps (weight 10) is unknown: 55."""
    assert score == pytest.approx(55)
    assert contributions == {
        "use": pytest.approx(30),
        "nps": pytest.approx(np.nan, nan_ok=True),
        "pay": pytest.approx(25),
    }


def test_weights_are_renormalised_over_what_is_known(make_grid, make_health):
    scores = scored(make_grid, make_health(USE, NPS, PAY), {"use": [[80]], "nps": [[None]], "pay": [[40]]})
    golden(scores.score[0, 0], {name: of[0, 0] for name, of in scores.contributions.items()})
    assert scores.coverage[0, 0] == pytest.approx(40 / 50)


def test_twin_unknown_taken_for_zero_is_refused(make_grid, make_health):
    scores = scored(make_grid, make_health(USE, NPS, PAY), {"use": [[80]], "nps": [[0]], "pay": [[40]]})
    with pytest.raises(AssertionError):
        golden(scores.score[0, 0], {name: of[0, 0] for name, of in scores.contributions.items()})


@pytest.mark.parametrize(("needed", "known"), [(0.5, True), (0.51, False)])
def test_too_little_coverage_makes_the_score_unknown(make_grid, make_health, needed, known):
    health = make_health(USE, NPS, PAY, needs_coverage=needed)
    scores = scored(make_grid, health, {"use": [[80]], "nps": [[20]], "pay": [[None]]})
    assert scores.coverage[0, 0] == pytest.approx(0.5)
    assert np.isnan(scores.score[0, 0]) != known
    assert_adds_up(scores)


def test_nothing_known_and_no_weight_are_unknown_even_if_no_coverage_is_asked(make_grid, make_health):
    assert np.isnan(scored(make_grid, make_health(USE, needs_coverage=0), {"use": [[None]]}).score).all()
    assert np.isnan(scored(make_grid, make_health(replace(USE, weight=0)), {"use": [[50]]}).score).all()


def test_deductions_share_the_cap_in_proportion(make_grid, make_health):
    """20 and 40 asked, 30 allowed: each keeps half. One alone of 20 is below the cap; unknown silence takes nothing."""
    health = make_health(USE, deductions=(ASKED, SILENT), deduction_cap=30)
    values = {"use": [[90, 90, 90]], "cancel": [[1, 2, 0]], "silence": [[91, None, 90]]}
    scores = scored(make_grid, health, values)
    assert scores.deductions["asked"].tolist() == [[-10, -20, 0]]
    assert scores.deductions["silent"].tolist() == [[-20, 0, 0]]
    assert scores.score.tolist() == [[60, 70, 90]]
    assert not np.signbit(scores.deductions["silent"][0, 1])


def test_a_cap_of_zero_takes_nothing(make_grid, make_health):
    health = make_health(USE, deductions=(ASKED,), deduction_cap=0)
    assert scored(make_grid, health, {"use": [[90]], "cancel": [[1]]}).score[0, 0] == 90


def test_a_cut_at_0_and_at_100_is_a_line_of_its_own(make_grid, make_health):
    health = make_health(replace(USE, curve=((0, 0), (100, 120))), deductions=(ASKED,))
    scores = scored(make_grid, health, {"use": [[5, 100, 50]], "cancel": [[1, 0, 0]]})
    assert scores.score.tolist() == [[0, 100, 60]]
    assert scores.floor[0].tolist() == pytest.approx([14, -20, 0])
    assert_adds_up(scores)


def test_who_is_no_customer_has_no_score(make_grid, make_health):
    scores = scored(make_grid, make_health(USE), {"use": [[50, 50]]}, alive=[[True, False]])
    assert np.isnan(scores.score).tolist() == np.isnan(scores.coverage).tolist() == [[False, True]]
    assert scores.band.tolist() == [[1, 3]]


def test_young_accounts_are_scored_by_milestones_and_lose_nothing(make_grid, make_health):
    milestones = tuple(Milestone(name, Condition(name, ">", 0)) for name in ("login", "invite", "report"))
    health = make_health(USE, deductions=(ASKED,), young=Young(60, milestones))
    values = {"use": [[10, 10]], "cancel": [[1, 1]], "login": [[1, 1]], "invite": [[2, 2]], "report": [[None, 0]]}
    scores = scored(make_grid, health, values, tenure=[[59, 60]])
    assert scores.young.tolist() == [[True, False]]
    assert scores.score[0].tolist() == pytest.approx([200 / 3, 0])
    assert scores.coverage.tolist() == [[1, 1]]
    assert np.array_equal(scores.contributions["milestone.report"], [[0, np.nan]], equal_nan=True)
    assert np.isnan(scores.contributions["use"][0, 0])
    assert scores.points["use"][0, 0] == 10
    assert_adds_up(scores)


def test_an_unknown_start_and_definitions_without_milestones_make_nobody_young(make_grid, make_health):
    some = Young(60, (Milestone("login", Condition("use", ">", 0)),))
    assert not scored(make_grid, make_health(USE, young=some), {"use": [[50]]}, tenure=[[np.nan]]).young.any()
    assert not scored(make_grid, make_health(USE, young=Young(60, ())), {"use": [[50]]}, tenure=[[1]]).young.any()


value = st.one_of(st.none(), st.floats(-50, 150))
weights = st.floats(0.01, 100)
worlds = st.lists(st.tuples(value, value, value, st.integers(0, 2), st.floats(0, 100)), min_size=1, max_size=12)


def world(make_grid, make_health, accounts, weight=(15.0, 10.0, 25.0)):
    """Two percentile factors in two segments, a curve that goes beyond 0-100, two deductions, some young accounts."""
    use, nps, pay, cancel, tenure = zip(*accounts, strict=True)
    factors = (
        Factor("use", "all", weight[0], better="higher"),
        Factor("nps", "all", weight[1], better="lower"),
        Factor("pay", "all", weight[2], curve=((-60, -40), (160, 140))),
    )
    young = Young(10, (Milestone("one", Condition("use", ">", 0)), Milestone("two", Condition("nps", ">", 0))))
    silent = Deduction("silent", Condition("nps", ">", 90), 40)
    health = make_health(*factors, deductions=(ASKED, silent), young=young)
    values = {
        name: [[of] for of in column] for name, column in (("use", use), ("nps", nps), ("pay", pay), ("cancel", cancel))
    }
    grid = make_grid(values, tenure=[[of] for of in tenure], segment=[of % 2 for of in cancel], segments=("s", "m"))
    return grid, health


@given(worlds, st.tuples(weights, weights, weights))
def test_law_the_lines_sum_to_the_score(make_grid, make_health, accounts, weight):
    grid, health = world(make_grid, make_health, accounts, weight)
    scores = score_grid(grid, health, take_reference(grid, health), (70, 40))
    assert_adds_up(scores)
    known = scores.score[~np.isnan(scores.score)]
    assert ((known >= 0) & (known <= 100)).all()


@given(worlds, weights)
def test_law_only_the_proportion_of_weights_matters(make_grid, make_health, accounts, scale):
    grid, health = world(make_grid, make_health, accounts)
    _, scaled = world(make_grid, make_health, accounts, (15 * scale, 10 * scale, 25 * scale))
    reference = take_reference(grid, health)
    one, other = (score_grid(grid, of, reference, (70, 40)).score for of in (health, scaled))
    np.testing.assert_allclose(one, other, atol=1e-9)


@given(worlds, st.randoms(use_true_random=False))
def test_law_the_order_of_accounts_does_not_matter(make_grid, make_health, accounts, random):
    order = list(range(len(accounts)))
    random.shuffle(order)
    one, health = world(make_grid, make_health, accounts)
    other, _ = world(make_grid, make_health, [accounts[place] for place in order])
    scores = [score_grid(grid, health, take_reference(grid, health), (70, 40)) for grid in (one, other)]
    assert np.array_equal(scores[0].score[order], scores[1].score, equal_nan=True)
    assert np.array_equal(scores[0].band[order], scores[1].band)


@given(worlds)
def test_law_the_same_account_twice_has_the_same_score_in_any_chunk(make_grid, make_health, accounts):
    grid, health = world(make_grid, make_health, accounts + accounts[:1])
    reference = take_reference(grid, health)
    whole = score_grid(grid, health, reference, (70, 40)).score
    alone, _ = world(make_grid, make_health, accounts[:1])
    assert np.array_equal(whole[0], whole[-1], equal_nan=True)
    assert np.array_equal(whole[0], score_grid(alone, health, reference, (70, 40)).score[0], equal_nan=True)


@given(worlds, st.floats(0, 100))
def test_law_more_of_a_better_metric_never_lowers_the_score(make_grid, make_health, accounts, more):
    grid, health = world(make_grid, make_health, accounts)
    health = replace(health, young=None)
    reference = take_reference(grid, health)
    raised = replace(grid, values={**grid.values, "use": grid.values["use"] + more})
    before, after = (score_grid(of, health, reference, (70, 40)).score for of in (grid, raised))
    known = ~np.isnan(before)
    assert np.array_equal(known, ~np.isnan(after))
    assert (after[known] >= before[known] - 1e-9).all()
