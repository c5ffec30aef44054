"""What the score said of whoever was asked, in the last snapshot before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sabai.definitions.model import Basic, Definitions
from sabai.store.delta import OpenTable

FRESH_DAYS = 31  # an older snapshot says too little of the day


@dataclass(frozen=True, slots=True)
class Snapshots:
    """`rows`: account_id, as_of (an integer day), score, band and "NAME.points" of each factor, sorted by as_of."""

    rows: pl.DataFrame

    @property
    def empty(self) -> bool:
        return self.rows.is_empty()

    def before(self, rows: pl.DataFrame, day: str) -> pl.DataFrame:
        """The rows with what was known when their `day` began; null where no snapshot is fresh enough."""
        placed = rows.with_row_index("place").sort(day, nulls_last=True)
        found = placed.join_asof(
            self.rows, left_on=day, right_on="as_of", by="account_id", tolerance=FRESH_DAYS, check_sortedness=False
        )
        return found.sort("place").drop("place", "as_of", strict=False)


def snapshots(folder: Path | None, definitions: Definitions) -> Snapshots:
    """Those made with these definitions; none where nothing was scored yet."""
    table = OpenTable(folder, "definitions_version") if folder else None
    if table is None or not table.is_begun:
        return Snapshots(pl.DataFrame(schema=_SCHEMA))
    rows = table.scan().filter(pl.col("definitions_version") == definitions.version)
    given = rows.collect_schema().names()
    points = [f"{each.name}.points" for each in definitions.health.factors if f"{each.name}.points" in given]
    wanted = rows.select("account_id", pl.col("as_of").cast(pl.Int32), "score", "band", *points).collect()
    return Snapshots(wanted.sort("as_of"))


_SCHEMA = {"account_id": pl.String, "as_of": pl.Int32, "score": pl.Float64, "band": pl.String}


def with_dimensions(rows: pl.DataFrame, definitions: Definitions) -> tuple[pl.DataFrame, list[str]]:
    """The rows with "NAME of dimension", the points of each as its factors weigh, and the names of what may drive an
    answer. Factors that come from answers themselves are left out: they only say that people repeat themselves."""
    own = {name for name in definitions.metrics if _from_answers(name, definitions)}
    usable = [
        each for each in definitions.health.factors if f"{each.name}.points" in rows.columns and each.name not in own
    ]
    dimensions = [name for name in definitions.health.dimensions if any(each.dimension == name for each in usable)]
    columns = []
    for name in dimensions:
        parts = [(pl.col(f"{each.name}.points"), each.weight) for each in usable if each.dimension == name]
        weight = pl.sum_horizontal(pl.when(of.is_not_null()).then(pl.lit(part)) for of, part in parts)
        total = pl.sum_horizontal(of * part for of, part in parts)
        columns.append(pl.when(weight > 0).then(total / weight).alias(f"{name} of dimension"))
    return rows.with_columns(columns), [
        *(f"{name} of dimension" for name in dimensions), *(f"{each.name}.points" for each in usable)
    ]  # fmt: skip


def _from_answers(name: str, definitions: Definitions) -> bool:
    metric = definitions.metrics[name]
    if isinstance(metric, Basic):
        return metric.table == "responses"
    return any(_from_answers(each, definitions) for each in metric.of if each in definitions.metrics)
