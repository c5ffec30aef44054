"""What happened at each account, newest first, as known at the as-of date: the report's timeline, and more of it.

Events are rolled up: one happening a week, on the last day of it that had any, whose `said` has `count` (all of them)
and `names` (the commonest, each with how often).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import polars as pl

from sabai.desk.scoring.story import Happening
from sabai.desk.scoring.telling.known import Known, complete
from sabai.report.timeline import DAY, NAMES, RECENT_DAYS, TOLD, Told

SHOWN = 200  # of an account
EACH = 40  # of one table
WEEKS = 26
WEEK_NAMES = 5
MORE: Mapping[str, Told] = {
    "goals": Told("agreed_day", ("kind", "text", "due_day", "met_day"), {"met_day": "met_day"}),
    "returns": Told("occurred_day", ("gained_base_minor", "cost_base_minor", "note")),
    "payments": Told("occurred_day", ("kind", "base_minor", "invoice_id")),
}
TOUCHES = ("reminder", "failed attempt", "failed_attempt", "failed")
"""Kinds of payments that a timeline tells of: those that paid something stand in the lines of what was due."""

Happenings = Mapping[str, tuple[Happening, ...]]
Names = Mapping[str, tuple[tuple[str, int], ...]]


def happenings(known: Known) -> Happenings:
    """Those of each account that has any."""
    found: dict[str, list[Happening]] = defaultdict(list)
    for table, told in {**TOLD, **MORE}.items():
        for account, day, said in _latest(known, table, told):
            found[account].append(Happening(day, table, said))
    for account, day, said in _weeks(known):
        found[account].append(Happening(day, "events", said))
    return {account: tuple(sorted(each, key=lambda one: -one.day)[:SHOWN]) for account, each in found.items()}


def event_names(known: Known) -> Names:
    """How often each event happened at each account in the last RECENT_DAYS, the commonest first."""
    if not known.facts.has("events"):
        return {}
    day = pl.col("occurred_day")
    recent = known.scan("events").filter(day < known.as_of, day >= known.as_of - RECENT_DAYS)
    counted = recent.group_by("account_id", "name").len().sort("len", "name", descending=[True, False]).collect()
    names: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for account, name, count in counted.iter_rows():
        names[account].append((name, count))
    return {account: tuple(counts[:NAMES]) for account, counts in names.items()}


def _latest(known: Known, table: str, told: Told) -> Iterator[tuple[str, int, dict[str, object]]]:
    columns = dict.fromkeys(("account_id", told.day, *told.columns, *told.later.values()))
    if not known.facts.has(table) or told.day not in known.scan(table).collect_schema().names():
        return
    rows = complete(known.scan(table), table, tuple(columns)).filter(pl.col(told.day) < known.as_of)
    if table == "payments":
        rows = rows.filter(pl.col("kind").str.to_lowercase().is_in(TOUCHES))
    hidden = [
        pl.when(pl.col(day) < known.as_of).then(pl.col(column)).alias(column) for column, day in told.later.items()
    ]
    latest = rows.sort(told.day, descending=True, maintain_order=True).group_by("account_id", maintain_order=True)
    said = latest.head(EACH).with_columns(pl.col(told.day).alias(DAY), *hidden)
    for row in said.select("account_id", DAY, *told.columns).collect().iter_rows(named=True):
        yield row.pop("account_id"), row.pop(DAY), row


def _weeks(known: Known) -> Iterator[tuple[str, int, dict[str, object]]]:
    """Weeks are counted back from the as-of date."""
    if not known.facts.has("events"):
        return
    day = pl.col("occurred_day")
    since = known.scan("events").filter(day < known.as_of, day >= known.as_of - 7 * WEEKS)
    week = ((known.as_of - 1 - day) // 7).alias("week")
    each = since.group_by("account_id", week, "name").agg(pl.len().alias("n"), day.max())
    most = each.sort("n", "name", descending=[True, False]).group_by("account_id", "week", maintain_order=True)
    told = most.agg(pl.col("occurred_day").max(), pl.col("n").sum(), names=pl.struct("name", "n").head(WEEK_NAMES))
    for account, _, last, count, names in told.collect().iter_rows():
        yield account, last, {"count": count, "names": [(each["name"], each["n"]) for each in names]}
