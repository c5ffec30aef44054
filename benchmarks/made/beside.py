"""What stands beside events: for each account 40 tickets, 20 invoices, 10 survey questions and 30 conversations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from benchmarks.made.customers import DAY_US, NEVER_LEFT, Customers, Ints

INSTANT = pl.Datetime("us", "UTC")
HOUR_US = DAY_US // 24


def tickets(customers: Customers, rng: np.random.Generator) -> pl.DataFrame:
    place = customers.each(40, rng)
    opened = customers.instants(place, rng)
    reply = (rng.exponential(9, len(place)) * HOUR_US).astype(np.int64)
    work = (rng.exponential(72, len(place)) * HOUR_US).astype(np.int64)
    return pl.DataFrame(
        {
            "account_id": customers.ids.gather(place),
            "ticket_id": _numbered("t", place),
            "opened_at": pl.Series(opened).cast(INSTANT),
            "first_response_at": pl.Series(opened + reply).cast(INSTANT),
            "resolved_at": _unless(rng.random(len(place)) < 0.03, pl.Series(opened + reply + work).cast(INSTANT)),
            "severity": _any_of(("low", "normal", "high", "urgent"), (0.3, 0.45, 0.18, 0.07), place, rng),
            "topic": _any_of(("how to", "bug", "billing", "request"), (0.4, 0.3, 0.15, 0.15), place, rng),
            "satisfaction": _unless(rng.random(len(place)) < 0.7, pl.Series(rng.integers(1, 6, len(place)))),
            "first_reply_seconds": reply // 1_000_000,
            "resolution_seconds": (reply + work) // 1_000_000,
        }
    )


def subscriptions(customers: Customers, rng: np.random.Generator) -> pl.DataFrame:
    """One to three for each account, from when it came until it left."""
    place = np.repeat(np.arange(len(customers.ids)), rng.integers(1, 4, len(customers.ids)))
    ends = pl.Series(customers.end[place] * DAY_US).cast(INSTANT)
    return pl.DataFrame(
        {
            "account_id": customers.ids.gather(place),
            "subscription_id": _numbered("s", place),
            "starts_at": pl.Series((customers.start[place] + rng.integers(0, 90, len(place))) * DAY_US).cast(INSTANT),
            "ends_at": _unless(customers.end[place] == NEVER_LEFT, ends),
            "seats": rng.integers(1, 200, len(place)),
            "recurring_minor": rng.integers(10, 5_000, len(place)) * 100,
        }
    )


def dues(customers: Customers, rng: np.random.Generator) -> pl.DataFrame:
    """Most are paid within a month of their due day, some early, one in twenty not yet."""
    place = customers.each(20, rng)
    issued = customers.instants(place, rng) // DAY_US
    late = np.round(rng.normal(3, 9, len(place))).astype(np.int64)
    unpaid = rng.random(len(place)) < 0.05
    settled = _unless(unpaid, _date(issued + 30 + late))
    return pl.DataFrame(
        {
            "account_id": customers.ids.gather(place),
            "invoice_id": _numbered("i", place),
            "part": np.ones(len(place), dtype=np.int64),
            "issued_on": _date(issued),
            "due_on": _date(issued + 30),
            "settled_on": settled,
            "closes_on": settled,
            "base_minor": rng.integers(10, 5_000, len(place)) * 100,
            "days_late": _unless(unpaid, pl.Series(late)),
            "reminded": late > 7,
        }
    )


def responses(customers: Customers, rng: np.random.Generator) -> pl.DataFrame:
    """Two in five are answered, within two weeks."""
    place = customers.each(10, rng)
    asked = customers.instants(place, rng)
    silent = rng.random(len(place)) < 0.6
    answered = pl.Series(asked + rng.integers(0, 14 * DAY_US, len(place))).cast(INSTANT)
    return pl.DataFrame(
        {
            "account_id": customers.ids.gather(place),
            "response_id": _numbered("r", place),
            "kind": _any_of(("nps", "csat"), (0.6, 0.4), place, rng),
            "asked_at": pl.Series(asked).cast(INSTANT),
            "answered_at": _unless(silent, answered),
            "score": _unless(silent, pl.Series(rng.integers(0, 11, len(place)))),
        }
    )


def touchpoints(customers: Customers, rng: np.random.Generator) -> pl.DataFrame:
    place = customers.each(30, rng)
    return pl.DataFrame(
        {
            "account_id": customers.ids.gather(place),
            "touchpoint_id": _numbered("p", place),
            "occurred_at": pl.Series(customers.instants(place, rng)).cast(INSTANT),
            "direction": _any_of(("in", "out"), (0.45, 0.55), place, rng),
            "channel": _any_of(("mail", "meeting", "chat"), (0.6, 0.25, 0.15), place, rng),
        }
    )


def _numbered(letter: str, rows: Ints) -> pl.Series:
    return letter + pl.Series(np.arange(len(rows))).cast(pl.String)


def _any_of(words: Sequence[str], shares: Sequence[float], rows: Ints, rng: np.random.Generator) -> pl.Series:
    return pl.Series(words).gather(rng.choice(len(words), len(rows), p=shares))


def _unless(unknown: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], column: pl.Series) -> pl.Series:
    return column.set(pl.Series(unknown), None)


def _date(days: Ints) -> pl.Series:
    return pl.Series(days).cast(pl.Int32).cast(pl.Date)
