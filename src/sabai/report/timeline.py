"""What happened at an account, newest first, as known at the page's as-of date: the facts behind the numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from sabai.facts.landed import Facts
from sabai.health.revenue import known_at

EACH = 5  # of one table
SHOWN = 14  # of an account
RECENT_DAYS = 28
NAMES = 8


@dataclass(frozen=True, slots=True)
class Happening:
    """One fact in time. `said` holds the columns of its table that a person would want to read; None is unknown."""

    day: int
    table: str
    said: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`names` says how often each event happened in the last RECENT_DAYS, the commonest first."""

    happenings: tuple[Happening, ...] = ()
    names: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """How one fact table enters the timeline: by which day, and with which columns."""

    day: str
    columns: tuple[str, ...] = ()
    later: Mapping[str, str] = field(default_factory=dict)  # column -> its day, hidden where that day was still to come


TOLD: Mapping[str, Told] = {
    "subscriptions": Told("starts_day", ("product", "recurring_minor", "ends_day"), {"ends_day": "ends_day"}),
    "dues": Told(
        "issued_day",
        ("base_minor", "due_day", "settled_day", "days_late"),
        {"settled_day": "settled_day", "days_late": "settled_day"},
    ),
    "tickets": Told("opened_day", ("topic", "severity", "channel", "resolved_day"), {"resolved_day": "resolved_day"}),
    "responses": Told("answered_day", ("kind", "score", "scale_max", "comment")),
    "touchpoints": Told("occurred_day", ("channel", "direction", "user", "note")),
    "advocacy": Told("occurred_day", ("kind",)),
    "pulses": Told("occurred_day", ("user", "rating", "note")),
    "churn": Told("effective_day", ("reason",)),
}


def timelines(facts: Facts, accounts: Sequence[str], as_of: int) -> Mapping[str, Timeline]:
    """The timeline of each account that has any; one pass over each fact table."""
    happenings: dict[str, list[Happening]] = defaultdict(list)
    for table, told in TOLD.items():
        for row in _latest(facts, table, told, accounts, as_of):
            account, day = str(row.pop("account_id")), int(str(row.pop(DAY)))
            happenings[account].append(Happening(day, table, row))
    names = _event_names(facts, accounts, as_of)
    return {
        account: Timeline(_newest(happenings[account]), names.get(account, ())) for account in {*happenings, *names}
    }


DAY = "day of the happening"


def _newest(found: Sequence[Happening]) -> tuple[Happening, ...]:
    return tuple(sorted(found, key=lambda happening: -happening.day)[:SHOWN])


def _latest(facts: Facts, table: str, told: Told, accounts: Sequence[str], as_of: int) -> list[dict[str, object]]:
    if not facts.has(table):
        return []
    rows = facts.scan(table)
    there = set(rows.collect_schema().names())
    if told.day not in there:
        return []
    known = rows.filter(known_at(as_of), pl.col("account_id").is_in(accounts), pl.col(told.day) < as_of)
    latest = (
        known.sort(told.day, descending=True, maintain_order=True)
        .group_by("account_id", maintain_order=True)
        .head(EACH)
    )
    said = [_as_known(column, told, as_of) for column in told.columns if column in there]
    return latest.select("account_id", pl.col(told.day).alias(DAY), *said).collect().to_dicts()


def _as_known(column: str, told: Told, as_of: int) -> pl.Expr:
    """An export without history tells how things ended; before they ended, nobody knew."""
    if column not in told.later:
        return pl.col(column)
    return pl.when(pl.col(told.later[column]) < as_of).then(pl.col(column)).alias(column)


def _event_names(facts: Facts, accounts: Sequence[str], as_of: int) -> dict[str, tuple[tuple[str, int], ...]]:
    if not facts.has("events"):
        return {}
    day = pl.col("occurred_day")
    recent = facts.scan("events").filter(
        known_at(as_of), day < as_of, day >= as_of - RECENT_DAYS, pl.col("account_id").is_in(accounts)
    )
    counted = recent.group_by("account_id", "name").len().sort("len", "name", descending=[True, False])
    names: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for account, name, count in counted.collect().iter_rows():
        names[account].append((name, count))
    return {account: tuple(counts[:NAMES]) for account, counts in names.items()}
