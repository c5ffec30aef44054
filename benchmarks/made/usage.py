"""What the made customers do: events, account after account and in time order, in slices that fit in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
from polars.io.plugins import register_io_source

from benchmarks.made.customers import DAY_US, Customers, Ints, chance
from benchmarks.made.landing import landed_rows
from sabai.store.delta import ROW_GROUP

NAMES = ("login", "view", "search", "create", "edit", "export", "share", "report", "api", "invite", "comment", "admin")
OFTEN = (0.20, 0.25, 0.12, 0.09, 0.09, 0.04, 0.04, 0.05, 0.06, 0.01, 0.03, 0.02)
SLICE = 1_000_000  # events
EVENTS_A_CONTACT, MOST_CONTACTS = 60, 200
LATE, LATE_DAYS = 0.01, 20  # share of events that arrive up to that many days after they happened


def write_events(customers: Customers, events: int, seed: int, folder: Path) -> None:
    """`events.parquet`, written while it is made."""
    counts = np.floor(customers.share * events).astype(np.int64)
    counts[0] += events - counts.sum()
    schema = next(_slices(customers, counts, seed)).schema

    def source(*_: object) -> Iterator[pl.DataFrame]:
        return _slices(customers, counts, seed)

    made = register_io_source(source, schema=schema)
    made.sink_parquet(folder / "events.parquet", compression="zstd", row_group_size=ROW_GROUP, maintain_order=True)


def _slices(customers: Customers, counts: Ints, seed: int) -> Iterator[pl.DataFrame]:
    rng = chance(seed, "events")
    crowd = np.clip(counts // EVENTS_A_CONTACT, 1, MOST_CONTACTS)
    total, contacts = np.cumsum(counts), np.cumsum(crowd) - crowd
    first = 0
    while first < len(counts):
        done = int(total[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(total, done + SLICE, side="right")))
        place = np.repeat(np.arange(first, last), counts[first:last])
        contact = contacts[place] + (rng.random(len(place)) ** 2 * crowd[place]).astype(np.int64)
        yield landed_rows(_events(customers, place, contact, rng), "events", done)
        first = last


def _events(customers: Customers, place: Ints, contact: Ints, rng: np.random.Generator) -> pl.DataFrame:
    """The rows of a slice; `place` (ascending) and `contact` say who did each."""
    at = customers.instants(place, rng, growth=0.8)
    at = at[np.lexsort((at, place))]
    late = np.where(rng.random(len(place)) < LATE, rng.integers(1, LATE_DAYS, len(place)), 0)
    return pl.DataFrame(
        {
            "account_id": customers.ids.gather(place),
            "contact_id": pl.Series(contact).cast(pl.String),
            "name": pl.Series(NAMES).gather(rng.choice(len(NAMES), len(place), p=OFTEN)),
            "occurred_at": pl.Series(at).cast(pl.Datetime("us", "UTC")),
            "value": np.round(rng.gamma(2.0, 5.0, len(place)), 2),
            "received_at": pl.Series(at + late * DAY_US).cast(pl.Datetime("us", "UTC")),
        }
    )
