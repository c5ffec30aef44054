"""Made facts, written as landing writes them: events and everything beside them in a natural proportion.

The same seed gives the same files. A year of a company with 10,000 customers looks like 5 million events.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from sabai.dates import NEVER, from_day, to_day
from sabai.facts.landed import Facts, Tally

FIRST, DAYS = 19_358, 730  # two years from 2023-01-01
NAMES = ("login", "view", "search", "create", "edit", "export", "share", "report", "api", "invite", "comment", "admin")
OFTEN = np.array([20, 25, 12, 9, 9, 4, 4, 5, 6, 1, 3, 2], dtype=float)
ROW_GROUP = 131_072
DAY_US = 86_400_000_000


def make_facts(folder: Path, events: int, accounts: int, seed: int = 7) -> Facts:
    """Facts of `accounts` accounts with `events` events over two years; made once, then found again."""
    ids = tuple(f"a{number:07d}" for number in range(accounts))
    if not (folder / "done").exists():
        folder.mkdir(parents=True, exist_ok=True)
        rng = np.random.default_rng(seed)
        starts = FIRST + rng.integers(-300, DAYS // 2, accounts)
        _write_accounts(folder, ids, starts, rng)
        _write_events(folder, ids, starts, events, rng)
        for table in (_tickets, _subscriptions, _dues, _responses, _touchpoints):
            table(folder, ids, starts, rng)
        (folder / "done").touch()
    tables = ("accounts", "events", "tickets", "subscriptions", "dues", "responses", "touchpoints")
    tallies = tuple(Tally(table, 0, 0, 0, 0, 0, 0, 0) for table in tables)
    return Facts(folder, ids, tallies, dict.fromkeys(tables, FIRST))


def _write(frame: pl.DataFrame, folder: Path, table: str) -> None:
    frame.write_parquet(folder / f"{table}.parquet", compression="zstd", compression_level=1, row_group_size=ROW_GROUP)


def _instants(days: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return (days * DAY_US + rng.integers(0, DAY_US, len(days))).astype("datetime64[us]")


def _write_accounts(folder: Path, ids: tuple[str, ...], starts: np.ndarray, rng: np.random.Generator) -> None:
    plans = np.array(["basic", "team", "business"])[rng.integers(0, 3, len(ids))]
    frame = pl.DataFrame({"account_id": ids, "name": ids, "started_day": starts.astype(np.int32)}).with_columns(
        pl.Series("properties.plan", plans), lifecycle=pl.lit("customer"), test=pl.lit(False),
        started_on=pl.col("started_day").cast(pl.Date), ended_day=pl.lit(None, pl.Int32), source=pl.lit("crm"),
        key=pl.col("account_id"), received_at=pl.col("started_day").cast(pl.Date).cast(pl.Datetime("us", "UTC")),
        received_day=pl.col("started_day"), superseded_day=pl.lit(None, pl.Int32), received_assumed=pl.lit(True),
    )  # fmt: skip
    _write(frame, folder, "accounts")


def _write_events(
    folder: Path, ids: tuple[str, ...], starts: np.ndarray, events: int, rng: np.random.Generator
) -> None:
    """Account after account and day after day, written in slices so that a billion would fit in memory too."""
    import pyarrow.parquet as pq

    share = rng.pareto(1.6, len(ids)) + 0.2
    counts = np.floor(share / share.sum() * events).astype(np.int64)
    counts[0] += events - counts.sum()
    writer, people = None, 0
    for first in range(0, len(ids), 2_000):
        frame, people = _events_of(ids, starts, counts, slice(first, first + 2_000), people, rng)
        table = frame.to_arrow()
        writer = writer or pq.ParquetWriter(folder / "events.parquet", table.schema, compression="zstd", compression_level=1)
        writer.write_table(table, row_group_size=ROW_GROUP)
    assert writer is not None
    writer.close()


def _events_of(ids, starts, counts, run, people, rng):  # type: ignore[no-untyped-def]
    place = np.repeat(np.arange(len(ids))[run], counts[run])
    begin = np.maximum(starts[place], FIRST)
    day = begin + (rng.random(len(place)) ** 0.8 * (FIRST + DAYS - begin)).astype(np.int64)
    order = np.lexsort((day, place))
    place, day = place[order], day[order]
    crowd = np.maximum(1, np.minimum(200, counts // 60))
    contact = people + np.concatenate([[0], np.cumsum(crowd)])[place] + (rng.random(len(place)) * crowd[place]).astype(int)
    late = np.where(rng.random(len(place)) < 0.01, rng.integers(1, 20, len(place)), 0)
    name = rng.choice(len(NAMES), len(place), p=OFTEN / OFTEN.sum())
    frame = pl.DataFrame({
        "account_id": pl.Series(place.astype(np.uint32)).replace_strict(range(len(ids)), ids, return_dtype=pl.String)
        if len(ids) < 20_000 else pl.Series(np.array(ids)[place]),
        "contact_id": pl.Series(contact).cast(pl.String), "name": np.array(NAMES)[name],
        "occurred_at": pl.Series(np.sort(_instants(day, rng).view("i8")) if False else (day * DAY_US)).cast(pl.Datetime("us", "UTC")),
        "value": np.round(rng.gamma(2.0, 5.0, len(place)), 2), "occurred_day": day.astype(np.int32),
        "received_day": (day + late).astype(np.int32),
    })  # fmt: skip
    return frame, 0


def _thing(ids, place, own, columns, folder, table):  # type: ignore[no-untyped-def]
    order = np.lexsort((own, place))
    frame = pl.DataFrame({name: np.asarray(column)[order] for name, column in columns.items()})
    days = [name for name in columns if name.endswith("_day")]
    frame = frame.with_columns(
        [pl.col(name).replace(NEVER, None).cast(pl.Int32) for name in days]
        + [pl.Series("account_id", np.array(ids)[place][order])]
        + [pl.Series("received_day", own[order].astype(np.int32)), pl.lit(None, pl.Int32).alias("superseded_day"),
           pl.lit(table).alias("source"), pl.int_range(pl.len()).cast(pl.String).alias("key")]
    )  # fmt: skip
    _write(frame, folder, table)


def _days_of(ids, starts, each, rng):  # type: ignore[no-untyped-def]
    place = np.repeat(np.arange(len(ids)), rng.poisson(each, len(ids)))
    begin = np.maximum(starts[place], FIRST)
    return place, begin + (rng.random(len(place)) * (FIRST + DAYS - begin)).astype(np.int64)


def _tickets(folder, ids, starts, rng):  # type: ignore[no-untyped-def]
    place, day = _days_of(ids, starts, 40, rng)
    reply, open_days = rng.integers(600, 200_000, len(place)), rng.integers(0, 30, len(place))
    _thing(ids, place, day, {
        "opened_day": day, "first_response_day": day + reply // 86_400, "resolved_day": day + open_days,
        "severity": np.array(["low", "normal", "high", "urgent"])[rng.integers(0, 4, len(place))],
        "topic": np.array(["bug", "billing", "how to", "request"])[rng.integers(0, 4, len(place))],
        "satisfaction": rng.integers(1, 6, len(place)).astype(float), "first_reply_seconds": reply,
        "resolution_seconds": open_days * 86_400 + reply,
    }, folder, "tickets")  # fmt: skip


def _subscriptions(folder, ids, starts, rng):  # type: ignore[no-untyped-def]
    place = np.repeat(np.arange(len(ids)), rng.integers(1, 4, len(ids)))
    day = np.maximum(starts[place], FIRST) + rng.integers(0, 200, len(place))
    end = np.where(rng.random(len(place)) < 0.7, NEVER, day + rng.integers(30, 600, len(place)))
    _thing(ids, place, day, {
        "starts_day": day, "ends_day": end, "seats": rng.integers(1, 200, len(place)).astype(float),
        "recurring_minor": rng.integers(10, 5000, len(place)) * 100,
    }, folder, "subscriptions")  # fmt: skip


def _dues(folder, ids, starts, rng):  # type: ignore[no-untyped-def]
    place, day = _days_of(ids, starts, 20, rng)
    late = rng.integers(-10, 60, len(place))
    paid = np.where(rng.random(len(place)) < 0.95, day + 30 + late, NEVER)
    _thing(ids, place, day, {
        "issued_day": day, "due_day": day + 30, "settled_day": paid, "closes_day": paid, "days_late": late,
        "base_minor": rng.integers(10, 5000, len(place)) * 100,
    }, folder, "dues")  # fmt: skip


def _responses(folder, ids, starts, rng):  # type: ignore[no-untyped-def]
    place, day = _days_of(ids, starts, 10, rng)
    answered = np.where(rng.random(len(place)) < 0.4, day + rng.integers(0, 14, len(place)), NEVER)
    _thing(ids, place, day, {
        "asked_day": day, "answered_day": answered, "score": rng.integers(0, 11, len(place)).astype(float),
        "kind": np.array(["nps", "csat"])[rng.integers(0, 2, len(place))],
    }, folder, "responses")  # fmt: skip


def _touchpoints(folder, ids, starts, rng):  # type: ignore[no-untyped-def]
    place, day = _days_of(ids, starts, 30, rng)
    _thing(ids, place, day, {
        "occurred_day": day, "direction": np.array(["in", "out"])[rng.integers(0, 2, len(place))],
        "channel": np.array(["mail", "meeting", "chat"])[rng.integers(0, 3, len(place))],
        "satisfaction": rng.integers(1, 6, len(place)).astype(float),
    }, folder, "touchpoints")  # fmt: skip
