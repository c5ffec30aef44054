"""Exports as a small company has them, landed as `sabai` lands them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sabai.dates import to_day
from sabai.definitions.reader import read_definitions
from sabai.facts.land import land
from sabai.receivables.receivables import Receivables, receivables

DEFINITIONS = """
sabai: 1
workspace: { name: Books, time_zone: Asia/Bangkok, currency: THB }
sources:
  invoices:
    files: invoices.csv
    table: invoices
    columns:
      invoice_id: no
      account_id: customer
      issued_on: date
      due_on: due
      amount_minor: { from: amount, unit: major }
      currency: currency
      status: status
  archive:
    files: archive.csv
    table: invoices
    columns:
      invoice_id: no
      account_id: customer
      issued_on: date
      due_on: due
      amount_minor: { from: amount, unit: major }
  payments:
    files: payments.csv
    table: payments
    columns:
      payment_id: no
      invoice_id: invoice
      account_id: customer
      occurred_at: date
      amount_minor: { from: amount, unit: major }
      currency: currency
      kind: kind
  bank:
    files: bank.csv
    table: payments
    columns:
      payment_id: no
      invoice_id: invoice
      account_id: customer
      occurred_at: date
      amount_minor: { from: amount, unit: major }
      kind: kind
  rates:
    files: rates.csv
    table: rates
    columns: { day_on: day, currency: currency, rate: rate }
metrics:
  overdue: { held: invoices.overdue }
health:
  dimensions:
    payment:
      overdue: { weight: 1, curve: { 0: 100, 1000: 0 } }
  bands: { cut: { healthy: 70, at_risk: 40 } }
"""
INVOICES = "no,customer,date,due,amount,currency,status"
PAYMENTS = "no,invoice,customer,date,amount,currency,kind"
FILES = {
    "invoices.csv": INVOICES,
    "archive.csv": "no,customer,date,due,amount",
    "payments.csv": PAYMENTS,
    "bank.csv": "no,invoice,customer,date,amount,kind",
    "rates.csv": "day,currency,rate\n2026-01-01,JPY,0.25",
}
AS_OF = to_day(date(2026, 7, 1))


def write(folder: Path, **rows: str) -> Path:
    """The files in `folder`, with `rows` below the heads; returns where the definitions are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, head in FILES.items():
        below = rows.get(name.removesuffix(".csv"), "").strip()
        (folder / name).write_text(f"{head}\n{below}\n", encoding="utf-8")
    (folder / "sabai.yaml").write_text(DEFINITIONS, encoding="utf-8")
    return folder / "sabai.yaml"


def landed(folder: Path, as_of: int = AS_OF, **rows: str) -> Receivables:
    definitions = read_definitions(write(folder / "exports", **rows))
    return receivables(land(definitions, folder / "exports", folder / "facts"), definitions, as_of)
