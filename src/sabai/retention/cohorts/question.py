"""What is asked of cohorts: who began when, what counts as being there, and at which ages it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sabai.retention.cohorts.ages import Every

Of = Literal["accounts", "contacts", "revenue"]
On = Literal["day", "after", "bracket"]
Since = Literal["start", "first action"]
Activity = Literal["events", "customer"]

STARTS = ("start", "quarter")
FIRST_ACTION = "first-action"
BRACKETS: dict[Every, tuple[tuple[int, int], ...]] = {
    "day": ((1, 7), (8, 14), (15, 30), (31, 60), (61, 90)),
    "week": ((1, 4), (5, 8), (9, 13), (14, 26)),
    "month": ((1, 3), (4, 6), (7, 12)),
}


@dataclass(frozen=True, slots=True)
class Question:
    """`by`: "start" (the month in which it began), "quarter", "first-action", or what `groups.grouped` knows.

    `since`: from where ages count; contacts have no start, so theirs count from the first action. `activity` None:
    events where there are any, else being a customer. `events` are names of events that count; `metric` is a metric of
    the definitions whose filter says which do. `ages`: how many ages are looked at; None: as many as fit.
    `brackets` are first and last age of each, for `on` "bracket". `value` is the event that means first value.
    """

    by: str = "start"
    of: Of = "accounts"
    on: On = "day"
    every: Every = "month"
    calendar: bool = False
    since: Since = "start"
    activity: Activity | None = None
    events: tuple[str, ...] = ()
    metric: str | None = None
    ages: int | None = None
    brackets: tuple[tuple[int, int], ...] = ()
    value: str | None = None

    @property
    def from_first_action(self) -> bool:
        return self.of == "contacts" or self.since == "first action"
