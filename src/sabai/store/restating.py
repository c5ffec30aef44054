"""A run that restates: snapshots that say the same as before stay as they are, and only the others are superseded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyarrow as pa

from sabai.store.superseding import KEYS, keys, live_files

_BEFORE = " before"
_STOOD = "stood before"


@dataclass(frozen=True, slots=True)
class Restated:
    """`superseded` of the `stood` snapshots of these definitions say something else now, or nothing any more."""

    superseded: int
    stood: int


@dataclass(slots=True)
class Restating:
    """Compares the snapshots that pass by with those that readers see in a partition, at the same as-of dates."""

    folder: Path
    partition: str
    _accounts: set[str] = field(default_factory=set)
    _days: set[int] = field(default_factory=set)
    _others: list[pl.DataFrame] = field(default_factory=list)

    def otherwise(self, chunks: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """The rows that say something else than before, or are new."""
        files = [self.folder / path for path in live_files(self.folder, self.partition)]
        for chunk in chunks:
            rows = pl.DataFrame(chunk)
            passing = keys(rows.lazy()).collect()
            self._accounts.update(passing["account_id"].unique())
            self._days.update(passing["as_of"].unique())
            before = _before(files, rows)
            same = _said_before(rows, before)
            again = keys(rows.lazy().filter(same)).collect()
            self._others.append(keys(before.lazy()).collect().join(again, on=KEYS, how="anti"))
            yield chunk.filter((~same).to_arrow())

    def is_gone(self, rows: pl.DataFrame) -> pl.Series:
        """Once all has passed by: rows that say something else now, and those of accounts that have none any more."""
        others = pl.concat([rows.clear(), *self._others]).with_columns(pl.lit(True).alias("other"))
        other = rows.join(others, on=KEYS, how="left", maintain_order="left")["other"].fill_null(False)
        return rows["as_of"].is_in(self._days) & (other | ~rows["account_id"].is_in(self._accounts))


def _before(files: Sequence[Path], rows: pl.DataFrame) -> pl.DataFrame:
    """What stood at the as-of dates and of the accounts of `rows`."""
    ours = [pl.col(name).is_in(rows[name].unique().to_list()) for name in KEYS]
    parts = [pl.scan_parquet(file, hive_partitioning=False, glob=False).filter(*ours).collect() for file in files]
    return pl.concat([rows.clear(), *(part for part in parts if part.height)], how="diagonal")


def _said_before(rows: pl.DataFrame, before: pl.DataFrame) -> pl.Series:
    """Whether just the same stood there, but for when it was computed."""
    names = [name for name in before.columns if name not in (*KEYS, "computed_at")]
    known = before.select(*KEYS, pl.lit(True).alias(_STOOD), pl.col(names).name.suffix(_BEFORE))
    both = rows.join(known, on=KEYS, how="left", maintain_order="left")
    alike = (
        pl.col(f"{name}{_BEFORE}").eq_missing(pl.col(name) if name in rows.columns else pl.lit(None)) for name in names
    )
    return both.select(pl.col(_STOOD).fill_null(False) & pl.all_horizontal(*alike)).to_series()
