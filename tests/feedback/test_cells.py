"""Answers of one account hang together: drawn accounts, paired differences, weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.feedback.numbers.cells import Said
from sabai.feedback.numbers.raking import LEAST, MOST, raked, worth
from sabai.feedback.numbers.ranks import rise_together
from sabai.feedback.numbers.scales import Question
from sabai.feedback.numbers.votes import votes_of
from sabai.feedback.numbers.weighed import account_weighted, weighted
from tests.tries import tries

NPS = Question("nps", 0, 10)


def said(scores: list[float], account: list[int] | None = None, question: Question = NPS) -> Said:
    who = np.arange(len(scores)) if account is None else np.array(account)
    return Said(question, np.array(scores, dtype=np.float64), who.astype(np.int32))


def test_one_answer_each_is_the_closed_form() -> None:
    scores = [10.0] * 60 + [8.0] * 25 + [3.0] * 15
    assert said(scores).whole().main == votes_of(np.array(scores)).nps


def test_the_same_people_again_are_no_news() -> None:
    """Ten times the same answers of the same accounts: the interval stays as wide, where rows alone would shrink it."""
    scores = [10.0] * 30 + [8.0] * 30 + [3.0] * 20
    once, again = said(scores).whole(), said(scores * 10, list(range(80)) * 10).whole()
    wide, still = (each.main.high - each.main.low for each in (once, again))
    assert still == pytest.approx(wide, rel=0.1)
    assert said(scores * 10).whole().main.high - said(scores * 10).whole().main.low < wide / 2


def test_intervals_of_drawn_accounts_hold_the_truth() -> None:
    """95 of 100, give or take what 300 tries can tell; rows alone hold it in far fewer."""
    rng, held, naive, truth = np.random.default_rng(3), 0, 0, _true_nps()
    for _ in range(300):
        mood = rng.normal(0, 3, 60)
        account = np.repeat(np.arange(60), 4)
        scores = np.clip(np.round(7.5 + mood[account] + rng.normal(0, 1, 240)), 0, 10)
        of = said(scores.tolist(), account.tolist())
        found, plain = of.whole().main, votes_of(scores).nps
        held += found.low <= truth <= found.high
        naive += plain.low <= truth <= plain.high
    assert 0.91 <= held / 300 <= 0.98
    assert naive / 300 < 0.8


def _true_nps() -> float:
    rng = np.random.default_rng(99)
    drawn = np.round(7.5 + rng.normal(0, 3, 2_000_000) + rng.normal(0, 1, 2_000_000))
    return 100 * float((drawn >= 9).mean() - (drawn < 7).mean())


def test_below_ten_there_is_no_score() -> None:
    assert np.isnan(said([10.0] * 9).whole().main.value)
    assert said([10.0] * 10).whole().main.value == 100
    nine, many = said([10.0] * 9).whole(), said([1.0] * 50).whole()
    assert np.isnan(many.against(nine).p)


def test_groups_are_compared_with_all_others() -> None:
    of = said([10.0] * 30 + [2.0] * 30)
    happy, unhappy = of.cells(np.repeat([0, 1], 30), 2)
    rest = of.whole().without(happy)
    assert (rest.n, rest.total) == (unhappy.n, unhappy.total)
    assert happy.against(rest).difference.value == 200
    assert happy.against(rest).shown


def test_the_same_accounts_twice_are_paired() -> None:
    """Everybody gave one point less: a small change of many shown moods is seen, where two waves would not see it."""
    rng = np.random.default_rng(5)
    first = np.clip(np.round(rng.normal(7.5, 2.5, 120)), 0, 10)
    second = np.clip(first - 1, 0, 10)
    of = said([*first, *second], list(range(120)) * 2)
    before, after = of.cells(np.repeat([0, 1], 120), 2)
    apart = said([*first, *second]).cells(np.repeat([0, 1], 120), 2)
    paired, unpaired = after.against(before), apart[1].against(apart[0])
    assert paired.difference.value == unpaired.difference.value < 0
    assert paired.p < unpaired.p


def test_a_large_account_does_not_speak_for_all() -> None:
    values, account = np.array([100.0] * 9 + [-100.0]), np.array([0] * 9 + [1], dtype=np.int32)
    assert values.mean() == 80
    assert account_weighted(values, account).value.value == 0
    assert weighted(values, account, np.array([100.0] * 9 + [900.0])).value.value == -80


def test_who_pays_nothing_has_no_weight_and_all_of_nothing_is_unknown() -> None:
    values, account = np.array([100.0, -100.0]), np.array([0, 1], dtype=np.int32)
    assert weighted(values, account, np.array([5.0, 0.0])).value.value == 100
    assert np.isnan(weighted(values, account, np.zeros(2)).value.value)


def test_raking_by_hand() -> None:
    """Half of those asked are unwell, a quarter of those who answered: they count twice, and the others 2/3."""
    weights = raked([np.array([0, 0, 0, 1])], [np.array([0, 0, 1, 1])])
    assert weights == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    assert worth(weights) == pytest.approx(16 / (3 * 4 / 9 + 4))


def test_nobody_counts_for_more_than_three_or_less_than_a_third() -> None:
    answered = [np.array([0] * 99 + [1])]
    weights = raked(answered, [np.array([0] * 10 + [1] * 90)])
    assert weights.max() <= MOST
    assert weights.min() >= LEAST


def test_a_group_of_which_nobody_answered_is_not_stood_for() -> None:
    weights = raked([np.array([0, 0, 1, 1])], [np.array([0, 0, 1, 1, 2, 2, 2])])
    assert weights == pytest.approx(np.ones(4))


@tries(10)
@given(st.integers(1, 4), st.integers(1, 3), st.integers(0, 2**31))
def test_raking_meets_every_margin_that_it_may(groups: int, others: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    asked = [rng.integers(0, groups, 400), rng.integers(0, others, 400)]
    answers = rng.random(400) < 0.3 + 0.4 * asked[0] / groups
    answers[:20] = True
    weights = raked([each[answers] for each in asked], asked)
    assert weights.sum() == pytest.approx(answers.sum(), rel=0.05)
    if weights.min() > LEAST + 1e-6 and weights.max() < MOST - 1e-6:
        here = np.bincount(asked[0][answers], weights, groups) / answers.sum()
        there = np.bincount(asked[0], minlength=groups) / 400
        assert here == pytest.approx(there, abs=0.01)


def test_ranks_rise_together_as_another_library_says() -> None:
    from scipy.stats import spearmanr

    rng = np.random.default_rng(2)
    points = rng.random(200)
    scores = np.round(10 * np.clip(points + rng.normal(0, 0.4, 200), 0, 1))
    found = rise_together(points, scores, np.arange(200, dtype=np.int32))
    assert found.difference.value == pytest.approx(float(spearmanr(points, scores).statistic), abs=1e-12)
    assert found.difference.low < found.difference.value < found.difference.high
    assert found.shown
    by_lot = rise_together(rng.random(200), scores, np.arange(200, dtype=np.int32))
    assert not by_lot.shown


def test_where_nothing_varies_nothing_rises() -> None:
    same = np.ones(50)
    assert np.isnan(rise_together(same, same, np.arange(50, dtype=np.int32)).p)
