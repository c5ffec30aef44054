"""What pages ask of scorings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Count, Scoring


@dataclass(frozen=True, slots=True)
class Freshness:
    """`as_of`: the day that pages speak of; `scored_at`: when that was computed. None: never yet.

    `running` since when the next one is computed; `problem` why the last one stopped, "" where it did not.
    """

    as_of: date | None = None
    scored_at: datetime | None = None
    running: datetime | None = None
    problem: str = ""


def counts(workspace: Workspace) -> Mapping[date, Sequence[Count]]:
    """Health over time: as-of date -> a count for each band, the earliest date first."""
    found: dict[date, list[Count]] = {}
    for count in Count.of(workspace).order_by("as_of", "pk"):
        found.setdefault(count.as_of, []).append(count)
    return found


def latest(workspace: Workspace) -> Scoring | None:
    """The last one that came to its end, with what it said; None before there was any."""
    return Scoring.of(workspace).filter(problem="").exclude(as_of=None).order_by("-pk").first()


def freshness(workspace: Workspace) -> Freshness:
    """How things stand, in two queries."""
    told, last = latest(workspace), Scoring.of(workspace).order_by("-pk").first()
    return Freshness(
        as_of=told.as_of if told else None,
        scored_at=told.ended_at if told else None,
        running=last.begun_at if last and last.ended_at is None else None,
        problem=last.problem if last else "",
    )
