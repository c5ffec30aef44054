"""How an account pays: the manner of each invoice, the shares with their intervals, the trend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sabai.intervals import wilson
from tests.receivables.books import Row, found, invoice, on, payment


def account(folder: Path, rows: list[Row], money: list[Row]) -> dict[str, Any]:
    [row] = found(folder, rows, money).accounts.to_dicts()
    return row


def test_each_manner_is_counted_once(tmp_path: Path) -> None:
    rows = [invoice(str(number), 60, 100, 40) for number in range(5)]
    money = [
        payment("0", 41, 100), payment("1", 40, 100), payment("2", 30, 100), payment("2", 33, 0, "reminder"),
        payment("3", 30, 100), payment("3", 29, 0, "reminder"),
    ]  # fmt: skip
    row = account(tmp_path, rows, money)
    assert [row[name] for name in ("early", "on_time", "after_reminder", "late", "unpaid")] == [1, 1, 1, 1, 1]
    assert (row["judged"], row["reminders_heeded"], row["slowest_after_reminder"]) == (5, 1, 3)


def test_shares_have_their_wilson_interval(tmp_path: Path) -> None:
    rows = [invoice(str(number), 60, 100, 40) for number in range(10)]
    row = account(tmp_path, rows, [payment(str(number), 50, 100) for number in range(8)])
    assert (row["early_share"], row["judged"]) == (0.8, 10)
    assert (row["early_low"], row["early_high"]) == pytest.approx((0.4902, 0.9433), abs=5e-5)
    assert row["unpaid_share"] == wilson(2, 10).value


def test_who_has_nothing_due_yet_has_no_shares(tmp_path: Path) -> None:
    row = account(tmp_path, [invoice("1", 5, 100)], [payment("1", 2, 100)])
    assert row["judged"] == 0
    assert row["early_share"] is None
    assert row["mean_days_late"] is None


def test_prompt_payers_do_not_come_in_before_slow_ones(tmp_path: Path) -> None:
    """The first invoice is paid early but not due yet, the other is due: only the other is judged."""
    row = account(tmp_path, [invoice("1", 5, 100, -9), invoice("2", 60, 100, 40)], [payment("1", 2, 100)])
    assert (row["judged"], row["early"], row["unpaid"]) == (1, 0, 1)


def test_mean_days_late_and_the_same_by_amount(tmp_path: Path) -> None:
    rows = [invoice("1", 60, 100, 40), invoice("2", 60, 900, 40)]
    row = account(tmp_path, rows, [payment("1", 50, 100), payment("2", 30, 900)])
    assert (row["mean_days_late"], row["weighted_days_late"], row["median_days_late"]) == (0, 8, 0)


def test_the_day_of_the_payment_that_covers_it_counts(tmp_path: Path) -> None:
    money = [payment("1", 50, 60), payment("1", 35, 40), payment("1", 20, -100, "refund")]
    assert account(tmp_path, [invoice("1", 60, 100, 40)], money)["mean_days_late"] == 5


def test_trend_is_the_last_six_months_against_before(tmp_path: Path) -> None:
    rows = [invoice("1", 400, 100, 380), invoice("2", 220, 100, 183), invoice("3", 210, 100, 182)]
    money = [payment("1", 379, 100), payment("2", 180, 100), payment("3", 170, 100)]
    row = account(tmp_path, rows, money)
    assert (row["recent_days_late"], row["before_days_late"], row["trend_days"]) == (12, 2, 10)
    assert (row["recent_paid"], row["before_paid"]) == (1, 2)


def test_without_both_sides_there_is_no_trend(tmp_path: Path) -> None:
    assert account(tmp_path, [invoice("1", 60, 100, 40)], [payment("1", 30, 100)])["trend_days"] is None


@pytest.mark.parametrize(
    ("row", "money"),
    [
        (invoice("1", 60, 100, 40, disputed_from=on(30)), []),
        (invoice("1", 60, 100, 40), [payment("1", 30, 100, "credit")]),
        (invoice("1", 60, 100, 40, due_on=None), [payment("1", 30, 100)]),
        (invoice("1", 60, 100, 40, status="Paid"), []),
        (invoice("1", 60, -100, 40), []),
        (invoice("1", 60, 0, 40), []),
    ],
)
def test_what_says_nothing_of_paying_is_not_judged(tmp_path: Path, row: Row, money: list[Row]) -> None:
    assert account(tmp_path, [row], money)["judged"] == 0


def test_a_rounding_left_over_is_paid(tmp_path: Path) -> None:
    assert account(tmp_path, [invoice("1", 60, 1000, 40)], [payment("1", 40, 995)])["on_time"] == 1
    assert account(tmp_path, [invoice("1", 60, 1000, 40)], [payment("1", 40, 994)])["unpaid"] == 1


def test_bad_debt_credit_and_unapplied_money_stand_apart(tmp_path: Path) -> None:
    rows = [invoice("1", 300, 1000, 181), invoice("2", 300, 500, 180), invoice("3", 50, 200), invoice("4", 50, -70)]
    row = account(tmp_path, rows, [payment("3", 40, 230), payment("nothing", 40, 90)])
    assert (row["likely_bad_debt_minor"], row["overdue_minor"], row["oldest_days"]) == (1000, 1500, 181)
    assert (row["credit"], row["unapplied_minor"], row["receivable_minor"]) == (-100, 90, 1400)


def test_what_is_not_late_has_no_oldest_day(tmp_path: Path) -> None:
    assert account(tmp_path, [invoice("1", 5, 100, -9)], [])["oldest_days"] is None


def test_promises_are_counted(tmp_path: Path) -> None:
    rows = [invoice(str(number), 60, 100, 40, promised_on=on(day)) for number, day in enumerate((20, 20, -3))]
    row = account(tmp_path, rows, [payment("0", 25, 100)])
    assert [row[f"promises_{word}"] for word in ("kept", "broken", "pending")] == [1, 1, 1]
