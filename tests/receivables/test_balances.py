"""What is left of an invoice, and where it stands."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from sabai.receivables.balances import balances
from sabai.receivables.receivables import Receivables
from tests.receivables.books import AS_OF, Row, found, invoice, ledger, on, owed, payment


def one(folder: Path, row: Row, *money: Row) -> dict[str, object]:
    [balance] = found(folder, [row], money).invoices.to_dicts()
    return balance


@pytest.mark.parametrize(
    ("due", "place"),
    [(-1, "current"), (0, "current"), (1, "1-30"), (30, "1-30"), (31, "31-60"), (60, "31-60"), (61, "61-90"),
     (90, "61-90"), (91, "90+")],
)  # fmt: skip
def test_buckets_begin_the_day_after(tmp_path: Path, due: int, place: str) -> None:
    balance = one(tmp_path, invoice("1", 120, 500, due))
    assert (balance["place"], balance["days_past_due"]) == (place, due)


def test_balance_is_amount_less_paid_and_credited_and_more_what_was_refunded(tmp_path: Path) -> None:
    money = [payment("1", 30, 600), payment("1", 20, 100, "credit"), payment("1", 10, -50, "refund")]
    balance = one(tmp_path, invoice("1", 60, 1000), *money)
    assert [balance[f"{name}_minor"] for name in ("paid", "credited", "refunded", "balance")] == [600, 100, 50, 350]
    assert balance["given_back_minor"] == 50


def test_the_sign_of_a_refund_and_of_a_credit_does_not_matter(tmp_path: Path) -> None:
    money = [payment("1", 30, 600), payment("1", 20, -100, "Credit note"), payment("1", 10, 50, "refund")]
    assert one(tmp_path, invoice("1", 60, 1000), *money)["balance_minor"] == 350


def test_a_settled_invoice_stands_nowhere(tmp_path: Path) -> None:
    balance = one(tmp_path, invoice("1", 60, 1000), payment("1", 30, 1000))
    assert (balance["balance_minor"], balance["place"]) == (0, None)


def test_money_back_without_a_credit_note_stands_apart_until_there_is_one(tmp_path: Path) -> None:
    money = [payment("1", 30, 1000), payment("1", 20, -100, "refund")]
    assert one(tmp_path, invoice("1", 60, 1000), *money)["place"] == "given back"
    assert one(tmp_path, invoice("1", 60, 1000), *money, payment("1", 19, 100, "credit"))["balance_minor"] == 0


@pytest.mark.parametrize(
    ("begun", "ended", "disputed"),
    [(20, None, True), (20, 10, False), (20, 0, True), (20, -5, True), (1, None, True), (0, None, False),
     (20, 1, False)],
)  # fmt: skip
def test_a_dispute_lasts_from_the_day_after_until_its_last_day(
    tmp_path: Path, begun: int, ended: int | None, disputed: bool
) -> None:
    dates = {"disputed_from": on(begun), "disputed_until": None if ended is None else on(ended)}
    balance = one(tmp_path, invoice("1", 60, 1000, **dates))
    assert balance["disputed"] is disputed
    assert (balance["place"] == "disputed") is disputed


def test_in_dispute_all_of_it_stands_there(tmp_path: Path) -> None:
    money = [payment("1", 40, 1000), payment("1", 30, -100, "refund"), payment("1", 29, -200)]
    result = found(tmp_path, [invoice("1", 60, 1000, disputed_from=on(20))], money)
    assert result.ageing().select("disputed", "given back", "total").row(0) == (300, 0, 300)
    undisputed = found(tmp_path, [invoice("1", 60, 1000)], money)
    assert undisputed.ageing().select("31-60", "given back", "total").row(0) == (200, 100, 300)


@pytest.mark.parametrize(
    ("promised", "paid", "promise"),
    [(-3, None, "pending"), (0, None, "pending"), (1, None, "broken"), (10, 10, "kept"), (10, 9, "broken"),
     (10, 30, "kept"), (-3, 5, "kept")],
)  # fmt: skip
def test_promises(tmp_path: Path, promised: int, paid: int | None, promise: str) -> None:
    money = [] if paid is None else [payment("1", paid, 1000)]
    assert one(tmp_path, invoice("1", 60, 1000, promised_on=on(promised)), *money)["promise"] == promise


def test_reminders_and_failed_attempts_are_counted_and_dated(tmp_path: Path) -> None:
    touches = [payment("1", ago, 0, kind) for ago, kind in ((30, "reminder"), (9, "reminder"), (40, "failed"))]
    balance = one(tmp_path, invoice("1", 60, 1000), *touches)
    assert (balance["reminders"], balance["last_reminder_day"]) == (2, AS_OF - 9)
    assert (balance["failed_attempts"], balance["last_failed_day"]) == (1, AS_OF - 40)
    assert balance["balance_minor"] == 1000


def test_an_invoice_without_money_is_paid_on_its_own_day(tmp_path: Path) -> None:
    row = invoice("1", 60, 1000, paid_on=on(30))
    assert owed(ledger(tmp_path, [row]), AS_OF - 30) == 1000
    assert owed(ledger(tmp_path, [row]), AS_OF - 29) == 0
    assert owed(ledger(tmp_path, [row], [payment("1", 20, 300)]), AS_OF) == 700


def test_an_invoice_paid_on_the_as_of_day_is_not_paid_yet(tmp_path: Path) -> None:
    assert owed(ledger(tmp_path, [invoice("1", 60, 1000, paid_on=on(0))]), AS_OF) == 1000
    assert owed(ledger(tmp_path, [invoice("1", 60, 1000)], [payment("1", 0, 1000)]), AS_OF) == 1000
    late = payment("1", 5, 1000, received=0)
    assert owed(ledger(tmp_path, [invoice("1", 60, 1000)], [late]), AS_OF) == 1000


def test_what_is_paid_in_the_future_is_unpaid_in_every_table(tmp_path: Path) -> None:
    result = found(tmp_path, [invoice("1", 60, 1000, paid_on=on(-2), promised_on=on(5))])
    assert result.accounts["unpaid"].to_list() == [1]
    assert result.invoices["promise"].to_list() == ["broken"]


def test_the_newest_version_speaks_and_the_first_says_since_when(tmp_path: Path) -> None:
    """An amount corrected later is the amount; the invoice counts from when it was first received."""
    first = invoice("1", 60, 1000, superseded_day=AS_OF - 20)
    newer = {**invoice("1", 60, 900), "received": 20}
    books = ledger(tmp_path, [first, newer])
    assert owed(books, AS_OF) == 900
    assert owed(books, AS_OF - 40) == 900
    assert balances(books, AS_OF - 60).height == 0
    assert owed(ledger(tmp_path, [first, newer], as_of=AS_OF - 40), AS_OF - 40) == 1000


@pytest.mark.parametrize("paid", [0, 70])
def test_money_for_an_invoice_of_zero_is_credit(tmp_path: Path, paid: int) -> None:
    assert owed(ledger(tmp_path, [invoice("1", 60, 0)], [payment("1", 30, paid)]), AS_OF) == -paid


def test_a_parent_pays_for_its_child(tmp_path: Path) -> None:
    result = found(tmp_path, [invoice("1", 60, 1000)], [payment("1", 30, 1000, account_id="PARENT")])
    assert result.receivable_minor == 0
    assert result.unapplied_minor == 0


def test_two_accounts_may_number_alike(tmp_path: Path) -> None:
    rows = [invoice("1", 60, 1000), invoice("1", 60, 700, account_id="B", source="other")]
    result = found(tmp_path, rows, [payment("1", 30, 700, account_id="B")])
    assert dict(result.invoices.select("account_id", "balance_minor").iter_rows()) == {"A": 1000, "B": 0}


def abroad(folder: Path, *money: Row) -> Receivables:
    return found(folder, [invoice("1", 60, 10_000, currency="JPY", base_minor=223_700)], money)


def test_paid_in_its_own_currency_it_is_settled_at_its_own_rate(tmp_path: Path) -> None:
    result = abroad(tmp_path, payment("1", 30, 10_000, currency="JPY", base_minor=220_000))
    assert result.receivable_minor == 0
    assert result.ledger.postings["exchange_minor"].to_list() == [-3_700]


def test_paid_in_another_currency_it_is_settled_at_the_rate_of_that_day(tmp_path: Path) -> None:
    result = abroad(tmp_path, payment("1", 30, 220_000))
    assert result.receivable_minor == 3_700
    assert result.ledger.postings["exchange_minor"].to_list() == [0]


def test_ageing_by_what_is_known_of_the_account(tmp_path: Path) -> None:
    accounts = [{"account_id": "A", "name": "Baan", "country": "TH"}, {"account_id": "B", "country": "JP"}]
    owners = [
        {"account_id": "A", "user": "mali", "from_on": on(300), "until_on": on(100)},
        {"account_id": "A", "user": "james", "from_on": on(100), "until_on": None},
        {"account_id": "B", "user": "mali", "from_on": on(300), "until_on": on(1)},
    ]
    rows = [invoice("1", 60, 1000), invoice("2", 60, 300, account_id="B"), invoice("3", 60, 20, account_id="C")]
    result = found(tmp_path, rows, accounts=accounts, owners=owners)
    assert result.ageing("country").select("country", "total").rows() == [("TH", 1000), ("JP", 300), (None, 20)]
    assert result.ageing("owner").select("owner", "total").rows() == [("james", 1000), (None, 320)]
    assert result.ageing().select(pl.col("31-60", "total")).row(0) == (1320, 1320)
