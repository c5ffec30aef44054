"""The cohorts of a company: a triangle, a curve over all of them, and the time to value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.dates import NEVER
from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.progress import Progress, quiet
from sabai.retention.cohorts.ages import Ages
from sabai.retention.cohorts.asked import ANY, Asked, oldest, settled, unseen
from sabai.retention.cohorts.counted import collected_from, counted, refuse_unknown
from sabai.retention.cohorts.events import Watch
from sabai.retention.cohorts.held import first_revenue, paid_at, still_customers
from sabai.retention.cohorts.members import members
from sabai.retention.cohorts.question import FIRST_ACTION, STARTS, Question
from sabai.retention.cohorts.seen import Watched, from_the_start
from sabai.retention.cohorts.tally import Tally, together
from sabai.retention.cohorts.triangle import of_revenue, of_shares
from sabai.retention.cohorts.value import Value, event_reached, milestones_reached, values
from sabai.retention.revenue import subscribed
from sabai.retention.stays import settled_until, stays

JOINED = (
    "Who began before anybody watched joins at a later age. Who had left by then may not be in the data, so the true "
    "shares may be lower."
)


@dataclass(frozen=True, slots=True)
class Cohorts:
    """`triangle` has a row for each cohort and age, as triangle.TRIANGLE says; `curve` one for each age, over all
    cohorts, each weighing as much as it has members that reached the age. `values` is the time to value."""

    question: Question
    as_of: int
    ages: tuple[str, ...]
    triangle: pl.DataFrame
    curve: pl.DataFrame
    values: tuple[Value, ...]
    notices: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.triangle["cohort"].unique(maintain_order=True).to_list())


def cohorts(
    facts: Facts, definitions: Definitions, as_of: int, question: Question = ANY, progress: Progress = quiet
) -> Cohorts:  # fmt: skip
    """All that was known on the day `as_of`. Customers only: neither prospects nor test accounts began.

    Raises UsageError RET-002 and RET-010 to RET-014 where what is asked for makes no sense or is not there.
    """
    asked = Asked(facts, definitions, settled(facts, question), as_of, stays(facts, definitions, as_of), progress)
    if question.of == "revenue":
        ages, triangle, curve, said = _revenue(asked)
    else:
        ages, triangle, curve, said = _events(asked) if asked.by_events else _customers(asked)
    found = _values(asked)
    return Cohorts(
        asked.question, as_of, ages.labels, triangle, curve, found, (*_notices(asked, triangle, curve), *said)
    )  # fmt: skip


_Found = tuple[Ages, pl.DataFrame, pl.DataFrame, tuple[str, ...]]


def _events(asked: Asked) -> _Found:
    metric = counted(asked.definitions, asked.question)
    refuse_unknown(asked.facts, asked.question.events)
    collected, said = collected_from(asked.facts, asked.definitions, metric)
    mine = asked.members(asked.stays.first)
    ages = asked.ages(collected)
    watch = Watch(asked.question, ages, mine, Watched(collected, asked.as_of), metric)
    tally = Tally(len(ages)).add(watch.each_run(asked.facts, asked.progress))
    return (*_shares(tally, ages), said)


def _customers(asked: Asked) -> _Found:
    mine = asked.members(asked.stays.first)
    ages = asked.ages(oldest(mine.zero, asked.as_of))
    known = Watched(-NEVER, settled_until(asked.definitions, asked.as_of))
    tally = Tally(len(ages)).add([still_customers(asked.question, ages, mine, asked.stays, known)])
    return (*_shares(tally, ages), ())


def _shares(tally: Tally, ages: Ages) -> tuple[Ages, pl.DataFrame, pl.DataFrame]:
    found = tally.cohorts()
    return ages, of_shares(found, ages), of_shares([together(found, len(ages))], ages)


def _revenue(asked: Asked) -> _Found:
    paid = subscribed(asked.facts, asked.as_of)
    zero = np.where(asked.stays.first == NEVER, NEVER, paid.first_paid()).astype(np.int32)
    mine = asked.members(zero)
    ages = asked.ages(oldest(zero, asked.as_of))
    ids = paid.accounts
    account = np.array(sorted(np.flatnonzero(zero != NEVER), key=lambda each: ids[each]), dtype=np.int64)  # as drawn
    sums = first_revenue(zero, paid)[account], paid_at(ages, zero, paid)[account]
    known = Watched(-NEVER, settled_until(asked.definitions, asked.as_of))  # what ended later may yet be renewed
    reached = known.reached_first_days(ages, zero[account])
    names, cohort = mine.named(zero[account], account)
    triangle = of_revenue(names, cohort, sums, reached, ages)
    curve = of_revenue(("",), np.zeros(len(account), dtype=np.int64), sums, reached, ages)
    return ages, triangle, curve, paid.notices


def _values(asked: Asked) -> tuple[Value, ...]:
    """Of accounts, and only where somebody says what value is."""
    facts, value = asked.facts, asked.question.value
    if asked.question.of != "accounts":
        return ()
    if value is not None:
        reached = {value: event_reached(facts, value, asked.as_of)}
    elif facts.has("events"):
        reached = milestones_reached(facts, asked.definitions, asked.as_of, asked.progress)
    else:
        return ()
    if not reached:
        return ()
    by = asked.question.by if asked.question.by != FIRST_ACTION else STARTS[0]
    mine = members(facts, asked.stays, asked.stays.first, by, asked.as_of)
    return values(mine, asked.stays, reached, asked.collected, asked.as_of)


def _notices(asked: Asked, triangle: pl.DataFrame, curve: pl.DataFrame) -> list[str]:
    said = []
    if triangle.is_empty():
        said.append("Nobody has begun by then, so there are no cohorts.")
    elif not from_the_start(curve["reached"].to_list()):
        said.append(JOINED)
    if asked.question.by not in (*STARTS, FIRST_ACTION, "product", "cohort"):
        said.append(f"{asked.question.by}: as it stands today, not when they began.")
    if asked.question.from_first_action:
        said.append("Whoever never did anything that counts belongs to no cohort.")
    if asked.question.from_first_action or asked.question.by == FIRST_ACTION:
        said += unseen(asked)
    return said
