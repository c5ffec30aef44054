"""Whole accounts are drawn, the same for the same seed, and sums of draws are sums over the rows that were drawn."""

from __future__ import annotations

import numpy as np
import pytest

from sabai.proof.draws import BLOCK, Drawn, account_draws, dense, drawn_sums, share


def test_every_draw_takes_as_many_accounts_as_there_are() -> None:
    counts = account_draws(50, 2 * BLOCK + 10, seed=3)
    assert counts.dtype == np.uint8
    assert (counts.sum(axis=0) == 50).all()
    assert counts.mean(axis=1) == pytest.approx(1, abs=0.25)
    assert (counts == 0).mean() == pytest.approx(np.exp(-1), abs=0.02)


def test_the_seed_alone_decides_and_more_draws_begin_like_fewer() -> None:
    few, many, other = account_draws(30, 20, seed=1), account_draws(30, 2_000, seed=1), account_draws(30, 20, seed=2)
    assert np.array_equal(few, many[:, :20])
    assert not np.array_equal(few, other)
    assert len({draw.tobytes() for draw in many.T}) == 2_000


def test_nobody_and_one_account_are_drawn_too() -> None:
    assert account_draws(0, 7, seed=1).shape == (0, 7)
    assert (account_draws(1, 7, seed=1) == 1).all()


def test_counts_stop_at_255_and_do_not_begin_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loaded:
        def integers(self, low: int, high: int, size: tuple[int, int], dtype: type) -> object:
            return np.zeros(size, dtype=dtype)

    monkeypatch.setattr(np.random, "default_rng", lambda seed: Loaded())
    assert account_draws(300, 2, seed=1)[0].tolist() == [255, 255]


def test_only_accounts_that_occur_are_numbered() -> None:
    place, number = dense(np.array([9, 4, 9, 7], dtype=np.int32))
    assert (place.tolist(), place.dtype, number) == ([2, 0, 2, 1], np.int32, 3)


def test_drawn_sums_are_the_sums_of_the_rows_that_were_drawn() -> None:
    rng = np.random.default_rng(1)
    account, group, values = rng.integers(0, 9, 80).astype(np.int32), rng.integers(0, 3, 80), rng.normal(size=80)
    counts = account_draws(9, BLOCK + 5, seed=2)
    by_hand = [[values[group == g] @ counts[account[group == g], d] for d in range(BLOCK + 5)] for g in range(3)]
    sums = drawn_sums(values, account, counts, group, 3)
    assert sums == pytest.approx(np.array(by_hand))
    assert drawn_sums(values, account, counts)[0] == pytest.approx(sums.sum(axis=0))


def test_a_share_of_nothing_is_unknown() -> None:
    assert np.array_equal(share(np.array([1.0, 0.0]), np.array([4.0, 0.0])), [0.25, np.nan], equal_nan=True)


def test_a_difference_is_paired() -> None:
    rng = np.random.default_rng(1)
    common = rng.normal(size=4_000)
    difference = Drawn(0.8, 0.8 + common) - Drawn(0.7, 0.7 + common)
    assert difference.interval.low == pytest.approx(0.1)
    assert difference.interval.high == pytest.approx(0.1)
    assert difference.interval.excludes(0)
    apart = Drawn(0.8, 0.8 + common) - Drawn(0.7, 0.7 + rng.normal(size=4_000))
    assert not apart.interval.excludes(0)
