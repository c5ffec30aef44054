"""The proof as plain tables, for files."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from sabai.intervals import Interval
from sabai.report.proof.told import ProofTold


def proof_tables(told: ProofTold) -> Mapping[str, pl.DataFrame]:
    """`bands`, `horizons` and `parts` as the page shows them; shares and AUC with their intervals, unknown is null."""
    proof = told.proof
    bands: list[dict[str, object]] = [
        {"band": each.band, "rows": each.rows, "left": each.churned, "churned": each.churned_accounts}
        | _interval("share", each.rate)
        for each in proof.bands.churn
    ]
    horizons: list[dict[str, object]] = [
        {"horizon_days": each.horizon_days, "rows": each.rows, "churned": each.churned, "base_rate": each.base_rate}
        | _interval("auc", each.auc)
        | _interval("precision", each.precision)
        | _interval("recall", each.recall)
        for each in proof.horizons
    ]
    parts: list[dict[str, object]] = [
        {"part": each.name or each.kind, "rows": each.rows, "churned": each.churned} | _interval("auc", each.auc)
        for each in proof.parts
    ]
    tables = {"bands": bands, "horizons": horizons, "parts": parts}
    return {name: pl.DataFrame(rows).fill_nan(None) for name, rows in tables.items() if rows}


def _interval(name: str, interval: Interval) -> dict[str, object]:
    return {name: interval.value, f"{name}_low": interval.low, f"{name}_high": interval.high}
