"""The hidden truth is as it says: what could be seen foretells leaving, what could not does not."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from sabai.demo.latent import UNSEEN, WEIGHTS
from sabai.demo.make import make_world
from sabai.demo.mess import Flaws, spoil
from sabai.demo.names import KINDS, STEMS, companies
from sabai.demo.world import World


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(seed=11, accounts=4000, months=24)


def _at_notice(world: World, seen: bool) -> np.ndarray:
    """True health, weighted, in the week of notice."""
    leavers = np.flatnonzero(world.truth.left & (world.truth.seen == seen))
    weeks = (world.truth.notice[leavers] - world.calendar.first) // 7
    return world.truth.health[leavers, weeks] @ WEIGHTS


def test_who_leaves_for_a_reason_was_unwell_and_who_leaves_by_fate_was_not(world: World) -> None:
    usual = (world.truth.health @ WEIGHTS)[world.who.paying]
    assert _at_notice(world, seen=True).mean() < usual.mean() - usual.std()
    assert abs(_at_notice(world, seen=False).mean() - usual.mean()) < 0.25


def test_some_leave_for_causes_that_no_score_can_see(world: World) -> None:
    fated = world.truth.left & ~world.truth.seen
    assert {world.truth.cause[account] for account in np.flatnonzero(fated)} == set(UNSEEN)
    assert 0.08 < fated.sum() / world.truth.left.sum() < 0.3


def test_a_fifth_leaves_each_year(world: World) -> None:
    assert 0.15 < world.truth.left.sum() / (world.present.sum() * 7 / 365) < 0.3


def test_nobody_leaves_before_having_settled_in(world: World) -> None:
    left = world.truth.left
    assert (world.truth.notice[left] - world.who.started[left] > 49).all()
    assert not (left & ~world.who.paying).any()


def test_dimensions_follow_a_common_mood_but_are_not_one(world: World) -> None:
    flat = world.truth.health.reshape(-1, len(WEIGHTS))
    shared = np.corrcoef(flat.T)[np.triu_indices(len(WEIGHTS), 1)]
    assert shared.min() > 0.2
    assert shared.max() < 0.9


def test_names_stay_different_when_a_language_runs_out() -> None:
    many = len(STEMS["en"]) * len(KINDS["en"]) + 10
    assert len(set(companies(np.random.default_rng(1), "en", many))) == many


def test_rows_without_flaws_stay_as_they_are() -> None:
    rows = pl.DataFrame({"id": [1, 2, 3]})
    assert spoil(np.random.default_rng(1), rows, Flaws()).equals(rows)


def test_flaws_fall_on_rows_of_their_own() -> None:
    rows = pl.DataFrame({"id": range(10), "word": ["a"] * 10})
    flaws = Flaws(again=2, otherwise=("word", "b", 3), strange=("word", "c", 1), broken=(("word", "d"),) * 4)
    spoiled = spoil(np.random.default_rng(1), rows, flaws)
    assert spoiled["word"].value_counts().sort("word").rows() == [("a", 7), ("b", 3), ("c", 1), ("d", 4)]
    assert len(spoiled) == 15
