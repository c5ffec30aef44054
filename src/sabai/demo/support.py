"""What the help desk exports: tickets, more and graver ones where support goes badly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from sabai.demo.complaints import REQUESTS, TICKETS, TOPICS
from sabai.demo.crm import contact_id, contacts_of
from sabai.demo.world import World

SEVERITIES = ("Low", "Normal", "High", "Urgent")
CHANNELS = ("mail", "chat", "phone")
_TOPIC_SHARES = (0.2, 0.2, 0.15, 0.2, 0.05, 0.2)
_REPLY_HOURS = (14.0, 8.0, 3.0, 1.0)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Cell = str | datetime | int | None


def tickets(world: World) -> pl.DataFrame:
    """One row for each ticket, in the order in which they were opened; times are UTC without saying so."""
    rng = world.chance("tickets")
    trouble = np.exp(-0.55 * np.clip(world.health("support"), -3, 2))
    size = (world.who.paying * np.sqrt(world.who.seats / 12))[:, None]
    counts = rng.poisson(0.085 * size * trouble * world.present)
    place = np.repeat(np.arange(counts.size), counts.ravel())
    rows = [_ticket(rng, world, *divmod(int(spot), world.calendar.weeks)) for spot in place]
    inside = [row for row in rows if row is not None]
    inside.sort(key=lambda row: (str(row["Opened"]), str(row["Account"])))
    numbered = [{"Ticket": f"T{number + 1:05d}", **row} for number, row in enumerate(inside)]
    return pl.DataFrame(numbered, infer_schema_length=None)


def _ticket(rng: np.random.Generator, world: World, account: int, week: int) -> dict[str, Cell] | None:
    mood = float(world.health("support")[account, week])
    day = world.calendar.first + 7 * week + rng.uniform(0, 7)
    if not world.who.started[account] <= day <= world.last_day(account):
        return None
    grave = int(np.clip(round(1.0 - 0.45 * mood + rng.normal(0, 0.8)), 0, 3))
    opened = (_EPOCH + timedelta(days=float(day))).replace(microsecond=0, tzinfo=None)
    reply = opened + timedelta(hours=float(_REPLY_HOURS[grave] * rng.lognormal(-0.15 * mood, 0.7)))
    solved = reply + timedelta(hours=float(rng.lognormal(2.6 - 0.25 * mood, 1.0)))
    last = _EPOCH.replace(tzinfo=None) + timedelta(days=world.calendar.last + 1)
    rated = solved < last and rng.random() < 0.4
    return _written(rng, world, account, grave, opened) | {
        "First reply": reply.replace(microsecond=0) if reply < last else None,
        "Solved": solved.replace(microsecond=0) if solved < last else None,
        "Rating": int(np.clip(round(3.7 + 0.6 * mood + rng.normal(0, 0.8)), 1, 5)) if rated else None,
    }


def _written(rng: np.random.Generator, world: World, account: int, grave: int, opened: datetime) -> dict[str, Cell]:
    language = world.who.places[account].language
    usual = TOPICS[rng.choice(len(TOPICS), p=_TOPIC_SHARES)]
    topic = "outage" if grave == len(SEVERITIES) - 1 and rng.random() < 0.5 else usual
    return {
        "Account": world.who.ids[account],
        "Contact": contact_id(world, account, int(rng.integers(contacts_of(world, account)))),
        "Opened": opened,
        "Priority": SEVERITIES[grave],
        "Topic": topic,
        "Channel": CHANNELS[rng.choice(3, p=(0.45, 0.4, 0.15))],
        "Text": TICKETS[language][topic],
        "Wish": REQUESTS[language] if topic == "request" else None,
    }
