"""What of a landing is new to the store: the same again is a duplicate, another word on a thing is its next version,
and another word on a happening is a conflict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import polars as pl

from sabai.facts.aside import aside
from sabai.facts.catalogue import FactTable
from sabai.facts.days import local_day
from sabai.facts.settled import Settled, settled
from sabai.facts.stored.keys import Hashes, Keys, hashes
from sabai.facts.stored.shelf import LANDED, MOVED, Shelf

_THING = ["source", "key"]


@dataclass(frozen=True, slots=True)
class Now:
    """When a landing takes place, and the workspace's time zone."""

    at: datetime
    zone: str

    def received_where(self, late: pl.Expr) -> list[pl.Expr]:
        """The received columns, with this landing's time in the rows that are `late`."""
        at = pl.lit(self.at, dtype=pl.Datetime("us", "UTC"))
        told = {
            "received_at": at,
            "received_assumed": pl.lit(False),
            "received_day": local_day(at, "instant", self.zone),
        }
        return [pl.when(late).then(now).otherwise(pl.col(name)).alias(name) for name, now in told.items()]


def settled_happenings(rows: pl.DataFrame, table: FactTable, keys: Keys) -> tuple[Settled, Hashes]:
    """What is new, and its hashes."""
    came = settled(rows, table)
    asked = hashes(came.rows, table)
    known, same = keys.known(asked)
    if not known.any():
        return came, asked
    other = came.rows.filter(known & ~same)
    conflicts = pl.concat([came.conflicts, aside(table.name, other, "key", "FCT-120", other["key"])])
    new = came.rows.filter(~known)
    return Settled(new, new.height, 0, came.duplicates + int(same.sum()), conflicts), np.asarray(asked[:, ~known])


def settled_things(rows: pl.DataFrame, shelf: Shelf, now: Now) -> Settled:
    """What is new: things, versions of things, and rows that say that one moved to another account.

    A version that does not say since when it is known was received now: before, the store knew the thing otherwise.
    """
    came = settled(rows, shelf.table)
    told = came.rows.with_columns(pl.Series("_said", hashes(came.rows, shelf.table)[1]))
    if not shelf.is_begun or not told.height:
        return came
    stored = _stored(shelf, told)
    told = told.join(_said_before(stored), on=[*_THING, "_said"], how="left", maintain_order="left")
    again = pl.col("_newest").is_not_null() & (pl.col("_newest") | pl.col("_every"))
    fresh = told.filter(~again).join(_newest(stored), on=_THING, how="left", maintain_order="left")
    known = pl.col("_known").is_not_null()
    undated = known & pl.col("received_assumed") & (pl.col("received_at") <= pl.col("_since")).fill_null(True)
    fresh = fresh.with_columns(now.received_where(undated))
    things = fresh.filter(~known).select(pl.struct(_THING).n_unique()).item()
    dropped = came.facts + came.versions - came.rows.height  # versions of which only the last is kept
    return Settled(
        _with_moves(fresh).drop("_said", "_newest", "_known", "_since", "_owner", strict=False),
        things,
        fresh.height - things + dropped,
        came.duplicates + told.height - fresh.height,
        came.conflicts,
    )


def _with_moves(fresh: pl.DataFrame) -> pl.DataFrame:
    """And for each thing that now belongs to another account, a row that closes it where it was."""
    if "_owner" not in fresh.columns or "account_id" not in fresh.columns:
        return fresh
    moved = fresh.filter(pl.col("_known").is_not_null() & pl.col("account_id").ne_missing(pl.col("_owner")))
    closing = moved.with_columns(pl.col("_owner").alias("account_id"), pl.lit(True).alias(MOVED))
    return pl.concat([fresh, closing], how="diagonal")


def _stored(shelf: Shelf, told: pl.DataFrame) -> pl.DataFrame:
    """Every version that the store has of the things that are told of, the oldest first, and what each says."""
    rows = (
        shelf.scan().filter(~pl.col(MOVED)).join(told.select(_THING).unique().lazy(), on=_THING, how="semi").collect()
    )
    rows = rows.with_columns(pl.Series("_said", hashes(rows, shelf.table)[1]))
    return rows.sort("received_at", LANDED)


def _said_before(stored: pl.DataFrame) -> pl.DataFrame:
    """What was said of each thing, and whether it was said last."""
    newest = pl.struct(_THING).is_last_distinct().alias("_newest")
    return stored.with_columns(newest).group_by(*_THING, "_said").agg(pl.col("_newest").any())


def _newest(stored: pl.DataFrame) -> pl.DataFrame:
    owner = [pl.col("account_id").alias("_owner")] if "account_id" in stored.columns else []
    newest = stored.filter(pl.struct(_THING).is_last_distinct())
    return newest.select(*_THING, *owner, pl.col("received_at").alias("_since"), pl.lit(True).alias("_known"))
