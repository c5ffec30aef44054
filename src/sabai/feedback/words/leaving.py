"""Whether those who said something left after it, beside those who did not say it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.dates import NEVER
from sabai.feedback.numbers.changes import Change
from sabai.feedback.numbers.shares import difference
from sabai.intervals import Interval, wilson
from sabai.retention.stays import Stays

WITHIN_DAYS = 90


@dataclass(frozen=True, slots=True)
class Left:
    """Of `said` customers who said it, `left` were gone WITHIN_DAYS later; of `others` who spoke of other things,
    `others_left`. Only those count of whom it is known by now."""

    left: int
    said: int
    others_left: int
    others: int

    @property
    def share(self) -> Interval:
        return wilson(self.left, self.said)

    @property
    def others_share(self) -> Interval:
        return wilson(self.others_left, self.others)

    @property
    def change(self) -> Change:
        """How much more often those who said it left: no cause, and no promise."""
        return difference(self.left, self.said, self.others_left, self.others)


def gone_after(spoke: pl.DataFrame, stays: Stays, settled: int) -> pl.DataFrame:
    """`spoke` has account_id and day: those who were customers on the day and of whom it is known whether they left
    within WITHIN_DAYS after, with `gone`."""
    places = pl.DataFrame({"account_id": stays.accounts}, schema={"account_id": pl.String}).with_row_index("account")
    ids = places.select("account_id", pl.col("account").cast(pl.Int32))
    lives = pl.DataFrame({"account": stays.account, "start": stays.start, "end": stays.end}).join(
        places.select("account_id", pl.col("account").cast(pl.Int32)), on="account"
    )
    known = spoke.join(ids.select("account_id"), on="account_id", how="semi").filter(
        pl.col("day") + WITHIN_DAYS <= settled
    )
    there = known.join(lives, on="account_id").filter(pl.col("start") < pl.col("day"), pl.col("day") <= pl.col("end"))
    gone = (pl.col("end") != NEVER) & (pl.col("end") - pl.col("day") <= WITHIN_DAYS)
    return there.with_columns(gone=gone).drop("account", "start", "end")


def left_after(first_said: pl.DataFrame, first_spoke: pl.DataFrame, stays: Stays, settled: int) -> Left:
    """`first_said`: account_id and day of the first time it was said; `first_spoke`: of the first words at all. Whoever
    said it is no other."""
    others = first_spoke.join(first_said, on="account_id", how="anti")
    here, there = (gone_after(each, stays, settled)["gone"].to_numpy() for each in (first_said, others))
    return Left(int(np.sum(here)), len(here), int(np.sum(there)), len(there))
