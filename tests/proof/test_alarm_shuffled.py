"""Labels that mean nothing are foretold by nobody, unless the rows that judge are those that taught."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sabai.proof.alarms.refits import refitted_to
from sabai.proof.alarms.shuffled import shuffled_labels
from sabai.proof.fitting import fitted
from sabai.proof.past import Past
from sabai.proof.replay import Question, Replay
from sabai.proof.terms import terms, usual
from tests.proof.made_past import HORIZON, made_past
from tests.proof.made_replay import made_replay, middle

TRUTH = {f"f{number}": 0.3 for number in range(12)}


@pytest.fixture(scope="module")
def past() -> Past:
    return made_past(400, 12, TRUTH, base=-3.5)[0]


@pytest.fixture
def honest(past: Past) -> Replay:
    return made_replay(past, middle(past))


def test_an_honest_split_foretells_nothing(honest: Replay) -> None:
    alarm = shuffled_labels(honest, seed=1)
    assert not alarm.fired
    assert alarm.measured == pytest.approx(0.5, abs=0.02)


def test_rows_that_are_learned_from_and_judged_are_found(honest: Replay) -> None:
    honest.__dict__["test"] = honest.train  # the planted leak: the split does not split
    alarm = shuffled_labels(honest, seed=1)
    assert alarm.fired
    assert alarm.what_to_do
    assert alarm.measured is not None
    assert alarm.measured > 0.53


def test_a_year_in_which_more_leave_is_no_leak(past: Past) -> None:
    """Months differ in how many leave and in their points; within each month nothing is told."""
    late = past.as_of > np.median(past.as_of)
    drifting = {name: np.where(late, of * 0.5, of) for name, of in past.points.items()}
    leaves = np.where(late & (np.random.default_rng(1).random(len(past)) < 0.3), 5.0, past.notice_in)
    moved = replace(past, points=drifting, notice_in=leaves)
    assert not shuffled_labels(made_replay(moved, middle(moved)), seed=1).fired


def test_a_cross_section_is_divided_by_account() -> None:
    past = made_past(600, 1, TRUTH, base=-1.0)[0]
    assert not shuffled_labels(made_replay(past, question=Question(cross_section=True)), seed=1).fired


def test_too_few_that_left_are_not_tried() -> None:
    past = made_past(40, 6, TRUTH, base=-6.0)[0]
    alarm = shuffled_labels(made_replay(past, middle(past)), seed=1)
    assert (alarm.fired, alarm.measured) == (False, None)


def test_all_at_once_is_one_by_one(past: Past) -> None:
    rows = terms(past, "notice", HORIZON, usual(past, HORIZON))
    labels = np.stack([np.random.default_rng(each).permutation(rows.left) for each in range(3)], axis=1)
    together = refitted_to(labels, rows, 10.0)
    alone = np.stack([fitted(replace(rows, left=labels[:, each]), 10.0) for each in range(3)], axis=1)
    assert together == pytest.approx(alone, abs=0.01)
    assert refitted_to(labels, rows, 1000.0) != pytest.approx(alone, abs=0.01)
