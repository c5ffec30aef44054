"""What a survey has brought so far: one number with its interval, how the answers spread, over time, and by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from sabai.desk.responses.apart import Apart, answers_by, known_of
from sabai.desk.responses.measured import Answers, Found, found
from sabai.desk.responses.queries import counted, left_out, replied, sent, versions_of
from sabai.desk.surveys.form import SCALES, Kind
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.queries import form_of
from sabai.feedback.numbers.changes import UNKNOWN, Change, of_many
from sabai.intervals import Interval, wilson

MOST_PERIODS = 24
STEPS = (1, 3, 12)
"""Months of a period: the shortest that there are not too many of."""


@dataclass(frozen=True, slots=True)
class Part:
    """One group of answers, or those of one period; `change` is against all others, or the period before, and its p is
    held against how many are compared."""

    name: str
    found: Found
    change: Change


@dataclass(frozen=True, slots=True)
class Results:
    """`kind` is that of the first question now; answers to another one are not put together with it (`others`).

    `by` is one of `known`, by which `groups` are told apart, the largest first; both are empty where nothing is known.
    `periods` are (its first day, what came) without a gap, of so many `months` each.
    """

    kind: Kind
    whole: Found
    spread: tuple[tuple[int, int], ...]
    known: tuple[str, ...]
    by: str
    groups: tuple[Part, ...]
    periods: tuple[tuple[date, Part], ...]
    months: int
    sent: int
    rate: Interval | None
    late: int
    doubted: int
    clicks: int
    others: int


def results(survey: Survey, by: str = "") -> Results | None:
    """None before it was ever published. `by` is one of `apart.BY`, else the first that is known. Eight queries,
    whatever their number."""
    versions = versions_of(survey)
    if not versions:
        return None
    kind = form_of(versions[0]).first.kind
    every = counted(survey).filter(score__isnull=False)
    same = every.filter(version__in=[version for version in versions if form_of(version).first.kind == kind])
    known = known_of(same)
    by = by if by in known else next(iter(known), "")
    apart = answers_by(same, by, kind, ZoneInfo(survey.workspace.time_zone))
    months, periods = _periods(apart)
    return Results(
        kind, found(apart.answers), _spread(apart.answers), tuple(known), by, _groups(apart), periods, months,
        **_around(survey), others=every.count() - len(apart.month),
    )  # fmt: skip


def _around(survey: Survey) -> Mapping[str, Any]:
    """To how many it went, how many of them answered, and what is left out."""
    lost, asked = left_out(survey), sent(survey)
    return {
        "sent": asked,
        "rate": wilson(min(replied(survey), asked), asked) if asked else None,
        "late": sum(n for (state, _), n in lost.items() if state == "late"),
        "doubted": sum(n for (_, why), n in lost.items() if why in ("forwarded", "again")),
        "clicks": sum(n for (_, why), n in lost.items() if why == "machine"),
    }


def _spread(answers: Answers) -> tuple[tuple[int, int], ...]:
    low, high = SCALES[answers.kind]
    return tuple((score, int((answers.score == score).sum())) for score in range(low, high + 1))


def _groups(apart: Apart) -> tuple[Part, ...]:
    """Of whom nobody knows it, last."""
    sizes = np.bincount(apart.group, minlength=len(apart.names)).tolist()
    order = sorted(range(len(sizes)), key=lambda at: (not apart.names[at], -sizes[at], apart.names[at]))
    members = [apart.group == at for at in order]
    each = [(found(apart.answers.of(those)), found(apart.answers.of(~those))) for those in members]
    changes = of_many([those.against(others) for those, others in each])
    return tuple(
        Part(apart.names[at], those, change) for at, (those, _), change in zip(order, each, changes, strict=True)
    )


def _periods(apart: Apart) -> tuple[int, tuple[tuple[date, Part], ...]]:
    """From the first answer to the last."""
    if not len(apart.month):
        return STEPS[0], ()
    first, last = int(apart.month.min()), int(apart.month.max())
    step = next((step for step in STEPS if last // step - first // step < MOST_PERIODS), STEPS[-1])
    numbers = range(first // step, last // step + 1)
    each = [found(apart.answers.of(apart.month // step == number)) for number in numbers]
    moved = of_many([UNKNOWN, *(now.against(before) for before, now in pairwise(each))])
    days = [date(number * step // 12, number * step % 12 + 1, 1) for number in numbers]
    return step, tuple((day, Part("", of, change)) for day, of, change in zip(days, each, moved, strict=True))
