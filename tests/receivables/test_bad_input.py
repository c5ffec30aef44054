"""Everything that is odd in invoices and payments lands, is counted, and a sentence says what is done with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sabai.errors import FactsError
from sabai.facts.landed import Facts
from sabai.receivables.receivables import Receivables, receivables
from tests.receivables.books import AS_OF, definitions, facts, found, invoice, payment
from tests.receivables.exports import landed

ONE = "1,A,2026-04-01,2026-05-01,100.00,THB,"


def said(result: Receivables) -> dict[str, str]:
    return {notice.code: notice.what for notice in result.notices}


@pytest.mark.parametrize(
    ("code", "sentence", "owed_minor", "rows"),
    [
        ("RCV-010", "Invoices paid in part: 1, 60.00 THB.", 6_000,
         {"invoices": ONE, "payments": "P1,1,A,2026-05-03,40.00,THB,payment"}),
        ("RCV-011", "Invoices with money before the due day: 1.", 0,
         {"invoices": ONE, "payments": "P1,1,A,2026-04-05,100.00,THB,payment"}),
        ("RCV-012", "Invoices with money before they were issued: 1.", 0,
         {"invoices": ONE, "payments": "P1,1,A,2026-03-05,100.00,THB,payment"}),
        ("RCV-013", "Invoices with refunds larger than themselves: 1, 120.00 THB.", 12_000,
         {"invoices": ONE, "payments": "P1,1,A,2026-05-03,100.00,THB,payment\nP2,1,A,2026-05-04,-120.00,THB,refund"}),
        ("RCV-014", "Invoices open because money was refunded: 1, 30.00 THB.", 3_000,
         {"invoices": ONE, "payments": "P1,1,A,2026-05-03,100.00,THB,payment\nP2,1,A,2026-05-04,-30.00,THB,refund"}),
        ("RCV-015", "Invoices paid more than once, or too much: 1, 100.00 THB.", -10_000,
         {"invoices": ONE, "payments": "P1,1,A,2026-05-03,100.00,THB,payment\nP2,1,A,2026-05-03,100.00,THB,payment"}),
        ("RCV-016", "Payments without an invoice that is known: 2, 80.00 THB.", 10_000,
         {"invoices": ONE, "payments": "P1,9,A,2026-05-03,30.00,THB,payment\nP2,,A,2026-05-03,50.00,THB,payment"}),
        ("RCV-017", "Payments taken back: 1, 100.00 THB.", 10_000,
         {"invoices": ONE, "payments": "P1,1,A,2026-05-03,100.00,THB,payment\nP2,1,A,2026-05-09,-100.00,THB,payment"}),
        ("RCV-018", "Differences of exchange: 1, 10.00 THB.", 0,
         {"invoices": "1,A,2026-04-01,2026-05-01,1000,JPY,", "payments": "P1,1,A,2026-05-03,1000,JPY,payment",
          "rates": "2026-05-01,JPY,0.26"}),
        ("RCV-020", "Open invoices without a due day: 1, 100.00 THB.", 10_000,
         {"invoices": "1,A,2026-04-01,,100.00,THB,"}),
        ("RCV-021", "Invoices of zero: 1.", 0, {"invoices": "1,A,2026-04-01,2026-05-01,0.00,THB,"}),
        ("RCV-022", "Credit notes (invoices below zero): 1, 25.00 THB.", 7_500,
         {"invoices": f"{ONE}\n2,A,2026-04-02,2026-05-01,-25.00,THB,"}),
        ("RCV-023", "Invoices unpaid for more than 180 days past due: 1, 100.00 THB.", 10_000,
         {"invoices": "1,A,2025-04-01,2025-05-01,100.00,THB,"}),
        ("RCV-024", "Invoices of which half a percent or less is left: 1, 0.50 THB.", 50,
         {"invoices": ONE, "payments": "P1,1,A,2026-05-03,99.50,THB,payment"}),
        ("RCV-025", "Invoices that say they are paid, but not when: 1.", 0,
         {"invoices": "1,A,2026-04-01,2026-05-01,100.00,THB,Paid"}),
        ("RCV-030", "Invoices without an amount: 1.", 0, {"invoices": "1,A,2026-04-01,2026-05-01,,THB,"}),
        ("RCV-031", "Invoices that are void, cancelled or a draft: 1.", 0,
         {"invoices": "1,A,2026-04-01,2026-05-01,100.00,THB,Void"}),
        ("RCV-032", "Invoices told of by two sources: 1.", 10_000,
         {"invoices": ONE, "archive": "1,A,2026-04-01,2026-05-01,100.00"}),
        ("RCV-033", "Payments told of by two sources: 1.", 6_000,
         {"invoices": ONE, "payments": "P1,1,A,2026-05-03,40.00,THB,payment",
          "bank": "P1,1,A,2026-05-03,40.00,payment"}),
        ("RCV-035", "Payments without an amount: 1.", 10_000,
         {"invoices": ONE, "payments": "P1,1,A,2026-05-03,,THB,payment"}),
        ("RCV-036", "Rows of invoices and payments that came in again: 1.", 10_000, {"invoices": f"{ONE}\n{ONE}"}),
        ("RCV-037", "Rows of invoices and payments in a currency without a rate: 2.", 10_000,
         {"invoices": f"{ONE}\n2,A,2026-04-01,2026-05-01,100.00,EUR,",
          "payments": "P1,1,A,2026-05-03,40.00,EUR,payment"}),
        ("RCV-038", 'Kinds of payment that have no meaning here: "barter".', 6_000,
         {"invoices": ONE, "payments": "P1,1,A,2026-05-03,40.00,THB,Barter"}),
    ],
)  # fmt: skip
def test_it_is_counted_and_said(
    tmp_path: Path, code: str, sentence: str, owed_minor: int, rows: dict[str, str]
) -> None:
    result = landed(tmp_path, **rows)
    assert said(result)[code] == sentence
    assert result.receivable_minor == owed_minor


def test_good_books_say_nothing(tmp_path: Path) -> None:
    """The twin: without anything odd there is no notice."""
    rows = {
        "invoices": f"{ONE}\n2,A,2026-05-01,2026-06-01,50.00,THB,",
        "payments": "P1,1,A,2026-05-03,100.00,THB,payment",
    }
    assert said(landed(tmp_path, **rows)) == {}


def test_test_accounts_are_left_out_and_counted(tmp_path: Path) -> None:
    accounts = [{"account_id": "A", "test": True}, {"account_id": "B", "test": False}]
    rows = [invoice("1", 60, 100), invoice("2", 60, 70, account_id="B")]
    result = found(tmp_path, rows, [payment("1", 50, 30)], accounts=accounts)
    assert said(result)["RCV-034"] == "Invoices of test accounts: 1."
    assert result.receivable_minor == 70


def test_without_payments_an_invoice_speaks_for_itself(tmp_path: Path) -> None:
    assert said(found(tmp_path, [invoice("1", 60, 100)]))["RCV-039"] == "There are no payments."


def test_without_invoices_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="RCV-001"):
        receivables(Facts(tmp_path, (), (), {}), definitions(), AS_OF)


def test_before_the_first_invoice_nothing_is_owed(tmp_path: Path) -> None:
    result = receivables(facts(tmp_path, [invoice("1", 60, 100)], [payment("1", 9, 10)]), definitions(), AS_OF - 100)
    assert (result.receivable_minor, result.months, result.reminders) == (0, (), ())
    assert result.ageing()["total"].to_list() == [0]
    assert result.accounts.height == 0


def test_unapplied_money_is_shown_for_its_account_and_takes_nothing_off(tmp_path: Path) -> None:
    result = landed(tmp_path, invoices=ONE, payments="P1,9,B,2026-05-03,30.00,THB,payment")
    rows = result.accounts.select("account_id", "receivable_minor", "unapplied_minor").rows()
    assert sorted(rows) == [("A", 10_000, 0), ("B", 0, 3_000)]
    assert result.unapplied_minor == 3_000


def test_a_month_without_sales_says_why_it_has_no_dso(tmp_path: Path) -> None:
    *_, june = landed(tmp_path, invoices=ONE).months
    assert (june.dso, june.best_possible_dso, june.average_days_delinquent) == (None, None, None)
    assert june.why == ("No sales in this month, so there is nothing to divide by.",)
    assert june.countback_dso == 30 + 31 + 30
    assert june.collection_effectiveness == 0


def test_a_month_with_sales_says_nothing(tmp_path: Path) -> None:
    rows = f"{ONE}\n2,A,2026-06-05,2026-07-01,30.00,THB,\n3,A,2026-06-05,2026-06-30,20.00,THB,"
    *_, june = landed(tmp_path, invoices=rows).months
    assert june.why == ()
    assert june.dso == pytest.approx(150 / 50 * 30)
    assert june.best_possible_dso == pytest.approx(30 / 50 * 30)
    assert june.average_days_delinquent == pytest.approx(120 / 50 * 30)
