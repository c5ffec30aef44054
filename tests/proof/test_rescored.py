"""Other weights are judged exactly as the product would have scored with them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sabai.definitions.model import Condition, Deduction, Factor, Health, Milestone, Young
from sabai.health.reference import Reference
from sabai.health.score import score_grid
from sabai.health.scores import Scores
from sabai.metrics.grid import Floats, Grid
from sabai.proof.past import Past
from sabai.proof.rescored import rescored
from tests.proof.made_past import made_past

LINE = ((0.0, 0.0), (100.0, 100.0))  # points are the value itself
NAMES = ("logins", "seats", "tickets")
ROWS = 60

weights = st.tuples(*[st.sampled_from([0.0, 1.0, 7.5, 30.0, 40.0])] * 3).filter(any)


def health_of(given: tuple[float, ...]) -> Health:
    return Health(
        tuple(Factor(name, "all", weight, curve=LINE) for name, weight in zip(NAMES, given, strict=True)),
        ("all",),
        deductions=tuple(Deduction(f"low {name}", Condition(name, "<", 30), 25) for name in NAMES[:2]),
        young=Young(100, (Milestone("first", Condition("logins", ">", 40)),)),
    )


def scored(health: Health, seed: int) -> Scores:
    """A third of all values unknown, a fifth of the accounts young."""
    rng = np.random.default_rng(seed)
    values = {name: np.where(rng.random((ROWS, 1)) < 1 / 3, np.nan, rng.random((ROWS, 1)) * 100) for name in NAMES}
    cells = np.ones((ROWS, 1), dtype=np.bool_)
    tenure = np.where(rng.random((ROWS, 1)) < 0.2, 10.0, 1000.0)
    accounts, segment = tuple(map(str, range(ROWS))), np.zeros((ROWS, 1), dtype=np.int32)
    grid = Grid(accounts, np.array([20_000], dtype=np.int32), values, cells, tenure, segment, ("all",))
    return score_grid(grid, health, Reference({}, {}, ""), (70, 40))


def past_of(scores: Scores) -> Past:
    past, _ = made_past(ROWS, 1, dict.fromkeys(NAMES, 0.0), base=-30)
    return replace(
        past,
        score=scores.score[:, 0],
        young=scores.young[:, 0],
        deducted=sum(np.nan_to_num(of[:, 0]) for of in scores.deductions.values()),
        points={name: of[:, 0] for name, of in scores.points.items()},
    )


def risk(past: Past, given: tuple[float, ...], health: Health) -> Floats:
    return rescored(past, dict(zip(NAMES, given, strict=True)), health)


@given(hand=weights, seed=st.integers(0, 50))
def test_hand_weights_give_the_score_itself(hand: tuple[float, ...], seed: int) -> None:
    scores = scored(health_of(hand), seed)
    again = 100 - risk(past_of(scores), hand, health_of(hand))
    np.testing.assert_allclose(again, scores.score[:, 0], rtol=0, atol=1e-9)


@given(hand=weights, other=weights, seed=st.integers(0, 50))
def test_other_weights_give_what_the_product_would(
    hand: tuple[float, ...], other: tuple[float, ...], seed: int
) -> None:
    before, after = scored(health_of(hand), seed), scored(health_of(other), seed)
    found, there = 100 - risk(past_of(before), other, health_of(hand)), ~np.isnan(before.score[:, 0])
    np.testing.assert_allclose(found[there], after.score[there, 0], rtol=0, atol=1e-9)
    assert (np.isnan(found) == np.isnan(after.score[:, 0])).all()


def test_other_weights_are_not_the_hand_weights() -> None:
    """The twin: the score is not merely handed back."""
    scores = scored(health_of((40, 30, 1)), 1)
    past = past_of(scores)
    moved = np.abs(100 - risk(past, (1, 30, 40), health_of((40, 30, 1))) - past.score)
    assert np.nanmax(moved[~past.young]) > 5
    assert np.nanmax(moved[past.young]) == 0


def test_weights_that_are_all_0_know_nothing() -> None:
    past = past_of(scored(health_of((40, 30, 1)), 1))
    assert np.isnan(risk(past, (0, 0, 0), health_of((40, 30, 1)))[~past.young]).all()
