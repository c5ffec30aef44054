"""What is wrong with every real export, put in on purpose and counted, so that data problems have a known truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.demo.latent import Ints

Broken = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Flaws:
    """`again` rows come twice; `otherwise` (column, value, rows) come twice with other content, which makes a conflict,
    or where `things` may change a version; in `strange` (column, value, rows) rows name nobody we know; each of
    `broken` spoils one row."""

    again: int = 0
    otherwise: tuple[str, object, int] = ("", None, 0)
    strange: tuple[str, object, int] = ("", None, 0)
    broken: tuple[Broken, ...] = ()
    things: bool = False

    @property
    def tally(self) -> dict[str, int]:
        counts = (self.again, self.otherwise[2], self.strange[2], len(self.broken))
        other = "versions" if self.things else "conflicts"
        return dict(zip(("duplicates", other, "waiting", "rejects"), counts, strict=True))


FLAWS: dict[str, Flaws] = {
    "product": Flaws(25, ("quantity", 99, 6), ("shop", "shop_ffffff", 40), (("action", None),) * 5),
    "web": Flaws(10, strange=("shop", None, 12), broken=(("timestamp", "yesterday"),) * 4),
    "invoices": Flaws(8, broken=(("Date", "2025-02-31"),) * 3 + (("Currency", "THN"),) * 2),
    "payments": Flaws(10, ("Amount", "1.00", 5), broken=(("Amount", "n/a?"),) * 2),
    "tickets": Flaws(strange=("Account", "A-0000", 3), broken=(("Solved", "before"),) * 4),
    "responses": Flaws(4, ("Comment", "?", 2), broken=(("Score", "11"),) * 3, things=True),
    "marketing": Flaws(1, ("Spent", "48000.00", 1), broken=(("Spent", "n/a?"),), things=True),
    "sales": Flaws(broken=(("Month", "2026-02-30"),)),
    "care": Flaws(1),
    "subscriptions": Flaws(broken=(("Last day", "2019-12-31"),) * 2),
    "touchpoints": Flaws(6, broken=(("Went", "hm"),)),
}
"""By export; tickets are solved "before" they were opened."""


def spoil(rng: np.random.Generator, rows: pl.DataFrame, flaws: Flaws) -> pl.DataFrame:
    """`rows` with these flaws, each in rows of its own; what comes twice stands at the end."""
    counts = (flaws.again, flaws.otherwise[2], flaws.strange[2], len(flaws.broken))
    places = rng.choice(_whole(rows), size=sum(counts), replace=False)
    again, otherwise, strange, broken = np.split(places, np.cumsum(counts)[:-1])
    twice = [rows[again], _set(rows[otherwise], np.arange(len(otherwise)), *flaws.otherwise[:2])]
    rows = _set(rows, strange, *flaws.strange[:2])
    for place, (column, value) in zip(broken, flaws.broken, strict=True):
        rows = _set(rows, np.array([place]), column, value)
    return pl.concat([rows, *twice])


def _whole(rows: pl.DataFrame) -> Ints:
    """Rows that can be spoiled without a second reason: payments of nothing and unanswered questions are left alone."""
    fit = pl.lit(True)
    if "Score" in rows.columns:
        fit = (pl.col("Score") != "") & (pl.col("Kind") == "nps")
    if "Invoice" in rows.columns:
        fit = pl.col("Kind") == "payment"
    if "Solved" in rows.columns:
        fit = pl.col("Solved").is_not_null()
    return rows.with_row_index("place").filter(fit)["place"].to_numpy().astype(np.int64)


def _set(rows: pl.DataFrame, places: Ints, column: str, value: object) -> pl.DataFrame:
    if not len(places):
        return rows
    here = pl.int_range(pl.len()).is_in(places.tolist())
    new = pl.col("Opened") - pl.duration(days=1) if value == "before" else pl.lit(value, dtype=rows.schema[column])
    return rows.with_columns(pl.when(here).then(new).otherwise(pl.col(column)).alias(column))
