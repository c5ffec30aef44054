"""What it costs to win a customer and to keep one, a segment at a time, out of the table of costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from sabai.dates import from_day
from sabai.facts.landed import Facts
from sabai.value.who import ALL

MONTHS = 12
"""Costs of so many last whole months are set against the accounts won in them."""


@dataclass(frozen=True, slots=True)
class Costs:
    """By segment and for all: `to_win` an account, `to_keep` one for a month, in minor units; missing: not told."""

    to_win: dict[str, float]
    to_keep: dict[str, float]
    notices: tuple[str, ...] = ()


def costs(facts: Facts, who: pl.DataFrame, won: pl.DataFrame, here: pl.Series, as_of: int, currency: str) -> Costs:
    """`won`: account_id, day on which each began; `here`: accounts that are customers now.

    A cost without a segment belongs to all. Costs in another currency are counted in the notices and left out.
    """
    if not facts.has("costs"):
        return Costs({}, {})
    rows = _known(facts, as_of)
    own = rows.filter(pl.col("currency") == currency)
    began = won.join(who, on="account_id").with_columns(pl.col("day").cast(pl.Date).dt.truncate("1mo").alias("month"))
    here_by = who.filter(pl.col("account_id").is_in(here.implode()))
    to_win = dict(_each(own.filter(kind="acquisition"), began))
    to_keep = dict(_monthly(own.filter(kind="serving"), here_by))
    return Costs(to_win, to_keep, tuple(_notices(rows, own, who)))


def _known(facts: Facts, as_of: int) -> pl.DataFrame:
    """Of the last whole months before `as_of`: segment (null: of all), month, kind, amount_minor, currency."""
    end = from_day(as_of).replace(day=1)
    known = pl.col("superseded_day").is_null() & (pl.col("received_day").fill_null(as_of - 1) < as_of)
    rows = facts.scan("costs").filter(known).collect()
    lacking = [pl.lit(None, dtype=pl.String).alias(name) for name in ("segment", "kind") if name not in rows.columns]
    month = pl.col("month_on").cast(pl.Date).dt.truncate("1mo").alias("month")
    within = (pl.col("month") < end) & (pl.col("month") >= pl.lit(end).dt.offset_by(f"-{MONTHS}mo"))
    return rows.with_columns(month, *lacking).filter(within)


def _each(spent: pl.DataFrame, began: pl.DataFrame) -> Iterator[tuple[str, float]]:
    """Cost ÷ accounts that began in the months that have a cost."""
    for segment, part in _segments(spent):
        of = began if segment == ALL else began.filter(segment=segment)
        number = of.filter(pl.col("month").is_in(part["month"].unique().implode())).height
        if number:
            yield segment, float(part["amount_minor"].sum()) / number


def _monthly(spent: pl.DataFrame, here: pl.DataFrame) -> Iterator[tuple[str, float]]:
    for segment, part in _segments(spent):
        number = here.height if segment == ALL else here.filter(segment=segment).height
        if number:
            yield segment, float(part["amount_minor"].sum()) / part["month"].n_unique() / number


def _segments(spent: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    if spent.height:
        yield ALL, spent
    for (segment,), part in spent.filter(pl.col("segment").is_not_null()).group_by("segment", maintain_order=True):
        if segment != ALL:
            yield str(segment), part


def _notices(rows: pl.DataFrame, own: pl.DataFrame, who: pl.DataFrame) -> Iterator[str]:
    if rows.height > own.height:
        yield f"{rows.height - own.height:,} costs are in another currency than the workspace's and are left out."
    unknown = set(own["segment"].drop_nulls()) - set(who["segment"]) - {ALL}
    if unknown:
        yield f"Costs name segments that no account is in: {', '.join(sorted(unknown))}."
