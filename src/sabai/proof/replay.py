"""The past replayed: what is asked of it, and the scores that it would have had with only what was known then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sabai.dates import as_of_dates, from_day, monday_on_or_before, to_day
from sabai.definitions.model import Definitions
from sabai.errors import FactsError, Issue
from sabai.facts.landed import Facts
from sabai.health.scores import Scores
from sabai.metrics.calendar import first_known, last_known
from sabai.proof.gather import gathered
from sabai.proof.leaving import Leavings, leavings, settle_days
from sabai.proof.past import Label, Past
from sabai.proof.split import best_split, earlier, folds
from sabai.proof.two_ids import TwoIds, two_ids
from sabai.proof.weeks import WeekByWeek, Weeks

NO_END = 1_000_000  # days: longer than anybody stays


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be foretold: who leaves within `horizon_days`. `label` None: notice, where anybody ever gave one.

    `split` None: where both sides have most accounts that left. A `cross_section` is a table without dates: one as-of
    date, and whoever left at any time after it.
    """

    horizon_days: int = 90
    label: Label | None = None
    every: Literal["month", "week"] = "month"
    split: date | None = None
    cross_section: bool = False


@dataclass(frozen=True)
class Replay:
    """`definitions` are those that the past was scored with: where `rebuilt`, their reference ends before `split`."""

    question: Question
    definitions: Definitions
    facts: Facts
    left: Leavings
    label: Label
    split: int | None
    rebuilt: bool
    past: Past
    weeks: Weeks

    @property
    def horizon_days(self) -> int:
        """Within how many days whoever leaves was to be foretold; in a cross-section without an end."""
        return NO_END if self.question.cross_section else self.question.horizon_days

    @cached_property
    def two_ids(self) -> TwoIds:
        """Accounts that look like one customer."""
        return two_ids(self.facts, self.left)

    def folds(self, count: int, seed: int) -> NDArray[np.int8]:
        """For each row of `test` one of `count` folds; whoever has two ids is in one."""
        return folds(self.test, self.two_ids.customer(len(self.past.accounts)), count, seed)

    @cached_property
    def train(self) -> Past:
        """Rows that weights may learn from; none without a split."""
        rows = np.zeros(len(self.past), np.bool_)
        return self.past.only(rows if self.split is None else earlier(self.past, self.split, self.horizon_days))

    @cached_property
    def test(self) -> Past:
        """Rows that no weight has seen; without a split all whose label is known."""
        return self.since(self.horizon_days)

    def since(self, horizon_days: int) -> Past:
        """The rows from the split on of which it is known who left within that horizon."""
        mature = self.past.mature(horizon_days)
        return self.past.only(mature if self.split is None else mature & (self.past.as_of >= self.split))


Scoring = Callable[[Definitions, Facts, Sequence[int]], Iterable[Scores]]
"""Scores run after run of accounts, at the canonical Mondays and the days asked for."""


def replayed(
    question: Question, definitions: Definitions, facts: Facts, as_of: Sequence[date], scoring: Scoring
) -> Replay:
    """The past of `facts`; no `as_of` dates: all that the question and the facts allow. Raises FactsError PRF-001."""
    until = last_known(facts) + 1
    left = leavings(facts, definitions, until)
    label, settles = _label(question, left), settle_days(definitions, left)
    asked = _days(question, as_of, facts, left, until)
    split = _split(question, left, label, asked, question.horizon_days + settles)
    judged, rebuilt = _judged_before(definitions, first_known(facts), split)
    weeks = WeekByWeek()
    known_until = 2 * NO_END if question.cross_section else until
    past = gathered(weeks.watch(scoring(judged, facts, asked)), asked, facts, judged, left, known_until, settles)
    return Replay(question, judged, facts, left, label, split, rebuilt, past, weeks.weeks)


def _label(question: Question, left: Leavings) -> Label:
    """Leaving begins with saying so; where nobody ever said so before, it is the leaving itself."""
    return question.label or ("notice" if bool((left.notice < left.effective).any()) else "effective")


def _days(question: Question, as_of: Sequence[date], facts: Facts, left: Leavings, until: int) -> list[int]:
    """The as-of days of the table: those asked for, else every month-end (or Monday) from four weeks after the first
    fact. A month-end is the first day of the next month, since an as-of date stands for the start of its day.

    Raises FactsError PRF-001 where there is none.
    """
    if as_of:
        return sorted(to_day(day) for day in as_of)
    first = first_known(facts)
    if question.cross_section:
        begins = int(left.notice.min()) if len(left) else until
        return [max(first + 1, to_day(monday_on_or_before(from_day(begins))))]
    day = from_day(first + 28)
    start = monday_on_or_before(day) if question.every == "week" else _next_month(day)
    days = [to_day(each) for each in as_of_dates(start, from_day(until), question.every)]
    if not days:
        raise FactsError(_too_short(first, until))
    return days


def _judged_before(definitions: Definitions, first: int, split: int | None) -> tuple[Definitions, bool]:
    """The same definitions, with a reference that ends before the day `split`; and whether it had to be rebuilt."""
    stated = definitions.health.reference
    if split is None or (stated and to_day(stated[1]) < split):
        return definitions, False
    health = replace(definitions.health, reference=(from_day(first), from_day(split - 1)))
    return replace(definitions, health=health), True


def _split(question: Question, left: Leavings, label: Label, asked: Sequence[int], away_days: int) -> int | None:
    if question.cross_section:
        return None
    return to_day(question.split) if question.split else best_split(left, label, asked, away_days)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _too_short(first: int, until: int) -> Issue:
    return Issue(
        "PRF-001",
        f"There is no month-end between {from_day(first)} and {from_day(until)}, the first and the last fact.",
        "",
        "A proof looks back from dates at which something was known, to what happened after them.",
        "Give it more history, or --every week. A table without dates: --cross-section.",
    )
