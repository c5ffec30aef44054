"""A question about cohorts with all that answers it: facts, who began when, and at which ages to look."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sabai.dates import NEVER, from_day
from sabai.definitions.model import Definitions
from sabai.errors import Issue, UsageError
from sabai.facts.landed import Facts
from sabai.metrics.grid import Days
from sabai.progress import Progress
from sabai.retention.cohorts.ages import MOST, Ages
from sabai.retention.cohorts.counted import collected_from, counted
from sabai.retention.cohorts.events import first_actions
from sabai.retention.cohorts.members import Members, members
from sabai.retention.cohorts.question import BRACKETS, FIRST_ACTION, Question
from sabai.retention.stays import Stays

ANY = Question()


@dataclass(frozen=True, slots=True)
class Asked:
    """What every kind of cohort needs."""

    facts: Facts
    definitions: Definitions
    question: Question
    as_of: int
    stays: Stays
    progress: Progress

    def members(self, zero: Days) -> Members:
        """The cohorts of accounts that began on the days `zero`."""
        by, at = self.question.by, self.as_of
        if by == FIRST_ACTION and not self.by_events:
            names, code = first_actions(self.facts, zero != NEVER, at)
            return Members(by, zero, names, np.where(self.stays.first < self.collected, len(names) - 1, code))
        return members(self.facts, self.stays, zero, by, at)

    @property
    def collected(self) -> int:
        """The first day on which any event is known."""
        return collected_from(self.facts, self.definitions, counted(self.definitions, ANY))[0]

    @property
    def by_events(self) -> bool:
        """Whether being there is doing something."""
        asked = self.question
        return asked.of == "contacts" or (asked.of == "accounts" and asked.activity == "events")

    def ages(self, first: int) -> Ages:
        """Those asked for; else as many as the oldest can have reached. `first`: the day on which the oldest began."""
        asked = self.question
        if asked.on == "bracket":
            return Ages(asked.every, asked.brackets or BRACKETS[asked.every], asked.calendar)
        oldest = int(Ages(asked.every, (), asked.calendar).age(np.array([first]), np.array([self.as_of]))[0])
        oldest -= self.by_events  # an age in which one does something is reached when it is over
        most = max(0, min(oldest, MOST[asked.every])) if asked.ages is None else asked.ages
        return Ages(asked.every, tuple((age, age) for age in range(most + 1)), asked.calendar)


def settled(facts: Facts, question: Question) -> Question:
    """With what is meant where nothing was said. Raises UsageError RET-010, RET-013 or RET-014."""
    if question.since == "first action" and (question.of == "revenue" or question.activity == "customer"):
        raise UsageError(_began_otherwise())
    events = facts.has("events")
    activity = question.activity or ("events" if events else "customer")
    if not events and (activity == "events" or question.from_first_action or question.by == FIRST_ACTION):
        raise UsageError(_no_events())
    if question.of == "revenue" and question.on != "day":
        raise UsageError(_not_of_revenue(question))
    return replace(question, activity=activity)


def oldest(zero: Days, as_of: int) -> int:
    begun = zero[zero != NEVER]
    return int(begun.min()) if len(begun) else as_of


def unseen(asked: Asked) -> list[str]:
    """Of whom the first action was not seen."""
    before, since = int((asked.stays.first < asked.collected).sum()), from_day(asked.collected)
    return [f"{before:,} accounts began before {since}, since when events are known: what they did first was not seen."
            ] if before else []  # fmt: skip


def _no_events() -> Issue:
    return Issue(
        "RET-010",
        "There are no events, so nobody did anything.",
        "",
        "Contacts, first actions and use are read from events.",
        "Ask who is still a customer, or what they pay: --activity customer, or --of revenue.",
    )


def _not_of_revenue(question: Question) -> Issue:
    return Issue(
        "RET-013",
        f"Revenue has an amount on a day, and none {question.on}.",
        "--on",
        "What recurs is looked at on the first day of each age.",
        "Leave --on out, or ask for accounts.",
    )


def _began_otherwise() -> Issue:
    return Issue(
        "RET-014",
        "Customers and their revenue do not begin with an action.",
        "--since",
        "A contract counts from its start, and revenue from the first payment.",
        "Leave --since out, or ask who does something: --activity events.",
    )
