"""A run of accounts, measured: the rows of each stream go through the kernel and come out as metrics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.definitions.model import Definitions, SegmentRule
from sabai.facts.catalogue import TABLES
from sabai.facts.landed import Facts
from sabai.facts.reach import Reach, together
from sabai.facts.runs import Batch
from sabai.metrics.assemble import basic_values, derive
from sabai.metrics.conditions import holds
from sabai.metrics.coverage import FirstDays, collected_for, covered
from sabai.metrics.filters import kinds
from sabai.metrics.grid import Days, Floats, Grid
from sabai.metrics.kernel import NONE, add_up, dates_after
from sabai.metrics.lives import NO_SEGMENT, Lives
from sabai.metrics.plan import Stream, basics, reach, streams
from sabai.metrics.rows import columns_of, rows_of
from sabai.metrics.stages import in_stage, stage_entries
from sabai.metrics.tables import Dates
from sabai.metrics.wishes import needs_count, wishes

Read = Callable[[str], Batch]
"""Brings the batch of a table, by name; an engine's whole part in the matter."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is the same for every run of accounts; `known` and `entries` speak of all accounts."""

    definitions: Definitions
    streams: tuple[Stream, ...]
    collected: Mapping[str, FirstDays]  # for each metric that is no arithmetic on others
    as_of: Days
    after: Dates  # see `kernel.dates_after`
    known: Lives
    entries: pl.DataFrame | None

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The columns to read of each table."""
        wanted: dict[str, list[str]] = {}
        for stream in self.streams:
            wanted.setdefault(stream.table, []).extend(columns_of(stream))
        return {table: tuple(dict.fromkeys(names)) for table, names in wanted.items()}

    def reach(self, table: str) -> Reach | None:
        """The rows that can count; None: all can, as something held or never closed may be old."""
        told = [reach(stream, int(self.as_of[0])) for stream in self.streams if stream.table == table]
        return together([each for each in told if each]) if all(told) else None

    @property
    def cells(self) -> int:
        """Numbers that the grid holds for each account."""
        return len(self.as_of) * len(self.definitions.metrics)


def plan(facts: Facts, definitions: Definitions, as_of: Days, known: Lives) -> Plan:
    needed = streams(definitions.metrics)
    entries = None
    if any(stream.since_stage for stream in needed):
        entries = stage_entries(facts, definitions.stages, known.start, as_of)
    here = tuple(stream for stream in needed if facts.has(stream.table))
    collected = {
        metric.name: collected_for(metric, definitions.sources, facts.first_days)
        for metric in basics(definitions.metrics.values())
    }
    return Plan(definitions, here, collected, as_of, dates_after(as_of), known, entries)


def measure_run(plan: Plan, accounts: Sequence[str], first: int, read: Read) -> Grid:
    """The grid of `accounts`, the run that begins at the account with index `first`."""
    run = slice(first, first + len(accounts))
    start = plan.known.start[run]
    values: dict[str, Floats] = {}
    for stream in plan.streams:
        values |= _stream_values(plan, stream, first, read(stream.table), start)
    for metric in basics(plan.definitions.metrics.values()):
        if metric.name not in values:
            values[metric.name] = np.full(start.shape, np.nan)
    values = derive(plan.definitions.metrics, values)
    segment, segments = _segments(plan, run, values)
    return Grid(
        accounts=tuple(accounts),
        as_of=plan.as_of,
        values=values,
        alive=plan.known.alive[run],
        tenure_days=plan.as_of - start,
        segment=segment,
        segments=segments,
    )


def _stream_values(plan: Plan, stream: Stream, first: int, batch: Batch, start: Floats) -> dict[str, Floats]:
    columns, offsets = batch
    if stream.since_stage and plan.entries is not None:
        columns, offsets = in_stage(stream, columns, offsets, first, plan.entries)
    kind, wanted = kinds(stream.metrics, columns, int(offsets[-1]))
    wish = wishes(stream.metrics, wanted, in_order=stream.start == TABLES[stream.table].time)
    rows = rows_of(stream, columns, offsets, kind, wish.values, wish.keys)
    out = np.full((wish.slot_count, len(offsets) - 1, len(plan.as_of)), NONE, dtype=np.int64)
    out[wish.running] = 0
    add_up(rows, wish.spans, wish.tables, wish.running, int(plan.as_of[0]) - 1, plan.after, out)
    values = {}
    for metric in stream.metrics:
        slot = wish.slots[metric.name]
        cells = out[slot : slot + 1 + needs_count(metric)]
        seen = covered(metric, plan.as_of, start, plan.collected[metric.name])
        values[metric.name] = basic_values(metric, list(cells), plan.as_of, seen)
        if stream.since_stage:
            values[metric.name][~_staged(plan, first, start.shape)] = np.nan
    return values


def _staged(plan: Plan, first: int, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Where a stage had been entered at all: without one there is nothing to count since."""
    inside = np.zeros(shape, dtype=np.bool_)
    assert plan.entries is not None
    here = plan.entries.filter(pl.col("place").is_between(first, first + shape[0] - 1))
    for place, opens, closes in here.select("place", "opens", "closes").iter_rows():
        inside[place - first] |= (plan.as_of > opens) & (plan.as_of <= closes)
    return inside


def _segments(plan: Plan, run: slice, values: Mapping[str, Floats]) -> tuple[Days, tuple[str, ...]]:
    rules = plan.definitions.health.segment_rules
    if not rules:
        return plan.known.segment[run], plan.known.segments
    names = tuple(sorted({NO_SEGMENT, *(rule.name for rule in rules)}))
    segment = np.full(plan.known.start[run].shape, names.index(NO_SEGMENT), dtype=np.int32)
    for rule in reversed(rules):
        segment[_all_hold(rule, values, segment.shape)] = names.index(rule.name)
    return segment, names


def _all_hold(rule: SegmentRule, values: Mapping[str, Floats], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    held = np.ones(shape, dtype=np.bool_)
    for condition in rule.when:
        held &= holds(condition, values)
    return held
