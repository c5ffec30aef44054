"""Small books: invoices and payments as landed rows, without the files they would come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from sabai.dates import to_day
from sabai.definitions.model import Definitions, Health, Workspace
from sabai.facts.landed import Facts
from sabai.receivables.balances import balances, receivable
from sabai.receivables.ledger import Ledger, read_ledger
from sabai.receivables.receivables import Receivables, receivables

Row = Mapping[str, Any]
AS_OF = to_day(date(2026, 7, 1))


def on(day: int) -> date:
    """So many days before AS_OF, or after it where below zero."""
    return date.fromordinal(date(2026, 7, 1).toordinal() - day)


def invoice(number: str, issued: int, amount: int, due: int | None = None, **more: Any) -> Row:
    """Issued and due so many days before AS_OF; without `due`, two weeks after it was issued."""
    due = issued - 14 if due is None else due
    told = {"invoice_id": number, "account_id": "A", "issued_on": on(issued), "due_on": on(due), "amount_minor": amount}
    return {**told, "currency": "THB", "base_minor": amount, "received": issued, "source": "books", **more}


def payment(number: str, ago: int, amount: int, kind: str | None = "payment", **more: Any) -> Row:
    told = {"payment_id": f"{number}-{ago}-{kind}-{amount}", "invoice_id": number, "account_id": "A", "kind": kind}
    money = {"amount_minor": amount, "currency": "THB", "base_minor": amount, "occurred_day": AS_OF - ago}
    return {**told, **money, "received": ago, "source": "bank", **more}


def facts(folder: Path, invoices: Sequence[Row], payments: Sequence[Row] = (), **others: Sequence[Row]) -> Facts:
    """Written as landing writes them; `received` is days before AS_OF, at first and for ever."""
    for table, rows in {"invoices": invoices, "payments": payments, **others}.items():
        if rows:
            frame = pl.DataFrame([_landed(table, row) for row in rows], infer_schema_length=None)
            dates = {name: pl.Date for name in frame.columns if name.endswith("_on")}
            frame.cast({**dates, "received_day": pl.Int32, "superseded_day": pl.Int32}).write_parquet(
                folder / f"{table}.parquet"
            )
    return Facts(folder, (), (), {})


def _landed(table: str, row: Row) -> dict[str, Any]:
    key = row.get("payment_id") or row.get("invoice_id") or row["account_id"]
    received = AS_OF - row["received"] if "received" in row else AS_OF - 9999
    told = {"key": key, "source": table, "received_day": received, "superseded_day": None, **row}
    return {name: value for name, value in told.items() if name != "received"}


def ledger(folder: Path, invoices: Sequence[Row], payments: Sequence[Row] = (), as_of: int = AS_OF) -> Ledger:
    return read_ledger(facts(folder, invoices, payments), "THB", as_of)


def owed(books: Ledger, as_of: int) -> int:
    return receivable(balances(books, as_of))


def found(folder: Path, invoices: Sequence[Row], payments: Sequence[Row] = (), **others: Any) -> Receivables:
    bands = others.pop("bands", None)
    return receivables(facts(folder, invoices, payments, **others), definitions(), AS_OF, 12, bands)


def definitions() -> Definitions:
    return Definitions("sabai.yaml", "1", Workspace("test", currency="THB"), {}, {}, Health((), ()))
