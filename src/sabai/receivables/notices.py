"""What is odd in invoices and payments, counted and said: nothing is dropped or netted silently."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sabai.errors import Issue
from sabai.facts.landed import Facts
from sabai.receivables.accounts import BAD_DEBT_DAYS
from sabai.receivables.balances import small
from sabai.receivables.counted import Counted, counted
from sabai.receivables.ledger import Ledger

_OWED = pl.col("balance_minor") - pl.col("given_back_minor")


def notices(facts: Facts, ledger: Ledger, rows: pl.DataFrame) -> tuple[Issue, ...]:
    """Every kind that occurs, with how many there are and what is done with them. `rows` are the balances."""
    found = (*_about_money(ledger, rows), *_about_invoices(ledger, rows), *_left_out(facts, ledger))
    return tuple(found)


def _about_money(ledger: Ledger, rows: pl.DataFrame) -> Iterator[Issue]:
    """Payments that do not simply settle an invoice."""
    said = Counted(rows, ledger.currency)
    part = (pl.col("paid_minor") > 0) & _OWED.gt(small(pl.col("base_minor")))
    yield from said.of("RCV-010", "Invoices paid in part", part, _OWED, "What is left of them is owed.")
    early = rows.join(_paid_before(ledger, "due_day"), on="invoice", how="semi")
    yield from counted("RCV-011", "Invoices with money before the due day", early.height, "That is early, and fine.")
    yield from counted(
        "RCV-012", "Invoices with money before they were issued",
        rows.join(_paid_before(ledger, "issued_day"), on="invoice", how="semi").height,
        "It stands as money without an invoice until the invoice is there.",
    )  # fmt: skip
    large = (pl.col("refunded_minor") > pl.col("base_minor")) & (pl.col("base_minor") > 0)
    yield from said.of(
        "RCV-013", "Invoices with refunds larger than themselves", large, pl.col("refunded_minor"),
        "More was given back than was asked.", "Look for a refund that names the wrong invoice.",
    )  # fmt: skip
    yield from said.of(
        "RCV-014", "Invoices open because money was refunded", pl.col("given_back_minor") > 0,
        pl.col("given_back_minor"), "They stand apart as given back, and nobody is reminded of them.",
        "Write a credit note where you do not ask for the money again.",
    )  # fmt: skip
    too_much = (pl.col("balance_minor") < 0) & (pl.col("base_minor") > 0)
    yield from said.of(
        "RCV-015", "Invoices paid more than once, or too much", too_much,
        -pl.col("balance_minor"), "What is too much is the customer's credit; it is not taken off other invoices.",
    )  # fmt: skip
    yield from _about_payments(ledger)


def _about_payments(ledger: Ledger) -> Iterator[Issue]:
    loose = Counted(ledger.unapplied, ledger.currency)
    yield from loose.of(
        "RCV-016", "Payments without an invoice that is known", pl.lit(True), pl.col("base_minor"),
        "They are shown for each account and not taken off what it owes.",
        "Say which invoice they are for; rejects.csv says whether that invoice was set aside.",
    )  # fmt: skip
    posted = Counted(ledger.postings, ledger.currency)
    yield from posted.of(
        "RCV-017", "Payments taken back", (pl.col("kind") == "paid") & (pl.col("base_minor") < 0),
        -pl.col("base_minor"), "Below zero, and not called a refund: the invoice is owed again.",
    )  # fmt: skip
    yield from posted.of(
        "RCV-018", "Differences of exchange", pl.col("exchange_minor") != 0, pl.col("exchange_minor"),
        "Money in the invoice's own currency settles it at the rate at which it was booked; the rest is a gain, or "
        "below zero a loss, and no receivable.",
    )  # fmt: skip


def _about_invoices(ledger: Ledger, rows: pl.DataFrame) -> Iterator[Issue]:
    said, amount = Counted(rows, ledger.currency), pl.col("base_minor")
    is_open = pl.col("balance_minor") > 0
    yield from said.of(
        "RCV-020", "Open invoices without a due day", is_open & pl.col("due_day").is_null(), pl.col("balance_minor"),
        "How late they are is unknown, so they stand in a bucket of their own.", "Map `due_on`.",
    )  # fmt: skip
    yield from said.of("RCV-021", "Invoices of zero", amount == 0, None, "Nobody owes anything for them.")
    yield from said.of(
        "RCV-022", "Credit notes (invoices below zero)", amount < 0, -amount,
        "They are the customer's credit; no other invoice is settled by them.",
    )  # fmt: skip
    old, is_left = (pl.col("days_past_due") > BAD_DEBT_DAYS) & ~pl.col("disputed"), _OWED.gt(small(amount))
    yield from said.of(
        "RCV-023", f"Invoices unpaid for more than {BAD_DEBT_DAYS} days past due", old & is_left, _OWED,
        "Likely bad debt.", "Decide who collects it, or write it off.",
    )  # fmt: skip
    yield from said.of(
        "RCV-024", "Invoices of which half a percent or less is left", (_OWED > 0) & ~is_left, _OWED,
        "Likely a rounding: they count to the cent, and nobody is reminded of them.",
    )  # fmt: skip
    unknown = ledger.postings.filter(pl.col("occurred_day").is_null()).height
    yield from counted(
        "RCV-025", "Invoices that say they are paid, but not when", unknown,
        "They count as paid from when that was received, which may be later than it was true.", "Map `paid_on`.",
    )  # fmt: skip


def _left_out(facts: Facts, ledger: Ledger) -> Iterator[Issue]:
    invoices, payments = ledger.read
    yield from counted("RCV-030", "Invoices without an amount", invoices.without_amount, "They are in no sum.")
    yield from counted(
        "RCV-031", "Invoices that are void, cancelled or a draft", invoices.void, "They ask for nothing."
    )  # fmt: skip
    yield from counted("RCV-032", "Invoices told of by two sources", invoices.repeated, "Each counts once.")
    yield from counted("RCV-033", "Payments told of by two sources", payments.repeated, "Each counts once.")
    yield from counted("RCV-034", "Invoices of test accounts", invoices.of_tests, "They are left out.")
    yield from counted("RCV-035", "Payments without an amount", payments.without_amount, "They settle nothing.")
    again = sum(tally.duplicates for tally in facts.tallies if tally.table in ("invoices", "payments"))
    yield from counted("RCV-036", "Rows of invoices and payments that came in again", again, "Each counts once.")
    yield from counted(
        "RCV-037", "Rows of invoices and payments in a currency without a rate", _without_rate(facts),
        "They were set aside when landing, so what they say is missing here.", "Add the rate; see rejects.csv.",
    )  # fmt: skip
    if payments.other_kinds:
        kinds = ", ".join(f'"{kind}"' for kind in payments.other_kinds)
        yield Issue(
            "RCV-038", f"Kinds of payment that have no meaning here: {kinds}.", "payments",
            "They are read as payments.", "Write payment, refund, credit, failed attempt or reminder.",
        )  # fmt: skip
    if not facts.has("payments"):
        yield Issue(
            "RCV-039", "There are no payments.", "payments",
            "Only an invoice's own `paid_on` says that it was paid.", "Map a source to the table `payments`.",
        )  # fmt: skip


def _paid_before(ledger: Ledger, day: str) -> pl.DataFrame:
    rows = ledger.postings.filter(pl.col("kind") == "paid", pl.col("base_minor") > 0)
    rows = rows.join(ledger.invoices.select("invoice", "issued_day", "due_day"), on="invoice")
    return rows.filter(pl.col("occurred_day") < pl.col(day)).select("invoice").unique()


def _without_rate(facts: Facts) -> int:
    aside = facts.aside().filter(pl.col("code") == "FCT-110", pl.col("table").is_in(["invoices", "payments"]))
    return int(aside.select(pl.len()).collect().item())
