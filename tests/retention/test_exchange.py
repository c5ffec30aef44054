"""Exchange as a movement of its own: it foots to the minor unit, and nobody who changed nothing has moved."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.dates import NEVER
from sabai.retention.exchange import Course, Exchanged, Prices
from sabai.retention.movements import KINDS, Movements, movements
from sabai.retention.periods import Periods
from sabai.retention.rates import rates
from sabai.retention.revenue import Subscribed
from tests.proof.twins import MUST_FAIL
from tests.retention.histories import ACCOUNTS, BOUNDS, MONTHS

CURRENCIES = ("EUR", "JPY", "USD")  # USD is the workspace's own
FEBRUARY = Periods("month", np.array([31, 59], dtype=np.int32))


class Written(NamedTuple):
    """What account `account` signed: `amount` minor units of a currency, `each` times a month, in (start, end]."""

    account: int
    start: int
    end: int
    amount: int
    currency: int
    each: float = 1.0


class Rates(NamedTuple):
    """From day −50 on, and from `day` on."""

    before: float
    day: int
    after: float


def course(of: Rates) -> Course:
    return Course(np.array([-50, of.day], dtype=np.int32), np.array([of.before, of.after]))


def company(rows: list[Written], euro: Rates, yen: Rates) -> Exchanged:
    courses = (course(euro), course(yen), Course(np.zeros(0, dtype=np.int32), np.zeros(0)))
    signed = [_worth(row, courses[row.currency].at(row.start + 1)) for row in rows]
    account, start, end, currency = (np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 1, 2, 4))
    amount, each = (np.array([row[at] for row in rows], dtype=np.float64) for at in (3, 5))
    days = (of.astype(np.int32) for of in (account, start, end))
    prices = Prices(amount, each, currency, CURRENCIES)
    return Exchanged(Subscribed(ACCOUNTS, *days, np.array(signed, dtype=np.int64), (), prices), prices, courses)


def _worth(row: Written, rate: float) -> int:
    return round(row.amount * (1.0 if row.currency == 2 else rate) * row.each)


def dated(rows: list[Written], euro: Rates, yen: Rates, bounds: Periods = MONTHS) -> Movements:
    found = company(rows, euro, yen)
    at = found.at(bounds)
    return movements(at, found.rows.first_paid(), bounds, found.unchanged(at, bounds))


_DAYS = st.integers(-40, 200)
contracts = st.lists(
    st.builds(
        Written, st.integers(0, len(ACCOUNTS) - 1), _DAYS, st.one_of(_DAYS, st.just(NEVER)),
        st.sampled_from([-300, -99, 0, 1, 101, 333, 120_005]), st.integers(0, 2), st.sampled_from([1.0, 1 / 3, 1 / 12]),
    ),
    max_size=10,
)  # fmt: skip
courses = st.builds(Rates, st.floats(0.3, 3), st.integers(0, 190), st.floats(0.3, 3))


@given(contracts, courses, courses)
def test_it_foots_from_the_rates_of_the_start_to_those_of_the_end(rows: list[Written], euro: Rates, yen: Rates) -> None:
    moves = dated(rows, euro, yen)
    assert moves.foots
    assert all((amounts >= 0).all() for _, amounts in moves)
    assert (moves.end[:, :-1] == moves.start[:, 1:]).all()
    came = moves.new + moves.reactivation + moves.expansion
    assert (moves.start + came - moves.contraction - moves.churn + moves.exchange == moves.end).all()
    for place, day in enumerate(BOUNDS[1:]):
        for account in range(len(ACCOUNTS)):
            held = [row for row in rows if row.account == account and row.start < day <= row.end]
            now = {0: course(euro).at(day), 1: course(yen).at(day), 2: 1.0}
            assert moves.end[account, place] == sum(_worth(row, now[row.currency]) for row in held)


@given(contracts, st.floats(0.3, 3), st.floats(0.3, 3))
def test_rates_that_never_change_change_nothing(rows: list[Written], euro: float, yen: float) -> None:
    still = Rates(euro, 90, euro), Rates(yen, 90, yen)
    found, signed = dated(rows, *still), company(rows, *still).rows
    as_signed = movements(signed.at(MONTHS), signed.first_paid(), MONTHS)
    assert not found.exchange.any()
    assert found.end.tolist() == as_signed.end.tolist()
    for kind in KINDS:
        assert getattr(found, kind).tolist() == getattr(as_signed, kind).tolist()


@given(contracts, courses, courses)
def test_whoever_left_has_no_exchange_and_whoever_changed_nothing_has_nothing_else(
    rows: list[Written], euro: Rates, yen: Rates
) -> None:
    moves = dated(rows, euro, yen)
    for account in range(len(ACCOUNTS)):
        own = [row for row in rows if row.account == account]
        for place, (first, last) in enumerate(pairwise(BOUNDS)):
            held = [[row for row in own if row.start < day <= row.end] for day in (first, last)]
            if not held[1]:
                assert moves.exchange[account, place] == 0
            if held[0] == held[1] and moves.start[account, place]:
                assert not any(amounts[account, place] for _, amounts in moves)


def test_a_currency_that_falls_is_nobodys_contraction() -> None:
    """€100 at 1.10 and then 0.99 dollars: 11 dollars less, and everybody stayed."""
    [found] = rates(dated([Written(0, -10, NEVER, 10_000, 0)], Rates(1.10, 40, 0.99), Rates(1, 40, 1), FEBRUARY), 0)
    assert (found.start_minor, found.end_minor, found.exchange_minor) == (11_000, 9_900, -1_100)
    assert (found.contraction_minor, found.gross.value, found.net.value) == (0, 1.0, 1.0)
    assert found.net_exchanged == pytest.approx(0.9)


BY_HAND = {
    "start_minor": 11_000 + 5_500 + 20_000,
    "new_minor": 8_640,  # €80 on day 45, at 1.08
    "expansion_minor": 2_200,  # €20 more, at the 1.10 of the start
    "contraction_minor": 0,
    "churn_minor": 5_500,  # €50, at the 1.10 of the start
    "exchange_minor": round(12_000 * (1.05 - 1.10)) + round(8_000 * (1.05 - 1.08)),
    "end_minor": round(12_000 * 1.05) + round(8_000 * 1.05) + 20_000,
}
TWIN = {"expansion_minor": 2_160, "new_minor": 8_400, "churn_minor": 5_250, "exchange_minor": 0}


@pytest.mark.parametrize(
    ("kind", "minor"),
    [*BY_HAND.items(), *(pytest.param(kind, minor, marks=MUST_FAIL) for kind, minor in TWIN.items())],
)
def test_by_hand(kind: str, minor: int) -> None:
    """Ant takes more on day 45, bee leaves, cat pays dollars, doe comes on day 45; a euro is 1.10, 1.08 and 1.05."""
    rows = [
        Written(0, -10, 45, 10_000, 0), Written(0, 45, NEVER, 12_000, 0), Written(1, -10, 50, 5_000, 0),
        Written(2, -10, NEVER, 20_000, 2), Written(3, 45, NEVER, 8_000, 0),
    ]  # fmt: skip
    found = company(rows, Rates(1.10, 40, 1.08), Rates(1, 40, 1))
    euro = Course(np.array([-50, 40, 55], dtype=np.int32), np.array([1.10, 1.08, 1.05]))
    found = Exchanged(found.rows, found.prices, (euro, *found.courses[1:]))
    at = found.at(FEBRUARY)
    [rate] = rates(movements(at, found.rows.first_paid(), FEBRUARY, found.unchanged(at, FEBRUARY)), 0)
    assert getattr(rate, kind) == minor


def test_a_contract_without_a_rate_stands_as_it_was_signed() -> None:
    found = company([Written(0, -10, NEVER, 100, 0)], Rates(2.0, 40, 3.0), Rates(1, 40, 1))
    nothing = Course(np.zeros(0, dtype=np.int32), np.zeros(0))
    unknown = Exchanged(found.rows, found.prices, (nothing,) * 3)
    assert unknown.at(FEBRUARY)[0].tolist() == [200, 200]
    assert (found.since_signed(59), unknown.since_signed(59)) == (100, 0)
