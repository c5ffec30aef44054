"""Stray dates: a few happenings long before all others. History begins after them, and they stay facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import polars as pl

from sabai.dates import from_day
from sabai.definitions.model import Source
from sabai.errors import Issue
from sabai.facts.catalogue import TABLES, FactTable
from sabai.facts.landed import Facts, known_on

Landed = TypeVar("Landed", bound=Facts)

EMPTY_DAYS = 365
"""Days on which nothing at all happened, between strays and the others."""
AMONG = 100
"""One of so many happenings may be a stray."""
MOST_NAMED = 5
_SAME_DAYS = {"payments": ("payments", "dues")}  # nothing comes in for dues, which are collected with them


@dataclass(frozen=True, slots=True)
class Strays:
    """Of one source; `follows` is the first day after them on which anything of it was known."""

    table: str
    source: str
    keys: tuple[str, ...]
    days: tuple[int, ...]
    follows: int


def without_strays(facts: Landed, sources: Mapping[str, Source]) -> Landed:
    """The same facts with first days after their strays, and a notice for each source that has some.

    Strays are the happenings, one in AMONG at most, that an empty year parts from all later ones. Every row stays, and
    whatever looks so far back sees it. A source that states `since` has been asked already, and is left alone.
    """
    counted = _by_day(facts)
    begins = _begin(counted)
    if begins is None:
        return facts
    asked = {source.name for source in sources.values() if source.since}
    found = [each for table in happenings(facts) for each in _strays(facts, table, begins) if each.source not in asked]
    first_days = {table: dict(days) for table, days in facts.first_days.items()}
    for each in found:
        for table in _SAME_DAYS.get(each.table, (each.table,)):
            first_days[table][each.source] = max(each.follows, first_days[table][each.source] or 0)
    total = int(counted["len"].sum())
    return replace(
        facts, first_days=first_days, issues=(*facts.issues, *(strayed(each, total, begins) for each in found))
    )


def happenings(facts: Facts) -> list[FactTable]:
    """The tables of what happened to accounts, of which something has landed."""
    return [
        table
        for table in TABLES.values()
        if table.kind == "happening" and "account_id" in table.columns and table.name in facts.first_days
    ]


def _by_day(facts: Facts) -> pl.DataFrame:
    """day, len: how many happenings of all tables became known on each day, ascending."""
    counts = [facts.by_day(table.name) for table in happenings(facts) if facts.has(table.name)]
    none = pl.LazyFrame(schema={"day": pl.Int32, "len": pl.UInt32})
    return pl.concat([none, *counts]).group_by("day").agg(pl.col("len").sum()).sort("day").collect()


def _begin(counted: pl.DataFrame) -> int | None:
    """The day after the last empty year that has so few happenings before it; None where there is none.

    >>> _begin(pl.DataFrame({"day": [0, 400, 401], "len": [1, 90, 9]}))
    400
    >>> _begin(pl.DataFrame({"day": [0, 400, 401], "len": [2, 90, 9]}))
    """
    empty = pl.col("day") - pl.col("day").shift(1) > EMPTY_DAYS
    few = pl.col("len").cum_sum().shift(1) * AMONG <= pl.col("len").sum()
    found = counted.with_columns(pl.col("len").cast(pl.Int64)).filter(empty & few)["day"]
    return int(found[-1]) if len(found) else None


def _strays(facts: Facts, table: FactTable, begins: int) -> Iterator[Strays]:
    """Those of each source that counts as collected since before the day `begins`."""
    if not facts.has(table.name):
        return
    early = pl.col("day") < begins
    rows = known_on(facts.scan(table.name), table).select("source", "key", "day")
    strays = rows.filter(early).sort("day", "key").group_by("source", maintain_order=True).agg("key", "day")
    later = rows.filter(~early).group_by("source").agg(pl.col("day").min().alias("follows"))
    told = strays.join(later, on="source", how="left").with_columns(pl.col("follows").fill_null(begins))
    for source, keys, days, follows in told.sort("source").collect().iter_rows():
        first = facts.first_days[table.name].get(source)
        if first is not None and first < begins:
            yield Strays(table.name, source, tuple(keys), tuple(days), follows)


def strayed(strays: Strays, among: int, begins: int) -> Issue:
    """The notice: which rows, among how many happenings, and the day on which history `begins`."""
    named = [f"{key} on {from_day(day)}" for key, day in zip(strays.keys, strays.days, strict=True)][:MOST_NAMED]
    more = [f"{len(strays.keys) - MOST_NAMED:,} more"] if len(strays.keys) > MOST_NAMED else []
    return Issue(
        "FCT-095",
        f"Among {among:,} happenings, strays more than an empty year before all others: {len(strays.keys):,}.",
        f"{strays.table} of {strays.source}: {', '.join([*named, *more])}",
        f"They stay facts, and counts over a lifetime see them. Weeks begin after them, on {from_day(begins)}.",
        f"Correct the date; if it is right, write  since: {from_day(strays.days[0])}  in the source {strays.source}.",
    )
