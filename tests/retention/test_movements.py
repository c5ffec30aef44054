"""Every movement foots, for each customer and for all, whatever the contracts look like."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.dates import NEVER
from sabai.retention.movements import KINDS, Movements, movements
from sabai.retention.periods import Periods
from tests.retention.histories import (
    ACCOUNTS,
    BOUNDS,
    MONTHS,
    QUARTERS,
    Held,
    contracts,
    moved,
    paid,
    paid_contracts,
    subscribed,
)


def of(rows: list[Held], bounds: Periods = MONTHS) -> Movements:
    found = subscribed(rows)
    return movements(found.at(bounds), found.first_paid(), bounds)


@given(contracts)
def test_every_customer_foots(rows: list[Held]) -> None:
    moves = of(rows)
    assert moves.foots
    assert all((amounts >= 0).all() for _, amounts in moves)
    kinds = np.stack([amounts > 0 for _, amounts in moves])
    assert (kinds.sum(axis=0) <= 1).all()


@given(contracts)
def test_all_together_foot(rows: list[Held]) -> None:
    moves = of(rows)
    sums = {kind: amounts.sum(axis=0) for kind, amounts in moves}
    came = sums["new"] + sums["reactivation"] + sums["expansion"]
    assert (moves.start.sum(axis=0) + came - sums["contraction"] - sums["churn"]).tolist() == moves.end.sum(
        axis=0
    ).tolist()


def test_what_does_not_foot_is_seen() -> None:
    moves = of([Held(0, 5, NEVER, 100)])
    assert moves.foots
    assert not replace(moves, new=moves.new + 1).foots


@given(contracts)
def test_as_looked_at_one_by_one(rows: list[Held]) -> None:
    moves = of(rows)
    for account in range(len(ACCOUNTS)):
        for period, (first, last) in enumerate(pairwise(BOUNDS)):
            kind, amount = moved(rows, account, first, last)
            assert moves.start[account, period] == paid(rows, account, first)
            found = {each: int(amounts[account, period]) for each, amounts in moves}
            assert found == {**dict.fromkeys(KINDS, 0), **({kind: amount} if amount else {})}


@given(contracts, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Held], random: Random) -> None:
    same(of(random.sample(rows, len(rows))), of(rows))


@given(contracts, st.integers(-40, 200))
def test_a_contract_that_is_written_in_two_does_not_matter(rows: list[Held], day: int) -> None:
    """As a renewal at the same price, or an amendment of nothing."""
    split = [
        part
        for row in rows
        for part in ((row._replace(end=day), row._replace(start=day)) if row.start < day < row.end else (row,))
    ]
    same(of(split), of(rows))


@given(paid_contracts)
def test_a_price_that_is_written_in_two_lines_does_not_matter(rows: list[Held]) -> None:
    """As a base and an add-on."""
    same(
        of([part for row in rows for part in (row._replace(monthly=row.monthly - 1), row._replace(monthly=1))]),
        of(rows),
    )


@given(contracts)
def test_three_months_lead_where_their_quarter_leads(rows: list[Held]) -> None:
    monthly, quarterly = of(rows), of(rows, QUARTERS)
    for quarter in range(len(QUARTERS)):
        months = slice(3 * quarter, 3 * quarter + 3)
        assert (monthly.start[:, 3 * quarter] == quarterly.start[:, quarter]).all()
        assert (monthly.end[:, 3 * quarter + 2] == quarterly.end[:, quarter]).all()
        assert (net(monthly)[:, months].sum(axis=1) == net(quarterly)[:, quarter]).all()


@given(contracts)
def test_groups_add_up_to_the_whole(rows: list[Held]) -> None:
    moves, some = of(rows), np.array([True, False, True, False])[:, None]
    for (_, one), (_, other), (_, all_) in zip(moves.only(some), moves.only(~some), moves, strict=True):
        assert (one + other == all_).all()


def net(moves: Movements) -> np.ndarray:
    return moves.new + moves.reactivation + moves.expansion - moves.contraction - moves.churn


def same(one: Movements, other: Movements) -> None:
    assert one.start.tolist() == other.start.tolist()
    assert {kind: amounts.tolist() for kind, amounts in one} == {kind: amounts.tolist() for kind, amounts in other}


@pytest.mark.parametrize(
    ("rows", "kind", "amount"),
    [
        ([Held(0, 10, 40, 100), Held(0, 40, NEVER, 250)], "expansion", 150),
        ([Held(0, 10, 40, 100), Held(0, 40, 40, 999), Held(0, 40, NEVER, 150)], "expansion", 50),
        ([Held(0, 10, NEVER, 100), Held(0, 40, NEVER, -30)], "contraction", 30),
        ([Held(0, 10, 40, 100), Held(0, 40, NEVER, 0)], "churn", 100),
        ([Held(0, -40, -10, 100), Held(0, 40, NEVER, 70)], "reactivation", 70),
        ([Held(0, -40, NEVER, 0), Held(0, 40, NEVER, 70)], "new", 70),
        ([Held(0, -40, -40, 100), Held(0, 40, NEVER, 70)], "new", 70),
        ([Held(0, -40, -50, 100), Held(0, 40, NEVER, 70)], "new", 70),
        ([Held(0, -40, NEVER, 70), Held(0, -40, 40, -70)], "new", 70),
    ],
    ids=["upgrade", "twice upgraded on a day", "credit", "became free", "came back", "was free before",
         "was cancelled on the day before", "ended before it began", "was given everything off"],
)  # fmt: skip
def test_what_is_what(rows: list[Held], kind: str, amount: int) -> None:
    february = {each: int(amounts[0, 1]) for each, amounts in of(rows)}
    assert february == {**dict.fromkeys(KINDS, 0), kind: amount}
