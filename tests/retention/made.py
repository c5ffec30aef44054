"""Small companies: accounts and contracts as landed rows, days written as dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sabai.dates import to_day
from sabai.definitions.model import Churn, Definitions
from sabai.facts.landed import Facts
from sabai.retention.periods import Every, Periods, periods
from sabai.retention.span import Span
from tests.metrics.landing import Row, define, fact, land

UNTIL = "2026-01-01"


def on(day: str) -> int:
    return to_day(date.fromisoformat(day))


def account(name: str, start: str | None, end: str | None = None, **more: Any) -> Row:
    days = {"started_on": start and on(start), "ended_on": end and on(end)}
    return fact(name, name, on(start or "2024-01-01"), **{**days, "name": name.title(), **more})


def contract(name: str, start: str, end: str | None = None, monthly: int | None = 1000, **more: Any) -> Row:
    """Of the account that `name` begins with: "A", "A2" and "A3" are three contracts of A."""
    given = {"subscription_id": name, "product": "plan", "status": "active", "recurring_minor": monthly}
    received = on(more.pop("received", start))
    return fact(name, name[0], received, starts_at=on(start), ends_at=end and on(end), **{**given, **more})


def leaving(name: str, day: str, **more: Any) -> Row:
    return fact(f"churn {name}", name, on(day), effective_at=on(day), **more)


def company(folder: Path, **tables: Sequence[Row]) -> Facts:
    """Everything collected since 2024; its accounts are those of which any row tells."""
    ids = {row["account_id"] for rows in tables.values() for row in rows}
    return land(folder, {name: rows for name, rows in tables.items() if rows}, ids, since=on("2024-01-01"))


def by_contracts(grace_days: int = 30) -> Definitions:
    return define(churn=Churn("subscriptions", grace_days))


def by_churn_facts() -> Definitions:
    return define(churn=Churn("churn"))


def months(first: str, last: str, every: Every = "month") -> Periods:
    return periods(date.fromisoformat(first), date.fromisoformat(last), every)


def span(first: str, last: str, every: Every = "month", by: str | None = None) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last), every, by)
