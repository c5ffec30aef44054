"""One factor above .9, or a score above .95, was told the answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sabai.metrics.grid import Floats
from sabai.proof.alarms.too_good import factor_too_good, score_too_good
from sabai.proof.past import Past
from tests.proof.made_past import HORIZON, made_past
from tests.proof.made_replay import made_replay, with_points


@pytest.fixture(scope="module")
def past() -> Past:
    return made_past(300, 6, {"use": 1.0})[0]


def told(past: Past, apart: float) -> Floats:
    """Points with an overlap of those who leave and those who stay that shrinks with `apart`."""
    points = np.random.default_rng(1).uniform(0, 100 - apart, len(past))
    return points + apart * ~past.leaves("notice", HORIZON)


def test_honest_factors_are_quiet(past: Past) -> None:
    alarm = factor_too_good(made_replay(past))
    assert not alarm.fired
    assert alarm.measured is not None
    assert 0.6 < alarm.measured < 0.9


def test_a_factor_that_was_told_is_named(past: Past) -> None:
    alarm = factor_too_good(made_replay(with_points(past, satisfaction=told(past, 40))))
    assert alarm.fired
    assert "satisfaction" in alarm.sentence
    assert "use" not in alarm.sentence.replace("cause", "")


def test_a_factor_the_wrong_way_round_is_told_all_the_same(past: Past) -> None:
    assert factor_too_good(made_replay(with_points(past, unhappy=100 - told(past, 40)))).fired


def test_a_factor_is_judged_where_it_is_known(past: Past) -> None:
    """Those who were never asked say nothing, so the few who were must not hide among them."""
    asked = np.random.default_rng(2).random(len(past)) < 0.5
    assert factor_too_good(made_replay(with_points(past, rare=np.where(asked, told(past, 40), np.nan)))).fired


def test_too_few_that_left_say_nothing() -> None:
    past = made_past(40, 3, {"use": 1.0}, base=-6.0)[0]
    assert factor_too_good(made_replay(with_points(past, use=told(past, 40)))).measured is None
    assert score_too_good(made_replay(past)).measured is None


@pytest.mark.parametrize(("apart", "fires"), [(45, True), (40, False)])
def test_the_score_may_know_more_than_a_factor(past: Past, apart: float, fires: bool) -> None:
    alarm = score_too_good(made_replay(replace(past, score=told(past, apart))))
    assert alarm.fired is fires
    assert alarm.measured is not None
    assert alarm.measured > 0.9
