"""The answer as plain tables, for files and for programs: days as dates, unknown as null, money in minor units."""

from __future__ import annotations

from dataclasses import asdict

import polars as pl

from sabai.dates import from_day
from sabai.receivables.months import Month
from sabai.receivables.receivables import Receivables
from sabai.receivables.reminders.reminders import Reminder

INVOICE_COLUMNS = (
    "invoice_id", "account_id", "name", "owner", "segment", "country", "currency", "issued_day", "due_day",
    "base_minor", "paid_minor", "credited_minor", "refunded_minor", "balance_minor", "given_back_minor",
    "days_past_due", "place", "disputed", "promised_day", "promise", "reminders", "last_reminder_day",
    "failed_attempts", "last_failed_day",
)  # fmt: skip


def tables(found: Receivables) -> dict[str, pl.DataFrame]:
    """name -> table: open invoices, accounts, months, reminders."""
    return {
        "invoices": _dated(found.open_invoices.select(INVOICE_COLUMNS).rename({"base_minor": "amount_minor"})),
        "accounts": _dated(_named_first(found.accounts)),
        "months": pl.DataFrame([month_row(month) for month in found.months], infer_schema_length=None),
        "reminders": pl.DataFrame([reminder_row(each) for each in found.reminders], infer_schema_length=None),
    }


def month_row(month: Month) -> dict[str, object]:
    moved = {name: value for name, value in asdict(month.movement).items() if name not in ("first", "last")}
    measures = ("dso", "countback_dso", "best_possible_dso", "average_days_delinquent", "collection_effectiveness")
    return {
        "month": month.first,
        **moved,
        "sales_minor": month.sales_minor,
        "current_minor": month.current_minor,
        **{name: getattr(month, name) for name in measures},
        "why_unknown": " ".join(month.why) or None,
    }


def reminder_row(each: Reminder) -> dict[str, object]:
    return {
        "account_id": each.account_id,
        "name": each.name,
        "owner": each.owner,
        "invoices": " ".join(each.invoice_ids),
        "balance_minor": each.balance_minor,
        "days_past_due": each.days_past_due,
        "tone": each.tone,
        "why": each.why,
        "rule": each.rule,
        "said_last": each.said,
        "said_on": None if each.said_day is None else from_day(each.said_day),
        "wait_until": None if each.until_day is None else from_day(each.until_day),
    }


def _named_first(accounts: pl.DataFrame) -> pl.DataFrame:
    first = ("account_id", "name", "owner", "segment", "country", "industry", "receivable_minor", "overdue_minor")
    return accounts.select(*first, pl.exclude(first)).rename(lambda name: name.replace(" ", "_"))


def _dated(rows: pl.DataFrame) -> pl.DataFrame:
    days = [name for name in rows.columns if name.endswith("_day")]
    return rows.with_columns(pl.col(days).cast(pl.Int32).cast(pl.Date)).rename(
        {name: name.removesuffix("_day") + "_on" for name in days}
    )
