"""A factor that was filled in afterwards foretells the months in which it was, and not those that come."""

from __future__ import annotations

import numpy as np
import pytest

from sabai.proof.alarms.against_time import against_time
from sabai.proof.past import Past
from sabai.proof.replay import Question, Replay
from tests.proof.made_past import HORIZON, made_past
from tests.proof.made_replay import made_replay, middle, with_points


@pytest.fixture(scope="module")
def honest() -> Replay:
    past = made_past(800, 12, {"use": 0.4, "nps": 0.2}, base=-3.0)[0]
    return made_replay(past, middle(past))


def leaking(past: Past, since: int) -> Past:
    """Since that day those who leave have few points; before it, points are mere noise."""
    noise = np.random.default_rng(1).uniform(0, 100, len(past))
    left = past.leaves("notice", HORIZON)
    return with_points(past, filled_in=np.where(left & (past.as_of >= since), noise * 0.1, noise))


def test_an_honest_past_is_quiet(honest: Replay) -> None:
    alarm = against_time(honest, seed=1)
    assert not alarm.fired
    assert alarm.measured == pytest.approx(0, abs=0.05)


def test_what_changed_its_meaning_is_found(honest: Replay) -> None:
    assert honest.split is not None
    alarm = against_time(made_replay(leaking(honest.past, honest.split), honest.split), seed=1)
    assert alarm.fired
    assert alarm.measured is not None
    assert alarm.measured > 0.05


def test_what_meant_the_same_all_along_is_not(honest: Replay) -> None:
    """The twin: the same factor, filled in from the first month on, is for other alarms to find."""
    assert not against_time(made_replay(leaking(honest.past, 0), honest.split), seed=1).fired


@pytest.mark.parametrize("question", [Question(cross_section=True), Question(HORIZON, label="notice")])
def test_without_a_split_there_is_nothing_to_compare(honest: Replay, question: Question) -> None:
    assert against_time(made_replay(honest.past, question=question), seed=1).measured is None
