"""Who is a customer at which date, since when, and in which segment: what the grid knows of accounts themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.dates import ALWAYS, NEVER
from sabai.definitions.model import Definitions
from sabai.facts.catalogue import TABLES, day_column
from sabai.facts.landed import Facts
from sabai.metrics.grid import Days, Floats

NO_SEGMENT = "–"


@dataclass(frozen=True, slots=True)
class Lives:
    """Arrays of shape (accounts, as_of); see `Grid`. `start` has NaN where the account's start is not known."""

    alive: NDArray[np.bool_]
    start: Floats
    segment: NDArray[np.int32]
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Canvas:
    """Draws values that hold over intervals of days on (accounts, as_of)."""

    accounts: pl.DataFrame
    as_of: Days

    def placed(self, rows: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
        """The rows with the `place` of their account on the canvas."""
        return rows.lazy().join(self.accounts.lazy(), on="account_id", how="inner").collect()

    def draw(self, placed: pl.DataFrame, opens: str, closes: str, value: str | None = None) -> NDArray[np.int64]:
        """Sum of `value` (1 where None) over the rows that hold in (opens, closes] at each date."""
        lo = np.searchsorted(self.as_of, placed[opens].to_numpy(), side="right")
        hi = np.maximum(lo, np.searchsorted(self.as_of, placed[closes].to_numpy(), side="right"))
        adds = placed[value].to_numpy().astype(np.int64) if value else np.ones(len(placed), dtype=np.int64)
        steps = np.zeros((len(self.accounts), len(self.as_of) + 1), dtype=np.int64)
        np.add.at(steps, (placed["place"].to_numpy(), lo), adds)
        np.subtract.at(steps, (placed["place"].to_numpy(), hi), adds)
        return np.cumsum(steps, axis=1)[:, :-1]


def lives(facts: Facts, definitions: Definitions, as_of: Days) -> Lives:
    """What is known of every account of `facts` at each as-of date."""
    ids = pl.DataFrame({"account_id": facts.account_ids}, schema={"account_id": pl.String})
    canvas = _Canvas(ids.with_row_index("place"), as_of)
    versions = canvas.placed(_versions(facts, definitions.health.segments))
    known = canvas.draw(versions, "received_day", "superseded_day") > 0
    dated = versions.filter(pl.col("start").is_not_null())
    has_start = canvas.draw(dated, "dated_day", "superseded_day") > 0
    start = np.where(has_start, canvas.draw(dated, "dated_day", "superseded_day", "start"), np.nan)
    alive = canvas.draw(dated.filter(pl.col("customer")), "opens", "closes") > 0
    nowhere = " · ".join([NO_SEGMENT] * max(1, len(definitions.health.segments)))
    segments = sorted({nowhere, *versions["segment"]})
    codes = versions.with_columns(code=pl.col("segment").replace_strict(segments, range(len(segments))))
    drawn = canvas.draw(codes, "received_day", "superseded_day", "code")
    segment = np.where(known, drawn, segments.index(nowhere))
    alive &= ~_left(facts, definitions, canvas)
    return Lives(alive, start, segment.astype(np.int32), tuple(segments))


def _versions(facts: Facts, segments: Sequence[str]) -> pl.DataFrame:
    """Every version of every account, with its start, the days on which it makes a customer, and its segment."""
    table = facts.scan("accounts")
    present = table.collect_schema().names()
    label = [_known_text(column) if column in present else pl.lit(NO_SEGMENT) for column in segments]
    frame = table.select(
        "account_id",
        "received_day",
        superseded_day=pl.min_horizontal(pl.col("superseded_day").fill_null(NEVER), _next_received()),
        start=pl.col("started_day"),
        ended_day=pl.col("ended_day").fill_null(NEVER) if "ended_day" in present else pl.lit(NEVER),
        customer=is_customer(present) & pl.col("test").fill_null(False).not_(),
        segment=pl.concat_str(label, separator=" · ") if label else pl.lit(NO_SEGMENT),
    ).collect()
    frame = frame.with_columns(dated_day="received_day")
    if frame["start"].null_count():
        frame = frame.join(first_seen(facts), on="account_id", how="left").with_columns(
            dated_day=pl.when(pl.col("start").is_null()).then(pl.max_horizontal("received_day", "first_seen"))
            .otherwise("received_day"),
            start=pl.coalesce("start", "first_seen"),
        )  # fmt: skip
    return frame.with_columns(
        opens=pl.max_horizontal("start", "received_day"), closes=pl.min_horizontal("ended_day", "superseded_day")
    )


def is_customer(present: Sequence[str]) -> pl.Expr:
    """A former customer with a date was one until then: an export of today must not rewrite the past."""
    lifecycle = pl.col("lifecycle").fill_null("customer")
    left = lifecycle.eq("former") & pl.col("ended_day").is_not_null() if "ended_day" in present else pl.lit(False)
    return lifecycle.eq("customer") | left


def _next_received() -> pl.Expr:
    """Several sources may tell of one account: what was received last is what is known."""
    superseded = pl.col("superseded_day").fill_null(NEVER)
    newest = pl.col("received_day").shift(-1).over("account_id", order_by=["received_at", "source", "key", superseded])
    return newest.fill_null(NEVER)


def _known_text(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String).fill_null(NO_SEGMENT)


def first_seen(facts: Facts) -> pl.DataFrame:
    """The first day on which anything of an account was known, for accounts whose start nobody wrote down."""
    seen = []
    for table in TABLES.values():
        if table.name == "accounts" or "account_id" not in table.columns or not facts.has(table.name):
            continue
        rows = facts.scan(table.name)
        own = day_column(table.time)
        if own not in rows.collect_schema().names():
            continue
        day = pl.max_horizontal(own, "received_day").alias("first_seen")
        seen.append(rows.filter(pl.col(own).is_not_null()).select("account_id", day))
    if not seen:
        return pl.DataFrame(schema={"account_id": pl.String, "first_seen": pl.Int32})
    return pl.concat(seen).group_by("account_id").agg(pl.col("first_seen").min()).collect()


def _left(facts: Facts, definitions: Definitions, canvas: _Canvas) -> NDArray[np.bool_]:
    """Where the account is known to have left: a churn fact, or no subscription within its grace."""
    left = np.zeros((len(canvas.accounts), len(canvas.as_of)), dtype=np.bool_)
    if facts.has("churn"):
        churned = whole_customers(facts.scan("churn")).select(
            "account_id", opens=pl.max_horizontal("effective_day", "received_day"), closes=pl.lit(NEVER)
        )
        left |= canvas.draw(canvas.placed(churned), "opens", "closes") > 0
    if definitions.churn.source == "subscriptions" and facts.has("subscriptions"):
        held = canvas.placed(_subscribed(facts, definitions.churn.grace_days))
        left |= canvas.draw(held, "opens", "closes") == 0
    return left


def whole_customers(churn: pl.LazyFrame) -> pl.LazyFrame:
    """The rows of a customer who left as a whole: whoever gave up one product of several is still there."""
    if "kind" not in churn.collect_schema().names():
        return churn
    return churn.filter(pl.col("kind").str.to_lowercase().ne_missing("product"))


def _subscribed(facts: Facts, grace_days: int) -> pl.LazyFrame:
    end = pl.col("ends_day").fill_null(NEVER - grace_days) + grace_days
    return facts.scan("subscriptions").select(
        "account_id",
        opens=pl.max_horizontal("starts_day", pl.col("received_day").fill_null(ALWAYS)),
        closes=pl.min_horizontal(end, pl.col("superseded_day").fill_null(NEVER)),
    )
