from __future__ import annotations

import numpy as np
import pytest

from sabai.definitions.model import Condition, Deduction, Factor, Milestone, Young
from sabai.errors import UsageError
from sabai.health.addition import addition
from sabai.health.explain import explain
from sabai.health.reference import take_reference
from sabai.health.score import score_grid

USE = Factor("use", "usage", 15, curve=((0, 0), (50, 100)))
NPS = Factor("nps", "sentiment", 10, curve=((0, 0), (10, 100)))
PAY = Factor("late", "payment", 5, curve=((0, 100), (30, 0)))
ASKED = Deduction("asked_to_cancel", Condition("cancel", ">", 0), 15)
YOUNG = Young(60, (Milestone("first_login", Condition("use", ">", 0)), Milestone("three", Condition("use", ">=", 3))))


@pytest.fixture
def made(make_grid, make_health, make_definitions):
    def of(use, nps=(5,), late=(7,), cancel=(0,), cut=(70, 40), health=None, **rest):
        weeks = len(use)
        rows = {"use": use, "nps": nps, "late": late, "cancel": cancel}
        grid = make_grid({name: [list(row) * (weeks // len(row))] for name, row in rows.items()}, **rest)
        health = health or make_health(USE, NPS, PAY, deductions=(ASKED,), young=YOUNG)
        return score_grid(grid, health, take_reference(grid, health), cut), make_definitions(health)

    return of


def test_the_addition_of_one_account(made, monday):
    scores, definitions = made([20], nps=[None], late=[4], cancel=[1])
    text = addition(explain(scores, definitions, "a0", monday)).splitlines()
    assert text[0] == "a0 on 2025-08-04: score 36.67, unhealthy"
    assert [line.split() for line in text[2:7]] == [
        ["usage:", "use", "=", "20", "40.00", "points", "×", "15", "/", "20", "30.00"],
        ["payment:", "late", "=", "4", "86.67", "points", "×", "5", "/", "20", "21.67"],
        ["deduction", "asked_to_cancel", "(stated", "15)", "-15.00"],
        ["--------"],
        ["score", "36.67"],
    ]
    assert text[8:] == [
        "Not counted: nps (weight 10) is unknown.",
        "Coverage 67% of the weight.",
        "Band unhealthy: the score alone says so (healthy from 70.00, at risk from 40.00).",
    ]


def printed_amounts(text):
    return [float(line.split()[-1]) for line in text.split("\n\n")[1].splitlines() if "--" not in line]


@pytest.mark.parametrize("use", [1, 7, 11.111, 50, 49.99])
@pytest.mark.parametrize("late", [3.3333, 29, 1.7])
def test_the_printed_amounts_add_up_to_the_printed_score(made, monday, use, late):
    scores, definitions = made([use], late=[late], cancel=[1])
    *amounts, score = printed_amounts(addition(explain(scores, definitions, "a0", monday)))
    assert round(sum(amounts), 2) == score


def test_twin_without_its_deduction_the_addition_does_not_add_up(made, monday):
    scores, definitions = made([20], cancel=[1])
    why = explain(scores, definitions, "a0", monday)
    total = sum(line.contribution or 0 for line in why.lines) + why.floor
    assert total + sum(taken.contribution for taken in why.deductions) == pytest.approx(why.score, abs=1e-9)
    assert total != pytest.approx(why.score, abs=1e-9)


def test_lines_say_value_points_weight_and_share(made, monday):
    scores, definitions = made([20], nps=[None], late=[6])
    use, nps, late = explain(scores, definitions, "a0", monday).lines
    assert (use.dimension, use.factor, use.value, use.points, use.weight, use.share) == (
        "usage",
        "use",
        20,
        40,
        15,
        0.75,
    )
    assert (nps.value, nps.points, nps.share, nps.contribution) == (None, None, None, None)
    assert late.contribution == pytest.approx(80 * 5 / 20)
    assert explain(scores, definitions, "a0", monday).unknown == ("nps",)


def test_a_cut_at_0_is_a_line(made, monday):
    scores, definitions = made([0], nps=[0], late=[30], cancel=[1])
    why = explain(scores, definitions, "a0", monday)
    assert (why.score, why.floor) == (0, 15)
    assert any(line.split() == ["cut", "at", "0", "15.00"] for line in addition(why).splitlines())


def test_a_young_account_is_explained_by_its_milestones(made, monday):
    scores, definitions = made([2], tenure=[[10]])
    why = explain(scores, definitions, "a0", monday)
    assert [(of.milestone, of.reached, of.contribution) for of in why.milestones] == [
        ("first_login", True, 50),
        ("three", False, 0),
    ]
    assert (why.score, why.young, why.deductions) == (50, True, ())
    assert [line.contribution for line in why.lines] == [None] * 3
    assert "(onboarding)" in addition(why)


def test_why_the_band_is_what_it_is(made, monday):
    scores, definitions = made([50, 5, 5])
    whys = [explain(scores, definitions, "a0", monday + 7 * week) for week in range(3)]
    assert [(why.raw_band, why.band, why.why) for why in whys] == [
        ("healthy", "healthy", "raw"),
        ("unhealthy", "healthy", "held"),
        ("unhealthy", "unhealthy", "raw"),
    ]
    assert "it must pass the cut by 2 points on every Monday of 14 days" in addition(whys[1])


def test_a_date_between_mondays_says_that_it_reads_the_last(made, monday):
    scores, definitions = made([50, 0], as_of=[monday, monday + 1])
    why = explain(scores, definitions, "a0", monday + 1)
    assert (why.raw_band, why.band, why.why) == ("unhealthy", "healthy", "read")


@pytest.mark.parametrize(
    ("world", "why"),
    [
        ({"alive": [[False]]}, "no customer"),
        ({"nps": [None], "late": [None], "use": [None]}, "too little known"),
        ({"cut": (np.nan, np.nan)}, "no cut"),
    ],
)
def test_why_there_is_no_band(made, monday, world, why):
    scores, definitions = made(**({"use": [50]} | world))
    explanation = explain(scores, definitions, "a0", monday)
    assert (explanation.band, explanation.why) == ("unknown", why)
    assert "Band unknown: " in addition(explanation)


def test_before_the_first_monday_there_is_no_band(made, monday):
    scores, definitions = made([50], as_of=[monday + 1])
    assert explain(scores, definitions, "a0", monday + 1).why == "no monday"


def test_an_unknown_score_adds_nothing_up(made, monday):
    scores, definitions = made([None], nps=[None])
    text = addition(explain(scores, definitions, "a0", monday))
    assert "score unknown" in text
    assert "There is nothing to add up." in text


def test_an_account_or_date_that_is_not_there_is_named(made, monday):
    scores, definitions = made([50], accounts=["north-1"])
    with pytest.raises(UsageError, match=r'HLT-011(.|\n)*Did you mean "north-1"'):
        explain(scores, definitions, "north1", monday)
    with pytest.raises(UsageError, match=r"HLT-012(.|\n)*The nearest date is 2025-08-04"):
        explain(scores, definitions, "north-1", monday + 3)
