"""GRR and NRR as the books have them, their intervals, and how much hangs on few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from sabai.retention.movements import Movements, movements
from sabai.retention.periods import Periods
from sabai.retention.rates import Rates, concentration, rates
from tests.proof.twins import Case, twins
from tests.retention.histories import MONTHS, Held, contracts, paid_contracts, subscribed
from tests.tries import tries

K = 1_000_00
START = [5 * K, 8 * K, 60 * K, 27 * K, 0, 0]
"""100k: one leaves (5k), one takes less (8k to 5k), one takes more (60k to 72k), one stays; 20k are new."""
END = [0, 5 * K, 72 * K, 27 * K, 20 * K, 0]
RETURNING = [0, 5 * K, 72 * K, 27 * K, 20 * K, 6 * K]


def moves_of(start: list[int], end: list[int], first_paid: list[int] | None = None) -> Movements:
    monthly = np.array([start, end], dtype=np.int64).T
    first = np.array(first_paid or [0 if paid else 10 for paid in start], dtype=np.int32)
    return movements(monthly, first, Periods("span", np.array([10, 41], dtype=np.int32)))


def book(end: list[int] = END, first_paid: list[int] | None = None) -> Rates:
    return rates(moves_of(START, end, first_paid), draws=200)[0]


def back() -> Rates:
    """The sixth paid once, long ago, and is there again."""
    return book(RETURNING, [0, 0, 0, 0, 10, 0])


GOLDEN: list[Case] = [
    ("start", lambda: book().start_minor, 100 * K, 95 * K),
    ("churn", lambda: book().churn_minor, 5 * K, 8 * K),
    ("contraction", lambda: book().contraction_minor, 3 * K, 8 * K),
    ("expansion", lambda: book().expansion_minor, 12 * K, 72 * K),
    ("new", lambda: book().new_minor, 20 * K, 32 * K),
    ("gross", lambda: book().gross.value, 0.92, 1.04),
    ("net", lambda: book().net.value, 1.04, 1.24),
    ("quick: (20 + 12) / (3 + 5)", lambda: book().quick or 0, 4.0, 20 / 8),
    ("existing: 104 of 124", lambda: book().existing or 0, 104 / 124, 1.04),
    ("reactivation stands apart", lambda: back().reactivation_minor, 6 * K, 0),
    ("and is not new", lambda: back().new_minor, 20 * K, 26 * K),
    ("and not expansion", lambda: back().expansion_minor, 12 * K, 18 * K),
    ("nor kept", lambda: back().net.value, 1.04, 1.10),
]


@pytest.mark.parametrize(("measured", "value"), twins(GOLDEN))
def test_golden(measured: object, value: float) -> None:
    assert measured() == pytest.approx(value, abs=1e-12)


@given(paid_contracts)
@tries(15)
def test_gross_is_at_most_all_and_at_most_net(rows: list[Held]) -> None:
    found = subscribed(rows)
    for each in rates(movements(found.at(MONTHS), found.first_paid(), MONTHS), draws=50):
        if each.start_minor:
            assert 0 <= each.gross.value <= min(1, each.net.value)
            assert each.gross.value == pytest.approx(1 - (each.churn_minor + each.contraction_minor) / each.start_minor)
            assert each.gross.low <= each.gross.value + 1e-12
            assert each.gross.high <= 1 + 1e-12
        else:
            assert np.isnan([each.gross.value, each.net.value, each.net.low]).all()


@given(contracts)
@tries(15)
def test_amounts_below_nothing_are_not_those_of_the_start(rows: list[Held]) -> None:
    """A credit without a contract is revenue, and nobody who could stay."""
    found = subscribed(rows)
    moves = movements(found.at(MONTHS), found.first_paid(), MONTHS)
    for column, each in enumerate(rates(moves, draws=0)):
        pay = moves.start[:, column] > 0
        assert each.customers == pay.sum()
        if pay.any():
            start, end = moves.start[pay, column], moves.end[pay, column]
            assert each.net.value == pytest.approx(end.sum() / start.sum())
            assert each.gross.value == pytest.approx(np.minimum(start, end).sum() / start.sum())


def test_no_churn_at_all() -> None:
    kept = book([*START[:4], 0, 0])
    assert (kept.gross.value, kept.net.value, kept.quick) == (1.0, 1.0, None)
    assert (kept.gross.low, kept.gross.high) == (1.0, 1.0)


def test_everybody_churned() -> None:
    gone = book([0] * 6)
    assert (gone.gross.value, gone.net.value, gone.quick, gone.existing) == (0.0, 0.0, 0.0, None)


def test_one_customer_tells_nothing_of_how_sure_it_is() -> None:
    """Drawn again it is always the same one: the interval has no width, and n says why."""
    [alone] = rates(moves_of([100], [80]))
    assert (alone.customers, alone.net.low, alone.net.high) == (1, 0.8, 0.8)


def test_nobody_at_all() -> None:
    nobody = np.zeros((0, 2), dtype=np.int64)
    [none] = rates(movements(nobody, np.zeros(0, dtype=np.int32), Periods("span", np.array([0, 9], dtype=np.int32))))
    assert (none.customers, none.end_minor, none.quick, none.existing) == (0, 0, None, None)
    assert np.isnan(none.net.value)


def test_a_large_customer_makes_it_less_sure() -> None:
    even = rates(moves_of([10] * 40, [10] * 30 + [0] * 10))[0].net
    uneven = rates(moves_of([10] * 39 + [390], [10] * 39 + [180]))[0].net
    assert (even.value, uneven.value) == (0.75, 570 / 780)
    assert uneven.high - uneven.low > 1.5 * (even.high - even.low)
    assert even.low < 0.75 < even.high


def test_the_same_twice() -> None:
    assert book() == book()
    assert book() != replace(book(), net=rates(moves_of(START, END), draws=199)[0].net)


def test_concentration_of_equal_customers_and_of_one() -> None:
    assert concentration(np.array([7] * 25)).effective == pytest.approx(25)
    one = concentration(np.array([0, 9, -4]))
    assert (one.largest, one.shares, one.effective) == ((1,), (1.0,), 1.0)
    assert concentration(np.array([0, -4])).effective is None
    assert len(concentration(np.arange(1, 100)).largest) == 10
