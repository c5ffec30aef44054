"""Everything that happened at an account, newest first: facts of its story and what was written down at the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sabai.dates import from_day
from sabai.desk.accounts.models import Note, Opinion
from sabai.desk.accounts.words import KIND_WORDS
from sabai.desk.scoring.story import Story
from sabai.desk.tasks.models import Task, Touchpoint

KIND_OF = {
    "dues": "invoices",
    "invoices": "invoices",
    "payments": "invoices",
    "pulses": "opinions",
    **{kind: kind for kind in ("touchpoints", "events", "tickets", "responses", "subscriptions")},
}
OF_MONEY = ("dues", "invoices", "payments")
EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened. `form` says how `told` is written: `fact`, `task`, `touch`, `note` or `opinion`."""

    day: date
    kind: str
    form: str
    told: Any
    at: datetime = EARLIEST

    @property
    def month(self) -> tuple[int, int]:
        return self.day.year, self.day.month


@dataclass(frozen=True, slots=True)
class Written:
    """What was written down at the desk about one account; days are those of its workspace."""

    zone: ZoneInfo
    tasks: Iterable[Task] = ()
    touchpoints: Iterable[Touchpoint] = ()
    notes: Iterable[Note] = ()
    opinions: Iterable[Opinion] = ()

    def moments(self, as_of: date | None) -> Iterator[Moment]:
        for task in self.tasks:
            yield self._moment("tasks", "task", task, task.done_at or task.created_at)
        for touch in self.touchpoints:
            if not self._told_by_now(touch, as_of):
                yield self._moment("touchpoints", "touch", touch, touch.occurred_at)
        for note in self.notes:
            yield self._moment("notes", "note", note, note.at)
        for opinion in self.opinions:
            yield self._moment("opinions", "opinion", opinion, opinion.at)

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _moment(self, kind: str, form: str, told: Any, at: datetime) -> Moment:
        return Moment(self.day(at), kind, form, told, at)

    def _told_by_now(self, touch: Touchpoint, as_of: date | None) -> bool:
        """Whether the story tells of it already, as a fact: it had landed, and happened, before the as-of date."""
        landed = touch.landed_at
        return bool(as_of and landed and self.day(landed) < as_of and self.day(touch.occurred_at) < as_of)


def moments(story: Story | None, written: Written, money: bool) -> list[Moment]:
    """All of it, newest first; invoices only for those who may see `money`."""
    as_of = from_day(story.as_of) if story else None
    found = [*_facts(story, money), *written.moments(as_of)] if story else [*written.moments(None)]
    return sorted(found, key=lambda moment: (moment.day, moment.at), reverse=True)


def counted(found: Iterable[Moment]) -> Mapping[str, int]:
    """How many there are of each kind that there is, in the order of KIND_WORDS."""
    counts = Counter(moment.kind for moment in found)
    return {kind: counts[kind] for kind in KIND_WORDS if counts[kind]}


def _facts(story: Story, money: bool) -> Iterator[Moment]:
    for happening in story.happenings:
        if money or happening.table not in OF_MONEY:
            yield Moment(from_day(happening.day), KIND_OF.get(happening.table, "others"), "fact", happening)
