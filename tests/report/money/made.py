"""A made company with names that mean harm, one without anybody who left, and one without any customer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import polars as pl

from sabai.definitions.model import Benchmark, Definitions, Money
from sabai.retention.earned import Earned, earned
from sabai.retention.kept import Kept, kept
from sabai.retention.span import Span
from tests.metrics.landing import Row
from tests.retention.made import account, by_contracts, company, contract, leaving, on

HOSTILE = "<script>alert(1)</script> %(x)s \u202egnp"
FORMULA = "=1+1"
NAMES = {"A": HOSTILE, "B": FORMULA, "C": "บริษัท สยามขนส่ง", "D": "شركة النخيل", "E": "株式会社さくら", "F": "Fjord"}
FIRST, LAST = date(2024, 2, 1), date(2025, 2, 1)


class Found(NamedTuple):
    definitions: Definitions
    kept: Kept
    earned: Earned


def definitions() -> Definitions:
    names = ("churn", "retention", "gross_retention", "net_retention")
    said = tuple(Benchmark(name, 0.9 if name != "churn" else 0.02, HOSTILE) for name in names)
    return replace(by_contracts(grace_days=5), money=Money(benchmarks=said))


def found(folder: Path, which: str = "all", by: str | None = "segment") -> Found:
    """`which`: all, nobody left, nobody at all, or all in euros, whose rate moves."""
    rows = {"all": _all(), "nobody left": _all(left=False), "nobody": {"accounts": [account("A", None)]}}
    facts, asked = company(folder, **(rows | {"in euros": in_euros(_all())})[which]), Span(FIRST, LAST, by=by)
    known = definitions()
    if which == "in euros":
        euros().write_parquet(folder / "rates.parquet")
        known = replace(known, money=replace(known.money, exchange="dated"))
    return Found(known, kept(facts, known, asked), earned(facts, known, asked))


def in_euros(rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The same contracts, all but those of E in euros, one of which was a dollar when each was signed."""
    said = [
        row
        | {
            "amount_minor": row["recurring_minor"],
            "interval": "month",
            "currency": "USD" if row["key"] == "E" else "EUR",
        }
        for row in rows["subscriptions"]
    ]
    return rows | {"subscriptions": said}


def euros() -> pl.DataFrame:
    """A dollar, then less from April on and more from December on."""
    days = {"2023-01-01": 1.0, "2024-04-01": 0.95, "2024-12-01": 1.04}
    told = [{"currency": "EUR", "day_day": on(day), "rate": rate, "superseded_day": None} for day, rate in days.items()]
    return pl.DataFrame(told, schema_overrides={"day_day": pl.Int32, "superseded_day": pl.Int32})


def _all(left: bool = True) -> dict[str, list[Row]]:
    accounts = [
        account(name, "2024-01-01", segment=HOSTILE if name in "AB" else None) | {"name": called}
        for name, called in NAMES.items()
    ]
    steady = [contract(name, "2024-01-01", None, 10_000 * (at + 1)) for at, name in enumerate("CDE")]
    if not left:
        return {"accounts": accounts, "subscriptions": steady}
    moving = [
        contract("A", "2024-01-01", "2024-05-05", 70_000, term_months=12),
        contract("B", "2024-01-01", "2024-07-07", 40_000),
        contract("B2", "2024-10-10", None, 30_000),
        contract("C2", "2024-08-08", None, 5_000),
        contract("D2", "2024-01-01", "2024-09-09", 8_000),
        *(contract(f"F{at}", _month(at), _month(at + 1), 1_000 * at) for at in range(3, 12, 3)),
    ]
    churn = [
        leaving("A", "2024-05-05", reason=HOSTILE, comment=FORMULA, kind="failed payment", notice_at=on("2024-04-01"))
    ]
    return {"accounts": accounts, "subscriptions": [*steady, *moving], "churn": churn}


def _month(number: int) -> str:
    return str(date(2024, 1, 15) + timedelta(days=30 * number))
