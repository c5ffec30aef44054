"""All that the page of one account tells, as numbers and names: no words, no markup, no language.

Packed once after each scoring, so that the page needs one row of the database and no engine. Days are integers since
1970-01-01 in the workspace's time zone, money counts minor units, unknown is None.
"""

from __future__ import annotations

import zlib
from typing import Any

import msgspec


class Line(msgspec.Struct, frozen=True):
    """One line of the addition, as `sabai.report.additions.Step`, and what it was before.

    `trend` has the points of a factor at the last 13 Mondays; `fresh_on` is the last day of a fact that it is made of.
    """

    kind: str  # factor, milestone, deduction, floor
    name: str
    contribution: float
    start: float
    dimension: str = ""
    value: float | None = None
    unit: str = ""
    points: float | None = None
    weight: float = 0.0
    trend: tuple[float | None, ...] = ()
    fresh_on: int | None = None


class Missing(msgspec.Struct, frozen=True):
    """A factor that is unknown here."""

    name: str
    dimension: str
    weight: float


class Part(msgspec.Struct, frozen=True):
    """One reason of a move, as `sabai.health.steps.Part`."""

    kind: str
    name: str
    points: float


class Move(msgspec.Struct, frozen=True):
    """What moved the score since `since`; the parts sum to `points`."""

    since: int
    points: float
    parts: tuple[Part, ...]


class Person(msgspec.Struct, frozen=True):
    """A contact; `seen_on` is the last day on which anything of theirs is known, `quiet` says that it is long ago."""

    contact_id: str
    name: str
    email: str = ""
    role: str = ""
    decides: bool = False
    seen_on: int | None = None
    quiet: bool = False


class Contract(msgspec.Struct, frozen=True):
    product: str
    starts_on: int | None
    renews_on: int | None
    ends_on: int | None
    monthly_minor: int | None
    seats: float | None
    status: str


class Owed(msgspec.Struct, frozen=True):
    """An invoice that is not paid."""

    invoice_id: str
    due_on: int | None
    open_minor: int
    days_late: int
    disputed: bool = False
    promised_on: int | None = None


class Goal(msgspec.Struct, frozen=True):
    """What was agreed, promised at sale, or promised as response time, and what became of it."""

    kind: str
    text: str
    agreed_on: int | None
    due_on: int | None
    met_on: int | None


class Happening(msgspec.Struct, frozen=True):
    """As `sabai.report.timeline.Happening`; events of a week are one happening of the table `events`.

    It says `{"names": [[name, how often], …]}`, the commonest first, on the last day of the week that had any.
    """

    day: int
    table: str
    said: dict[str, Any]


class Story(msgspec.Struct, frozen=True):
    as_of: int
    days: tuple[int, ...] = ()
    scores: tuple[float | None, ...] = ()
    cut: tuple[float | None, float | None] = (None, None)
    why: str = "raw"  # where the band comes from, as health.explain.Why
    raw_band: str = "unknown"
    hold_points: float = 0.0
    hold_days: int = 0
    lines: tuple[Line, ...] = ()
    missing: tuple[Missing, ...] = ()
    week: Move | None = None
    quarter: Move | None = None
    people: tuple[Person, ...] = ()
    contracts: tuple[Contract, ...] = ()
    owed: tuple[Owed, ...] = ()
    goals: tuple[Goal, ...] = ()
    happenings: tuple[Happening, ...] = ()
    events: tuple[tuple[str, int], ...] = ()  # name, how often in the last 28 days
    stages: tuple[str, ...] = ()  # of the journey, in order


def packed(story: Story) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(story), 6)


def unpacked(data: bytes) -> Story:
    """
    >>> unpacked(packed(Story(as_of=20_000, scores=(None, 61.5)))).scores
    (None, 61.5)
    """
    return msgspec.msgpack.decode(zlib.decompress(data), type=Story)
