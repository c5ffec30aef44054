"""The journey: when an account's current stage began, and facts counted only since then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from sabai.dates import NEVER
from sabai.definitions.model import Stage
from sabai.facts.catalogue import day_column
from sabai.facts.landed import Facts
from sabai.metrics.grid import Days, Floats
from sabai.metrics.plan import Stream
from sabai.metrics.tables import Ints

ENTRIES = {"place": pl.Int64, "stage": pl.Int64, "began": pl.Int64, "opens": pl.Int64, "closes": pl.Int64}


def stage_entries(facts: Facts, stages: Sequence[Stage], start: Floats, as_of: Days) -> pl.DataFrame:
    """Which stage an account was in: one row for each span of as-of dates over which nothing about it changed.

    place: index of the account; began: the day on which the stage began; (opens, closes]: the as-of dates.
    """
    began = np.full((len(stages), *start.shape), NEVER, dtype=np.int64)
    for index, stage in enumerate(stages):
        began[index] = _started(start, as_of) if stage.event is None else _first(facts, stage.event, as_of)
    return _spans(_current(began), as_of)


def _started(start: Floats, as_of: Days) -> NDArray[np.int64]:
    return np.where(start < as_of, np.nan_to_num(start, nan=NEVER), NEVER).astype(np.int64)


def _first(facts: Facts, event: str, as_of: Days) -> NDArray[np.int64]:
    """The first day of that event among those known at each as-of date."""
    first = np.full((len(facts.account_ids), len(as_of) + 1), NEVER, dtype=np.int64)
    if facts.has("events"):
        seen = facts.scan("events").filter(pl.col("name") == event)
        rows = seen.select(
            "account_id", "occurred_day", known=pl.max_horizontal("occurred_day", "received_day")
        ).collect()
        places = {account: place for place, account in enumerate(facts.account_ids)}
        place = np.array([places[account] for account in rows["account_id"]], dtype=np.int64)
        lo = np.searchsorted(as_of, rows["known"].to_numpy(), side="right")
        np.minimum.at(first, (place, lo), rows["occurred_day"].to_numpy())
    return np.minimum.accumulate(first, axis=1)[:, :-1]


def _current(began: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Index of the furthest stage entered (-1: none) and when it began."""
    current = np.full(began.shape[1:], -1, dtype=np.int64)
    day = np.full(began.shape[1:], NEVER, dtype=np.int64)
    for index, entered in enumerate(began):
        current = np.where(entered != NEVER, index, current)
        day = np.where(entered != NEVER, entered, day)
    return current, day


def _spans(stage_and_day: tuple[NDArray[np.int64], NDArray[np.int64]], as_of: Days) -> pl.DataFrame:
    stage, day = stage_and_day
    changed = np.ones(stage.shape, dtype=np.bool_)
    changed[:, 1:] = (stage[:, 1:] != stage[:, :-1]) | (day[:, 1:] != day[:, :-1])
    place, first = np.nonzero(changed)
    same_account = np.append(place[1:] == place[:-1], False)
    last = np.where(same_account, np.append(first[1:], 0), len(as_of)) - 1
    spans = pl.DataFrame(
        {"place": place, "stage": stage[place, first], "began": day[place, first],
         "opens": as_of[first].astype(np.int64) - 1, "closes": as_of[last]},
        schema_overrides=ENTRIES,
    )  # fmt: skip
    return spans.filter(pl.col("stage") >= 0)


def in_stage(
    stream: Stream, columns: Mapping[str, pa.Array], offsets: Ints, first: int, entries: pl.DataFrame
) -> tuple[dict[str, pa.Array], Ints]:
    """The rows again, once for every stage span in which they count: not before the stage began, nor after it ended.

    A row then opens no sooner than its span and is closed, as if superseded, with it.
    """
    accounts = len(offsets) - 1
    rows = pl.DataFrame(
        {"row": np.arange(offsets[-1]), "place": np.repeat(np.arange(first, first + accounts), np.diff(offsets)),
         "start": columns[day_column(stream.start)], "received": columns["received_day"],
         "superseded": columns.get("superseded_day", pa.nulls(int(offsets[-1]), pa.int32()))}
    )  # fmt: skip
    spans = rows.join(entries, on="place", how="inner").filter(pl.col("start") >= pl.col("began")).sort("row", "opens")
    rows_taken = pa.array(spans["row"].to_numpy())
    taken = {name: column.take(rows_taken) for name, column in columns.items()}
    taken["received_day"] = _days(spans.select(pl.max_horizontal("received", "opens")))
    taken["superseded_day"] = _days(spans.select(pl.min_horizontal(pl.col("superseded").fill_null(NEVER), "closes")))
    counts = np.bincount(spans["place"].to_numpy() - first, minlength=accounts)
    return taken, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _days(frame: pl.DataFrame) -> pa.Array:
    return pa.array(frame.to_series().cast(pl.Int32).to_numpy())
