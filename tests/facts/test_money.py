from __future__ import annotations

import pytest

from tests.facts.conftest import Bench, always, aside, of, rows, same, source

RATES = source("rates", "rates.csv", same("day_on", "currency", "rate"))
INVOICE = same("invoice_id", "account_id", "issued_on", "due_on", "amount_minor")
PAYMENT = same("payment_id", "invoice_id", "occurred_at", "amount_minor", "kind")
UNTIL = "2024-01-31"


@pytest.mark.parametrize(
    ("day", "base"), [("2024-01-09", None), ("2024-01-10", 1100), ("2024-01-31", 1100), ("2024-02-01", 1200)]
)
def test_the_newest_rate_on_or_before_the_day_counts(bench: Bench, day: str, base: int | None) -> None:
    bench.file("rates.csv", "day_on,currency,rate\n2024-02-01,EUR,1.2\n2024-01-10,EUR,1.1\n2024-01-01,JPY,0.007\n")
    bench.file("i.csv", f"invoice_id,account_id,issued_on,amount_minor,currency\n1,a,{day},10,EUR\n")
    columns = same("invoice_id", "account_id", "issued_on", "amount_minor", "currency")
    facts = bench.land(RATES, source("invoices", "i.csv", columns))
    assert rows(facts, "invoices", "base_minor") == ([(base,)] if base else [])
    assert aside(facts) == ([] if base else [("invoices", 1, "currency", "FCT-110")])


def test_currencies_without_cents_are_converted_to_those_with(bench: Bench) -> None:
    bench.file("rates.csv", "day_on,currency,rate\n2024-01-01,JPY,0.007\n")
    bench.file("i.csv", "invoice_id,account_id,issued_on,amount_minor,currency\n1,a,2024-01-05,1000,JPY\n")
    columns = same("invoice_id", "account_id", "issued_on", "amount_minor", "currency")
    assert rows(bench.land(RATES, source("invoices", "i.csv", columns)), "invoices", "amount_minor", "base_minor") == [
        (1000, 700)
    ]


@pytest.mark.parametrize(
    ("interval", "recurring"),
    [
        ("month", 12000),
        ("year", 1000),
        ("Quarterly", 4000),
        ("6 months", 2000),
        ("one_time", 0),
        ("week", 52179),
        ("", None),
    ],
)
def test_recurring_amount_is_spread_over_months(bench: Bench, interval: str, recurring: int | None) -> None:
    bench.file("s.csv", f"subscription_id,account_id,starts_at,amount_minor,interval\n1,a,2024-01-01,120,{interval}\n")
    columns = same("subscription_id", "account_id", "starts_at", "amount_minor", "interval")
    assert rows(bench.land(source("subscriptions", "s.csv", columns)), "subscriptions", "recurring_minor") == [
        (recurring,)
    ]


def dues(bench: Bench, invoices: str, payments: str = "") -> list[tuple[object, ...]]:
    bench.file("i.csv", "invoice_id,account_id,issued_on,due_on,paid_on,amount_minor\n" + invoices)
    mapped = [source("invoices", "i.csv", {**INVOICE, "paid_on": of("paid_on")})]
    if payments:
        bench.file("p.csv", "payment_id,invoice_id,occurred_at,amount_minor,kind\n" + payments)
        mapped.append(source("payments", "p.csv", PAYMENT))
    columns = ("part", "base_minor", "settled_day", "closes_day", "days_late", "reminded")
    return rows(bench.land(*mapped), "dues", *columns)


JAN_1, JAN_31 = 19723, 19753


def test_an_open_invoice_is_one_open_part(bench: Bench) -> None:
    assert dues(bench, f"1,a,2024-01-01,{UNTIL},,100\n") == [(1, 10000, None, None, None, False)]


def test_an_invoice_that_says_when_it_was_paid(bench: Bench) -> None:
    assert dues(bench, f"1,a,2024-01-01,{UNTIL},2024-02-05,100\n") == [(1, 10000, JAN_31 + 5, JAN_31 + 5, 5, False)]


def test_parts_add_up_and_only_the_last_closes(bench: Bench) -> None:
    found = dues(bench, f"1,a,2024-01-01,{UNTIL},,100\n", "p2,1,2024-01-21,70,payment\np1,1,2024-01-11,30,payment\n")
    assert found == [(1, 3000, JAN_1 + 10, None, None, False), (2, 7000, JAN_1 + 20, JAN_1 + 20, -10, False)]


def test_part_payment_leaves_the_rest_open_and_too_much_settles_no_more_than_all(bench: Bench) -> None:
    assert dues(bench, f"1,a,2024-01-01,{UNTIL},,100\n", "p,1,2024-01-11,30,payment\n") == [
        (1, 3000, JAN_1 + 10, None, None, False),
        (2, 7000, None, None, None, False),
    ]
    assert dues(bench, f"1,a,2024-01-01,{UNTIL},,100\n", "p,1,2024-01-11,130,payment\n") == [
        (1, 10000, JAN_1 + 10, JAN_1 + 10, -20, False)
    ]


@pytest.mark.parametrize("kind", ["refund", "credit", "failed", "reminder"])
def test_only_payments_settle(bench: Bench, kind: str) -> None:
    found = dues(bench, f"1,a,2024-01-01,{UNTIL},,100\n", f"p,1,2024-01-11,100,{kind}\n")
    assert found == [(1, 10000, None, None, None, kind == "reminder")]


def test_reminded_means_before_it_was_settled(bench: Bench) -> None:
    late = "p,1,2024-02-05,100,payment\n"
    assert dues(bench, f"1,a,2024-01-01,{UNTIL},,100\n", late + "r,1,2024-02-01,0,reminder\n")[0][-1] is True
    assert dues(bench, f"1,a,2024-01-01,{UNTIL},,100\n", late + "r,1,2024-02-09,0,reminder\n")[0][-1] is False


def test_a_payment_counts_from_when_it_was_received(bench: Bench) -> None:
    bench.file("i.csv", f"invoice_id,account_id,issued_on,due_on,amount_minor\n1,a,2024-01-01,{UNTIL},100\n")
    bench.file("p.csv", "payment_id,invoice_id,occurred_at,amount_minor,at\np,1,2024-01-11,100,2024-03-01\n")
    paid = source(
        "payments",
        "p.csv",
        {**{n: c for n, c in PAYMENT.items() if n != "kind"}, "received_at": of("at"), "kind": always("payment")},
    )
    facts = bench.land(source("invoices", "i.csv", INVOICE), paid)
    assert rows(facts, "dues", "settled_day") == [(JAN_1 + 60,)]


def test_a_payment_belongs_to_the_account_of_its_invoice(bench: Bench) -> None:
    assert dues(bench, f"1,a,2024-01-01,{UNTIL},,100\n", "p,1,2024-01-11,30,payment\nq,9,2024-01-11,30,payment\n")
    facts = bench.land(source("invoices", "i.csv", INVOICE), source("payments", "p.csv", PAYMENT))
    assert rows(facts, "payments", "account_id", "key") == [("a", "p")]
    assert aside(facts) == [("payments", 2, "account_id", "FCT-133")]


@pytest.mark.parametrize(
    ("payments", "open_minor"),
    [
        ("p,1,2024-02-05,1000,JPY\n", None),  # paid in full, and the yen has fallen
        ("p,1,2024-02-05,400,JPY\nq,1,2024-02-05,600,JPY\n", None),
        ("p,1,2024-02-05,999,JPY\n", 1),
        ("p,1,2024-02-05,7,USD\n", None),  # in another currency: worth what it was on its day
        ("p,1,2024-02-05,6.50,USD\n", 50),
    ],
)
def test_money_in_the_currency_of_the_invoice_settles_it_at_its_rate(
    bench: Bench, payments: str, open_minor: int | None
) -> None:
    bench.file("rates.csv", "day_on,currency,rate\n2024-01-01,JPY,0.007\n2024-02-01,JPY,0.006\n")
    bench.file(
        "i.csv", "invoice_id,account_id,issued_on,due_on,amount_minor,currency\n1,a,2024-01-05,2024-01-31,1000,JPY\n"
    )
    bench.file("p.csv", "payment_id,invoice_id,occurred_at,amount_minor,currency\n" + payments)
    facts = bench.land(
        RATES,
        source(
            "invoices", "i.csv", same("invoice_id", "account_id", "issued_on", "due_on", "amount_minor", "currency")
        ),
        source("payments", "p.csv", same("payment_id", "invoice_id", "occurred_at", "amount_minor", "currency")),
    )
    parts = rows(facts, "dues", "base_minor", "settled_day", "closes_day")
    assert sum(part for part, _, _ in parts) == 700
    assert [part for part, settled, _ in parts if settled is None] == ([open_minor] if open_minor else [])
    assert (parts[-1][2] is None) is (open_minor is not None)
