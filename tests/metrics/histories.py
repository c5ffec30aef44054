"""Made histories: small landed facts, and definitions over them, as random as they may get in life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import Phase
from hypothesis import strategies as st

from sabai.definitions.model import (
    Basic,
    Churn,
    ColumnMap,
    Condition,
    Definitions,
    Derived,
    Health,
    Metric,
    SegmentRule,
    Source,
    Stage,
    Where,
)
from sabai.facts.catalogue import TABLES, FactTable
from sabai.facts.landed import Facts
from tests.metrics.landing import Row, Tables, day_columns, define, land

SHRINKING = tuple(phase for phase in Phase if phase is not Phase.explain)  # explaining takes minutes, and says little

FIRST, LAST = 20_000, 20_420  # days on which something happens
ACCOUNTS = ("ant", "bee", "cat")  # facts speak mostly of the ant
WORDS = ("login", "export", "high", "7")
SEEN_PROPERTIES = ("properties.plan", "properties.rows")
MEASURED = tuple(name for name, table in TABLES.items() if table.measures)


@dataclass(frozen=True)
class History:
    tables: Tables
    first_days: Mapping[str, Mapping[str, int | None]]


@contextmanager
def landed(history: History) -> Iterator[Facts]:
    with TemporaryDirectory() as folder:
        yield land(Path(folder), history.tables, ACCOUNTS, first_days=history.first_days)


days = st.one_of(st.integers(FIRST, FIRST + 12), st.integers(FIRST, LAST))  # crowded at first, so that days tie
instants = days.flatmap(lambda day: st.sampled_from((0.0, 0.25, 0.5)).map(lambda part: day + part))
late = st.one_of(st.sampled_from((0, 0, 0, 1, 3)), st.integers(0, 400))
sources = st.sampled_from(("made", "other"))
collected = st.sampled_from((*[FIRST - 900] * 5, FIRST - 30, None)) | st.integers(FIRST - 400, FIRST + 100)
"""The first day of a source; None: its file is missing."""
as_of_dates = st.sets(st.integers(FIRST - 3, LAST + 60) | st.integers(FIRST, FIRST + 15), min_size=1, max_size=6).map(
    sorted
)

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from(WORDS),
    "instant": instants,
    "date": days,
    "number": st.sampled_from((0.1, 0.2, -0.3, 0.0000005, 0.0000015, 2.5)) | st.floats(-1e6, 1e6),
    "integer": st.integers(-(10**9), 10**9),
    "money": st.integers(-(10**9), 10**9),
    "flag": st.booleans(),
    "property": st.sampled_from(("free", "12", "2.5", "-3", "1234567", "")),
}
NUMBERS = st.sampled_from((12.0, 2.5, 1234567.0, 7.0))
LISTED = {
    "text": st.sampled_from((*WORDS, 7.0)),
    "property": NUMBERS | st.sampled_from(("free", "12", "")),
    "flag": st.booleans(),
}
OF_ACCOUNTS: dict[str, st.SearchStrategy[Any]] = {  # mostly customers, so that there is something to tell
    "lifecycle": st.sampled_from((*[None] * 2, *["customer"] * 5, "prospect", "former")),
    "test": st.sampled_from((None, *[False] * 7, True)),
    "started_on": st.none() | st.integers(FIRST - 300, FIRST + 5) | st.just(FIRST - 300) | days,
    "ended_on": st.sampled_from((None, None)) | st.none() | days,
}
TOLD = ("contact_id", "name", "channel", "severity", "kind", "segment", "lifecycle", "test", "auto_renew")
"""Columns that filters, keys and segments look at; every other one that no measure needs stays empty."""


def drawn_columns(table: FactTable) -> dict[str, str]:
    needed = {*table.required, table.time, *TOLD, *day_columns(table).values()}
    needed |= {what.value for what in table.measures.values() if what.value}
    kinds = {column: kind for column, kind in {**table.columns, **table.derived}.items() if column in needed}
    kinds.pop("account_id", None)
    return kinds | (dict.fromkeys(SEEN_PROPERTIES, "property") if "properties" in table.columns else {})


@cache
def contents(name: str) -> st.SearchStrategy[Row]:
    """The columns of one row of a table, without when it was received."""
    table = TABLES[name]
    required = set(table.required) | ({table.time} if name != "accounts" else set())
    drawn = {
        column: VALUES[kind] if column in required else st.none() | VALUES[kind]
        for column, kind in drawn_columns(table).items()
    }
    drawn |= OF_ACCOUNTS if name == "accounts" else {}
    return st.fixed_dictionaries({"account_id": st.sampled_from(("ant", "ant", *ACCOUNTS)), **drawn})


@cache
def versions(name: str) -> st.SearchStrategy[list[Row]]:
    """One happening, or one thing as it was told several times: each version supersedes the one before."""
    table = TABLES[name]
    told = st.lists(st.tuples(contents(name), late), min_size=1, max_size=3 if table.kind == "thing" else 1)
    return st.builds(_received, st.just(table.time), told, sources)


def _received(time: str, told: Sequence[tuple[Row, int]], source: str) -> list[Row]:
    received = sorted((row.get(time) or FIRST) + wait for row, wait in told)
    superseded = [*(int(when // 1) for when in received[1:]), None]
    return [
        {**row, "source": source, "received_at": when, "superseded_day": until}
        for (row, _), when, until in zip(told, received, superseded, strict=True)
    ]


@st.composite
def histories(draw: st.DrawFn, names: Sequence[str] = ()) -> History:
    """Some tables, always accounts and events, and `names`; rows tie, come late, end at once, and change account."""
    chosen = {"accounts", "events", *names, *draw(st.sets(st.sampled_from(MEASURED), max_size=3))}
    tables: dict[str, list[Row]] = {}
    for name in sorted(chosen - {"accounts"}):
        count = draw(st.sampled_from((0, 2, 4, 9) if name == "events" else (0, 1, 3, 5)))
        tables[name] = [{**row, "key": f"k{i}"} for i in range(count) for row in draw(versions(name))]
    present = draw(st.sets(st.sampled_from(ACCOUNTS), min_size=1))
    tables["accounts"] = [
        {**row, "account_id": name, "key": name, "source": source}
        for name in sorted(present)
        for source in draw(st.sampled_from((("crm",), ("crm",), ("billing", "crm"))))
        for row in draw(versions("accounts"))
    ]
    first_days = {name: draw(st.dictionaries(sources, collected, max_size=2)) for name in sorted(tables)}
    return History(tables, first_days)


# Random definitions ----------------------------------------------------------------------------------------------


@cache
def filters(name: str) -> st.SearchStrategy[tuple[Where, ...]]:
    table = TABLES[name]
    columns = {column: kind for column, kind in drawn_columns(table).items() if kind not in ("instant", "date")}
    columns |= {"properties.never_seen": "property"} if "properties" in table.columns else {}
    return st.lists(st.one_of([_filter(*column) for column in columns.items()]), min_size=1, max_size=2).map(tuple)


def _filter(column: str, kind: str) -> st.SearchStrategy[Where]:
    of = st.just(column)
    limits = st.tuples(st.sampled_from((-3.0, 0.0, 0.1, 2.5, 12.0)))
    ordered = st.builds(Where, of, st.sampled_from((">", ">=", "<", "<=")), limits)
    listed = st.lists(LISTED.get(kind, NUMBERS), min_size=1, max_size=3).map(tuple)
    among = st.builds(Where, of, st.sampled_from(("in", "in", "not in")), listed)
    known = st.builds(Where, of, st.sampled_from(("known", "unknown")))
    return st.one_of(among, known) if kind in ("text", "flag") else st.one_of(among, ordered, known)


def ways(table: FactTable, measure: str) -> list[tuple[str, str | None]]:
    """Every (how, key) that makes sense for a measure."""
    what = table.measures[measure]
    plain = ["count", "days_since"]
    plain += ["sum", "min", "max", "last", "mean"] if what.value else []
    plain += ["held"] if what.end else []
    keys = {"day": None, "contact": "contact_id", "name": "name"}
    told = [key for key, column in keys.items() if column is None or column in table.columns]
    return [*((how, None) for how in plain), *(("distinct", key) for key in told)]


@cache
def basics(name: str) -> st.SearchStrategy[Basic]:
    """Metrics, all called "?", over one table."""
    table = TABLES[name]
    kinds = [(measure, *way) for measure in table.measures for way in ways(table, measure)]
    return st.builds(
        lambda kind, **rest: Basic("?", kind[1], name, kind[0], kind[2], **rest),
        st.sampled_from(kinds),
        where=st.just(()) | st.just(()) | filters(name),
        window_days=st.none() | st.integers(1, 20) | st.integers(1, 400),
        since_stage=st.sampled_from((*[False] * 7, True)),
        shift_days=st.just(0) | st.integers(1, 40),
        missing=st.none() | st.sampled_from((0.0, -1.0, 7.5)),
    )


@st.composite
def deriveds(draw: st.DrawFn, names: Sequence[str], name: str) -> Derived:
    how = draw(st.sampled_from(("ratio", "change", "difference", "slope")))
    count = draw(st.integers(2, 5)) if how == "slope" else 2
    return Derived(name, how, tuple(draw(st.sampled_from(names)) for _ in range(count)))


@st.composite
def definitions(draw: st.DrawFn, history: History) -> Definitions:
    """Up to eight metrics, stages, churn and segments over the tables of a history (and one that never came)."""
    tables = [*sorted(history.tables), draw(st.sampled_from(MEASURED))]
    drawn = [draw(basics(draw(st.sampled_from(tables)))) for _ in range(draw(st.integers(1, 5)))]
    metrics: list[Metric] = [replace(metric, name=f"m{i}") for i, metric in enumerate(drawn)]
    for i in range(draw(st.integers(0, 3))):
        metrics.append(draw(deriveds([metric.name for metric in metrics], f"d{i}")))
    stages = st.lists(st.builds(Stage, st.just("stage"), st.none() | st.sampled_from(WORDS)), max_size=3)
    churn = st.builds(Churn, st.sampled_from(("churn", "subscriptions")), st.sampled_from((0, 30)))
    drawn = define(*metrics, health=draw(healths(metrics)), stages=draw(stages), churn=draw(churn))
    return replace(drawn, sources=draw(st.dictionaries(sources, st.builds(_writing, st.sampled_from(WORDS)))))


def _writing(name: str) -> Source:
    """A source that writes one name into every row."""
    return Source("made", ("made.csv",), "events", {"name": ColumnMap(value=name)})


@st.composite
def healths(draw: st.DrawFn, metrics: Sequence[Metric]) -> Health:
    columns = draw(st.lists(st.sampled_from(("segment", "lifecycle", "properties.plan", "country")), max_size=2))
    conditions = st.builds(
        Condition,
        st.sampled_from([metric.name for metric in metrics]),
        st.sampled_from((">", ">=", "<", "<=", "==", "!=")),
        st.sampled_from((0.0, 1.0, 2.0)),
    )
    rules = st.builds(
        SegmentRule, st.sampled_from(("small", "large", "rest")), st.lists(conditions, max_size=2).map(tuple)
    )
    return Health((), (), segments=tuple(columns), segment_rules=tuple(draw(st.lists(rules, max_size=2))))
