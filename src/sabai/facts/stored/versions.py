"""Which versions of things are new to a store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from sabai.facts.catalogue import FactTable
from sabai.facts.days import local_day
from sabai.facts.settled import Settled, settled
from sabai.facts.stored.keys import said
from sabai.facts.stored.moves import moves
from sabai.facts.stored.shelf import LANDED, MOVED, VERSION, Shelf, by_version

_THING = ["source", "key"]
_CORE, _FULL = "_core", "_full"
"""Hashes of what a row says, without and with the time of its update."""


@dataclass(frozen=True, slots=True)
class Now:
    """The number and the time of a landing, and the workspace's time zone."""

    number: int
    at: datetime
    zone: str

    @property
    def instant(self) -> pl.Expr:
        return pl.lit(self.at, dtype=pl.Datetime("us", "UTC"))

    def received_where(self, late: pl.Expr) -> list[pl.Expr]:
        """The received columns, with this landing's time in the rows that are `late`."""
        day = local_day(self.instant, "instant", self.zone)
        told = {"received_at": self.instant, "received_assumed": pl.lit(False), "received_day": day}
        return [pl.when(late).then(now).otherwise(pl.col(name)).alias(name) for name, now in told.items()]


def settled_things(rows: pl.DataFrame, shelf: Shelf, now: Now) -> tuple[Settled, pl.DataFrame]:
    """What is new: things and versions of things; and rows that say that a thing moved to another account.

    A version that does not say since when it is known was received now: before, the store knew the thing otherwise.
    """
    came = settled(rows, shelf.table)
    order = pl.int_range(pl.len(), dtype=pl.Int32).over(_THING).alias(VERSION)
    told = came.rows.with_columns(order, pl.lit(now.number, dtype=pl.Int32).alias(LANDED))
    if not shelf.is_begun and not (told[VERSION] > 0).any():
        return Settled(told, came.facts, came.versions, came.duplicates, came.conflicts), told.clear()
    told = _with_hashes(told, shelf.table)
    stored = _stored(shelf, told)
    told = _beside_newest(told, stored)
    new = told.filter(~_said_before(told, stored))
    upto_date = new.filter(~_outdated(new)).with_columns(now.received_where(_undated()))
    fresh = _without_repeats(upto_date, stored)
    things = fresh.filter(~pl.col("_known")).select(pl.struct(_THING).n_unique()).item()
    replaced = came.facts + came.versions - came.rows.height + new.height - upto_date.height
    duplicates = came.duplicates + told.height - new.height + upto_date.height - fresh.height
    rows = fresh.select(*came.rows.columns, VERSION, LANDED)
    return Settled(rows, things, fresh.height - things + replaced, duplicates, came.conflicts), moves(rows, stored)


def _with_hashes(rows: pl.DataFrame, table: FactTable) -> pl.DataFrame:
    return rows.with_columns(said(rows, table, but_for="updated_at").alias(_CORE), said(rows, table).alias(_FULL))


def _stored(shelf: Shelf, told: pl.DataFrame) -> pl.DataFrame:
    """Every version that the store has of the things that are told of, the oldest first."""
    if not shelf.is_begun:
        return told.clear()
    things = told.select(_THING).unique().lazy()
    rows = shelf.scan().filter(~pl.col(MOVED)).join(things, on=_THING, how="semi").collect()
    return by_version(_with_hashes(rows, shelf.table))


def _beside_newest(told: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """With what the store said last of each thing, and whether the row itself says when it was received."""
    newest = stored.filter(pl.struct(_THING).is_last_distinct())
    updated = [pl.col("updated_at").alias("_updated_before")] if "updated_at" in stored.columns else []
    before = newest.select(
        *_THING, *updated, pl.col(_CORE).alias("_core_before"), pl.col(_FULL).alias("_full_before"),
        pl.col("received_at").alias("_since"), pl.lit(True).alias("_known"),
    )  # fmt: skip
    told = told.join(before, on=_THING, how="left", maintain_order="left")
    dated = ~pl.col("received_assumed") | (pl.col("_every") & _updated(told))
    return told.with_columns(dated.fill_null(False).alias("_dated"), pl.col("_known").fill_null(False))


def _updated(rows: pl.DataFrame) -> pl.Expr:
    return pl.col("updated_at").is_not_null() if "updated_at" in rows.columns else pl.lit(False)


def _said_before(told: pl.DataFrame, stored: pl.DataFrame) -> pl.Series:
    """Rows that say what the store has: said last, at this very time, or, where times tell versions apart, ever."""
    timed = stored.select(*_THING, _FULL, "received_at").unique().with_columns(pl.lit(True).alias("_then"))
    ever = stored.select(*_THING, _FULL).unique().with_columns(pl.lit(True).alias("_ever"))
    rows = told.join(timed, on=[*_THING, _FULL, "received_at"], how="left", nulls_equal=True, maintain_order="left")
    rows = rows.join(ever, on=[*_THING, _FULL], how="left", maintain_order="left")
    core, full = (pl.col(name) == pl.col(f"{name}_before") for name in (_CORE, _FULL))
    last = pl.when("_every").then(core).otherwise(full)
    undated = last | (pl.col("_ever") & (pl.col("_every") | _updated(told)))
    again = pl.when("_dated").then(pl.col("_then") | (last & ~pl.col("_every"))).otherwise(undated)
    return rows.select(again.fill_null(False)).to_series()


def _outdated(rows: pl.DataFrame) -> pl.Series:
    """Rows that were updated before the one that the store has, of a source that says only how things stand."""
    older = pl.lit(False)
    if "updated_at" in rows.columns and "_updated_before" in rows.columns:
        older = (pl.col("updated_at") < pl.col("_updated_before")) & ~pl.col("_every")
    return rows.with_columns(older.fill_null(False).alias("_older"))["_older"]


def _undated() -> pl.Expr:
    return pl.col("_known") & ~pl.col("_dated") & (pl.col("received_at") <= pl.col("_since")).fill_null(True)


def _without_repeats(rows: pl.DataFrame, stored: pl.DataFrame) -> pl.DataFrame:
    """Leaves out a version that says what the one received just before it says, whichever was landed first."""
    mark = pl.lit(True).alias("_new")
    both = by_version(pl.concat([stored, rows.with_columns(mark)], how="diagonal"))
    same = (pl.col(_CORE) == pl.col(_CORE).shift(1)).over(_THING).fill_null(False)
    kept = both.filter(pl.col("_new") & ~(same & pl.col("_every") & pl.col("_dated")))
    return kept.drop("_new")
