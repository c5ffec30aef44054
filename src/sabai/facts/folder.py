"""Facts that are landed anew: an empty folder takes one open Parquet file a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sabai.facts.catalogue import TABLES, FactTable
from sabai.facts.days import with_days
from sabai.facts.dues import dues
from sabai.facts.settled import Settled, settled
from sabai.facts.write import write


@dataclass(frozen=True, slots=True)
class Folder:
    """Where nothing was before, rows are compared with each other only."""

    path: Path

    def known(self, table: FactTable) -> pl.DataFrame | None:
        file = self.path / f"{table.name}.parquet"
        if not file.exists():
            return None
        return pl.scan_parquet(file, glob=False).filter(pl.col("superseded_day").is_null()).collect()

    def settle(self, rows: pl.DataFrame, table: FactTable) -> Settled:
        return settled(rows, table)

    def keep(self, rows: pl.DataFrame, table: FactTable) -> list[str]:
        write(rows, table, self.path)
        return rows["account_id"].drop_nulls().unique().to_list() if "account_id" in rows.columns else []

    def write_dues(self, zone: str) -> None:
        """Nothing comes in for dues: they are made of invoices and payments."""
        table, invoices, payments = (
            TABLES["dues"],
            *(self.path / f"{name}.parquet" for name in ("invoices", "payments")),
        )
        if invoices.exists():
            paid = pl.read_parquet(payments, glob=False) if payments.exists() else pl.DataFrame()
            write(with_days(dues(pl.read_parquet(invoices, glob=False), paid), table, zone), table, self.path)
