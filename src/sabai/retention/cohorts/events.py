"""Who did something at which age, read run of accounts by run: a hundred million events pass, few are held.

Events are not counted, only at which ages there were any: what a run leaves is one flag for each unit and age.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sabai.cores import on_every_core
from sabai.dates import NEVER
from sabai.definitions.model import Basic
from sabai.facts.landed import Facts
from sabai.facts.runs import Batch, runs
from sabai.metrics.filters import filter_columns
from sabai.metrics.grid import Days
from sabai.progress import Progress, quiet
from sabai.retention.cohorts.ages import Ages
from sabai.retention.cohorts.members import Codes, Members
from sabai.retention.cohorts.question import FIRST_ACTION, Question
from sabai.retention.cohorts.rows import Rows, rows_of
from sabai.retention.cohorts.seen import Flags, Seen, Watched, active_at


@dataclass(frozen=True, slots=True)
class Watch:
    """All that is the same for every run. `counted` filters events as a metric does."""

    question: Question
    ages: Ages
    members: Members
    watched: Watched
    counted: Basic

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of events that are read."""
        contact = ("contact_id",) if self.question.of == "contacts" else ()
        name = ("name",) if self.question.by == FIRST_ACTION else ()
        return tuple(dict.fromkeys(["occurred_day", "received_day", *contact, *name, *filter_columns([self.counted])]))

    def each_run(self, facts: Facts, progress: Progress = quiet) -> Iterator[Seen]:
        """What is seen in each run of neighbouring accounts, on every core, few runs at a time."""
        opened = facts.open("events", self.columns)
        cuts = list(runs({"events": opened}, len(facts.account_ids), len(self.ages)))
        each = on_every_core(lambda cut: self.run(opened.read(*cut), *cut), cuts)
        for done, seen in enumerate(each, start=1):
            progress("cohorts", done, len(cuts))
            yield seen

    def run(self, batch: Batch, first: int, last: int) -> Seen:
        """What is seen of the accounts [first, last)."""
        zero = self.members.zero[first:last]
        contacts = self.question.of == "contacts"
        rows = rows_of(batch, self.counted, zero != NEVER, self.watched.until, contacts=contacts)
        begun = rows.first_days() if self.question.from_first_action else zero
        return self._seen(rows, begun, first)

    def _seen(self, rows: Rows, begun: Days, first: int) -> Seen:
        """`begun`: the day on which each unit began; whoever never did is not counted."""
        here = begun != NEVER
        zero, place = begun[here], np.cumsum(here) - 1
        unit, day = rows.active_days()
        unit, day = place[unit[here[unit]]], day[here[unit]]
        active = active_at(self.ages, self.question.on == "after", unit, self.ages.age(zero[unit], day), len(zero))
        if self.question.by == FIRST_ACTION:
            names, cohort = rows.first_actions()
            before = self.members.zero[first + rows.account] < self.watched.first
            cohort = np.where(before, len(names) - 1, cohort)[here]  # what they did first was not seen
        else:
            names, cohort = self.members.named(zero, first + rows.account[here])
        return Seen(names, cohort, active, self.watched.reached(self.ages, zero))


def first_actions(facts: Facts, customers: Flags, until: int) -> tuple[tuple[str, ...], Codes]:
    """What each of all accounts did first of all, as names and a code into them; the last name is empty: nothing."""
    opened = facts.open("events", ("occurred_day", "received_day", "name"))
    cuts = list(runs({"events": opened}, len(customers), 1))
    anything = Basic("anything", "count", "events")
    found: list[str] = []
    for first, last in cuts:
        names, code = rows_of(opened.read(first, last), anything, customers[first:last], until).first_actions()
        found += [names[each] for each in code]
    names = (*sorted({each for each in found if each}), "")
    place = {name: number for number, name in enumerate(names)}
    return names, np.array([place[each] for each in found], dtype=np.int64)
