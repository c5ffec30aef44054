"""What a change of definitions would do: bands, money, reasons that sum, and the proof on the same rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.definitions.model import Factor, Health, Source
from sabai.errors import UsageError
from sabai.health.standing import BANDS
from sabai.metrics.grid import Floats
from sabai.preview.migration import migration
from sabai.preview.movers import movers
from sabai.preview.pairs import Pair, lands_alike, paired
from sabai.preview.preview import preview
from sabai.proof.past import Past
from sabai.proof.replay import Question, Replay
from sabai.proof.rescored import rescored
from tests.metrics.landing import define
from tests.proof.made_past import FIRST_DAY, HORIZON, made_health, made_past
from tests.proof.made_replay import made_replay

TRUTH = {"use": 1.5, "nps": 0.0}


@pytest.fixture(scope="module")
def past() -> Past:
    return made_past(400, 10, TRUTH, base=-3.0)[0]


def under(past: Past, weights: dict[str, float], **question: Any) -> Replay:
    """The same past, scored and banded with other weights."""
    health = made_health(weights)
    score = 100 - rescored(past, weights, health)
    told = replace(past, score=score, band=np.digitize(-score, [-60, -40]).astype(np.int8))
    return made_replay(told, FIRST_DAY + 5 * HORIZON, definitions=define(health=health), **question)


@pytest.fixture(scope="module")
def before(past: Past) -> Replay:
    return under(past, {"use": 20, "nps": 80})


@pytest.fixture(scope="module")
def after(past: Past) -> Replay:
    return under(past, {"use": 80, "nps": 20})


def test_a_better_score_is_shown_to_foretell_better(before: Replay, after: Replay) -> None:
    forth, back = preview(before, after, draws=200).proof, preview(after, before, draws=200).proof
    assert forth.gain.low > 0
    assert "better" in forth.sentence
    assert forth.gain.value == pytest.approx(forth.after.value - forth.before.value)
    assert back.gain.high < 0
    assert "worse" in back.sentence
    assert forth.rows == len(before.test)


def test_no_change_changes_nothing(before: Replay) -> None:
    found = preview(before, before, draws=100)
    assert (found.migration.moved, found.movers, found.proof.gain.value) == (0, (), 0)
    assert "Nothing shows" in found.proof.sentence


def test_every_customer_of_the_last_date_goes_somewhere(before: Replay, after: Replay) -> None:
    found = preview(before, after, draws=10)
    last = before.past.as_of.max()
    assert found.migration.as_of == last
    assert found.migration.accounts == (before.past.as_of == last).sum()
    assert 0 < found.migration.moved < found.migration.accounts
    assert (found.only_before, found.only_after) == (0, 0)


def test_who_is_a_customer_under_one_only_is_counted_apart(before: Replay, after: Replay) -> None:
    last = after.past.as_of == after.past.as_of.max()
    fewer = replace(after, past=after.past.only(~last | (after.past.account % 2 == 0)))
    found = preview(before, fewer, draws=10)
    assert found.only_before == (last & (after.past.account % 2 == 1)).sum()
    assert found.only_after == 0


def row(past: Past, **told: Any) -> Past:
    return replace(
        past.only(np.arange(len(next(iter(told.values()))))), **{name: np.array(of) for name, of in told.items()}
    )


def test_money_moves_with_the_accounts_that_pay_it(past: Past) -> None:
    revenue = [100.0, 200.0, np.nan, np.nan]
    one, other = (row(past, revenue=revenue, band=bands) for bands in ([0, 0, 0, 2], [0, 1, 1, 3]))
    flows = {(flow.before, flow.after): flow for flow in migration(Pair(one, other)).flows}
    assert len(flows) == len(BANDS) ** 2
    assert (flows["healthy", "at_risk"].accounts, flows["healthy", "at_risk"].revenue_minor) == (2, 200)
    assert (flows["unhealthy", "unknown"].accounts, flows["unhealthy", "unknown"].revenue_minor) == (1, None)
    assert migration(Pair(one, other)).revenue_moved_minor == 200
    assert migration(Pair(one, one)).revenue_moved_minor is None


def test_rows_are_matched_by_name_and_not_by_place(past: Past) -> None:
    """Definitions that land one account more number all others anew."""
    shifted = replace(past, accounts=("another", *past.accounts), account=past.account + 1)
    pair = paired(past, shifted)
    names = [[each.accounts[place] for place in each.account] for each in (pair.before, pair.after)]
    assert len(pair) == len(past)
    assert names[0] == names[1]
    assert not len(paired(past, replace(past, accounts=tuple(f"x{each}" for each in past.accounts))))


def test_what_cannot_be_compared_is_refused(before: Replay, after: Replay) -> None:
    strangers = replace(after, past=replace(after.past, accounts=tuple(f"x{each}" for each in after.past.accounts)))
    with pytest.raises(UsageError, match="No customer stands"):
        preview(before, strangers)
    with pytest.raises(UsageError, match="do not foretell the same"):
        preview(before, replace(after, question=Question(60)))
    with pytest.raises(UsageError, match="do not foretell the same"):
        preview(before, replace(after, split=FIRST_DAY))


def test_without_rows_to_judge_the_proof_says_so(before: Replay, after: Replay) -> None:
    late = before.past.only(before.past.as_of == before.past.as_of.max())
    unripe = replace(late, known_until=late.known_until - 1)
    found = preview(replace(before, past=unripe), replace(after, past=unripe), draws=10)
    assert np.isnan(found.proof.gain.value)
    assert "Nothing can be said" in found.proof.sentence


def test_facts_are_the_same_where_sources_are() -> None:
    one, other = define(), define(health=made_health({"use": 1.0}))
    assert lands_alike(one, other)
    assert not lands_alike(one, replace(other, sources={"crm": Source("crm", ("a.csv",), "accounts", {})}))


# Reasons ---------------------------------------------------------------------------------------------------------

NAMES = ("use", "nps", "pay")
points = st.one_of(st.just(np.nan), st.floats(0, 100))
weights = st.dictionaries(st.sampled_from(NAMES), st.floats(0.5, 100), min_size=1)


def scored(past: Past, known: dict[str, float], of: dict[str, float], deducted: float) -> tuple[Past, Health]:
    """One row, scored as the product does."""
    health = Health(tuple(Factor(name, "usage", weight) for name, weight in of.items()), ("usage",), needs_coverage=0.0)
    columns: dict[str, Floats] = {name: np.array([known[name]]) for name in of}
    one = replace(past.only(np.array([0])), points=columns, deducted=np.array([deducted]))
    return replace(one, score=100 - rescored(one, of, health)), health


@given(
    known=st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, points)), min_size=2, max_size=2),
    of=st.lists(weights, min_size=2, max_size=2),
    deducted=st.lists(st.sampled_from((0.0, -7.5, -30.0)), min_size=2, max_size=2),
)
def test_reasons_sum_to_the_move(
    known: list[dict[str, float]], of: list[dict[str, float]], deducted: list[float]
) -> None:
    sides = [scored(ONE, *told) for told in zip(known, of, deducted, strict=True)]
    (before, old), (after, new) = sides
    for mover in movers(Pair(before, after), old, new, most=5):
        assert mover.points is not None
        assert sum(part.points for part in mover.parts) == pytest.approx(mover.points, abs=1e-9)
        assert len(mover.reasons) == min(3, len(mover.parts))


ONE = made_past(2, 1, {"use": 1.0})[0]


def reasons(known: list[dict[str, float]], of: list[dict[str, float]]) -> tuple[str, ...]:
    (before, old), (after, new) = (scored(ONE, *told, 0.0) for told in zip(known, of, strict=True))
    found = movers(Pair(before, after), old, new, most=5)
    return tuple(map(str, found[0].reasons)) if found else ()


USE = {"use": 20.0, "nps": 60.0, "pay": np.nan}


@pytest.mark.parametrize(
    ("then", "of", "said"),
    [
        (USE, {"use": 3, "nps": 1}, "nps weighs 25% instead of 50% (-10.0)"),
        ({**USE, "use": 40.0}, {"use": 1, "nps": 1}, "use gives 40 points instead of 20 (+10.0)"),
        ({**USE, "pay": 100.0}, {"use": 1, "nps": 1, "pay": 1}, "pay counts anew, with 100 points (+20.0)"),
        (USE, {"use": 1}, "nps no longer counts, and had 60 points (-20.0)"),
        ({**USE, "nps": np.nan}, {"use": 1, "nps": 1}, "nps is unknown now, and had 60 points (-20.0)"),
    ],
)
def test_reasons_are_said_in_words(then: dict[str, float], of: dict[str, float], said: str) -> None:
    assert said in reasons([USE, then], [{"use": 1, "nps": 1}, of])


def test_the_same_proportions_are_no_reason() -> None:
    assert reasons([USE, USE], [{"use": 1, "nps": 1}, {"use": 50, "nps": 50}]) == ()
    moved = reasons([USE, {**USE, "use": 40.0}], [{"use": 1, "nps": 1}, {"use": 50, "nps": 50}])
    assert moved == ("use gives 40 points instead of 20 (+10.0)",)
