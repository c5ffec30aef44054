"""What the score last said of those who left, before they said so: was it seen coming, and by what?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from sabai.definitions.model import Definitions
from sabai.store.delta import OpenTable

LOW, WORST = 50, 2  # factors below so many points are named, at most so many


@dataclass(frozen=True, slots=True)
class LastSeen:
    """The last snapshot before somebody gave notice; `worst` are the factors that took most off the score."""

    as_of: date
    score: float | None
    band: str
    worst: tuple[str, ...]


def last_seen(snapshots: Path, definitions: Definitions, spoke: Mapping[str, date]) -> dict[str, LastSeen]:
    """By account, for those of `spoke` (account_id → the day on which they gave notice, or left) that were ever scored
    with these definitions; nobody where nothing was scored yet."""
    table = OpenTable(snapshots, "definitions_version")
    if not (table.is_begun and spoke):
        return {}
    of_leavers = pl.LazyFrame({"account_id": list(spoke), "spoke": list(spoke.values())})
    rows = table.scan().filter(pl.col("definitions_version") == definitions.version)
    before = rows.join(of_leavers, on="account_id").filter(pl.col("as_of") <= pl.col("spoke"))
    last = before.sort("as_of").group_by("account_id").last().collect()
    weights = {factor.name: factor.weight for factor in definitions.health.factors}
    return {row["account_id"]: _seen(row, weights) for row in last.iter_rows(named=True)}


def _seen(row: Mapping[str, Any], weights: Mapping[str, float]) -> LastSeen:
    points = {name: row.get(f"{name}.points") for name in weights}
    lost = {name: weights[name] * (100 - of) for name, of in points.items() if of is not None and of < LOW}
    worst = sorted(lost, key=lambda name: (-lost[name], name))[:WORST]
    return LastSeen(row["as_of"], row["score"], row["band"], tuple(worst))
