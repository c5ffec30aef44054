"""What holds for any books: to the cent, over any period, whatever was paid, credited, given back or booked abroad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from sabai.receivables.ageing import COLUMNS, ageing
from sabai.receivables.balances import balances
from sabai.receivables.habits import MANNERS, column_of, habits, judged
from sabai.receivables.ledger import Ledger
from sabai.receivables.movement import movement
from tests.receivables.books import AS_OF, Row, invoice, ledger, owed, payment
from tests.tries import tries

NUMBERS = ("1", "2", "3")
days = st.integers(-20, 250)
kinds = st.sampled_from(["payment", "payment", "payment", "refund", "credit", None, "reminder", "failed attempt"])


@st.composite
def invoices(draw: st.DrawFn) -> list[Row]:
    rows = []
    for number in NUMBERS:
        amount, rate = draw(st.integers(-500, 90_000)), draw(st.sampled_from([None, 0.2237, 33.1]))
        abroad = {} if rate is None else {"currency": "JPY", "base_minor": round(amount * rate)}
        rows.append(invoice(number, draw(days), amount, account_id=draw(st.sampled_from("AB")), **abroad))
    return rows


@st.composite
def payments(draw: st.DrawFn) -> list[Row]:
    rows = []
    for place in range(draw(st.integers(0, 8))):
        amount, ago = draw(st.integers(-30_000, 90_000)), draw(days)
        currency = draw(st.sampled_from(["THB", "JPY"]))
        rows.append(
            payment(
                draw(st.sampled_from([*NUMBERS, "gone"])), ago, amount, draw(kinds), currency=currency,
                base_minor=amount if currency == "THB" else round(amount * 0.2251), payment_id=f"P{place}",
                received=ago - draw(st.integers(0, 9)), account_id=draw(st.sampled_from("AB")),
            )
        )  # fmt: skip
    return rows


def booked(rows: Sequence[Row], money: Sequence[Row], as_of: int = AS_OF) -> Ledger:
    with TemporaryDirectory() as folder:
        return ledger(Path(folder), rows, money, as_of)


@tries(15)
@given(invoices(), payments(), days, days)
def test_opening_and_what_moved_is_closing(rows: list[Row], money: list[Row], one: int, other: int) -> None:
    first, last = sorted((AS_OF - max(one, 0), AS_OF - max(other, 0)))
    assert movement(booked(rows, money), first, last).holds


def test_a_lost_cent_is_seen() -> None:
    moved = movement(booked([invoice("1", 40, 100)], [payment("1", 10, 30)]), AS_OF - 20, AS_OF)
    assert moved.holds
    assert not replace(moved, paid_minor=moved.paid_minor - 1).holds


@tries(10)
@given(invoices(), payments(), st.integers(0, 250))
def test_the_past_within_a_ledger_is_the_ledger_of_the_past(rows: list[Row], money: list[Row], ago: int) -> None:
    """Later facts change nothing of what was: what was dated or received on the day or after it is not read."""
    then = booked(rows, money, AS_OF - ago)
    assert owed(booked(rows, money), AS_OF - ago) == owed(then, AS_OF - ago)


@tries(10)
@given(invoices(), payments())
def test_the_future_is_not_read(rows: list[Row], money: list[Row]) -> None:
    past = [row for row in money if AS_OF - row["occurred_day"] > 0 and row["received"] > 0]
    issued = [row for row in rows if row["received"] > 0]
    with_future, without = balances(booked(rows, money), AS_OF), balances(booked(issued or rows, past), AS_OF)
    assert_frame_equal(with_future.drop("invoice"), without.drop("invoice"))


@tries(10)
@given(invoices(), payments())
def test_every_cent_of_the_receivable_has_its_place(rows: list[Row], money: list[Row]) -> None:
    books = booked(rows, money)
    left = balances(books, AS_OF).filter(pl.col("balance_minor") != 0)
    for by in (None, "account_id", "currency"):
        table = ageing(left, by)
        assert table.select(pl.sum_horizontal(COLUMNS)).to_series().to_list() == table["total"].to_list()
        assert int(table["total"].sum()) == owed(books, AS_OF)


@tries(10)
@given(invoices(), payments())
def test_every_judged_invoice_was_paid_in_one_manner(rows: list[Row], money: list[Row]) -> None:
    books = booked(rows, money)
    table = habits(judged(books, balances(books, AS_OF)), AS_OF)
    counted = table.select(pl.sum_horizontal([column_of(manner) for manner in MANNERS])).to_series()
    assert counted.to_list() == table["judged"].to_list()


@tries(10)
@given(st.integers(1, 10**9), st.integers(1, 5), st.floats(0.001, 400))
def test_what_is_paid_in_full_abroad_leaves_nothing(amount: int, parts: int, rate: float) -> None:
    """Whatever the rate was on the days of payment; every part but the last is the same."""
    each = amount // parts
    paid = [*[each] * (parts - 1), amount - each * (parts - 1)]
    rows = [invoice("1", 90, amount, currency="JPY", base_minor=round(amount * rate))]
    money = [
        payment("1", 80 - place, part, currency="JPY", base_minor=round(part * rate * 1.07), payment_id=f"P{place}")
        for place, part in enumerate(paid)
    ]
    assert owed(booked(rows, money), AS_OF) == 0
    short = [*money[:-1], {**money[-1], "amount_minor": paid[-1] - max(amount // 4, 1)}]
    assert owed(booked(rows, short), AS_OF) > 0 or amount * rate < 4
