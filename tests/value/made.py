"""Small made companies, written as landing would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from sabai.dates import to_day
from sabai.definitions.model import Churn, Definitions, Health, Workspace
from sabai.facts.landed import Facts

DEFINITIONS = Definitions(
    "sabai.yaml", "1", Workspace("Made", currency="USD"), {}, {}, Health((), ()), churn=Churn("subscriptions", 30)
)


def day(text: str) -> int:
    return to_day(date.fromisoformat(text))


def facts(folder: Path, **tables: Sequence[Mapping[str, Any]]) -> Facts:
    """Tables as rows; received on their own day, newest version, unless a row says otherwise."""
    accounts = {row["account_id"] for rows in tables.values() for row in rows if row.get("account_id")}
    for name, rows in tables.items():
        told = [{"received_day": None, "superseded_day": None, "source": "made", "key": str(n), **row}
                for n, row in enumerate(rows)]  # fmt: skip
        frame = pl.DataFrame(told, infer_schema_length=None)
        days = [column for column in frame.columns if column.endswith("_day")]
        frame.with_columns(pl.col(days).cast(pl.Int32)).write_parquet(folder / f"{name}.parquet")
    return Facts(folder, tuple(sorted(accounts)), (), {})


def subscription(account: str, start: str, end: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "account_id": account,
        "starts_day": day(start),
        "ends_day": day(end) if end else None,
        "term_months": 12,
        "recurring_minor": 10_000,
        "status": "active",
        "interval": "month",
        **more,
    }
