"""What the pages show: how waves went, who was not asked, and what is known of one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from sabai.desk.asking.models import NEVER_SENT, STATES, Ask, NotAsked, Suppression, Wave
from sabai.desk.asking.queries import answered
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Contact
from sabai.desk.scoring.persons import person_of
from sabai.desk.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Went:
    """How many mails of a wave are in which state, and what came of those that were sent."""

    states: Mapping[str, int]
    opened: int
    answered: int
    reminded: int
    to_remind: int

    @property
    def sent(self) -> int:
        return self.states["sent"]

    @property
    def asked(self) -> int:
        return sum(self.states.values())

    @property
    def waiting(self) -> int:
        return self.states["planned"] + self.states["sending"]

    @property
    def to_come(self) -> int:
        """Mails that stopping the wave would keep back."""
        return self.states["planned"] + self.to_remind


def went(waves: Sequence[Wave]) -> dict[int, Went]:
    """Of each wave, in one query."""
    states = {state: Count("pk", filter=Q(state=state)) for state in STATES}
    rows = Ask.everywhere.filter(wave__in=waves).values("wave").annotate(
        **{f"in_{state}": count for state, count in states.items()},
        opened=Count("pk", filter=Q(opened_at__isnull=False) | Q(answered())),
        answered=Count("pk", filter=Q(answered())),
        reminded=Count("pk", filter=Q(reminded_at__isnull=False)),
        to_remind=Count("pk", filter=_to_remind()),
    )  # fmt: skip
    of: dict[int, Mapping[str, Any]] = {row["wave"]: row for row in rows}
    return {wave.pk: _went(of.get(wave.pk, {})) for wave in waves}


def _went(row: Mapping[str, Any]) -> Went:
    states = {state: row.get(f"in_{state}", 0) for state in STATES}
    return Went(states, row.get("opened", 0), row.get("answered", 0), row.get("reminded", 0), row.get("to_remind", 0))


def _to_remind() -> Q:
    """Whoever has neither been reminded nor answered, as long as they can answer."""
    waits = Q(state="sent", remind_after__isnull=False, reminded_at=None, closes_at__gt=timezone.now())
    return waits & ~Q(answered())


def waves(survey: Survey) -> QuerySet[Wave]:
    """The newest first."""
    return Wave.of(survey.workspace).filter(survey=survey).select_related("by", "survey").order_by("-pk")


def why_not(wave: Wave) -> list[tuple[str, int]]:
    """Reason -> how many, the most frequent first."""
    rows = NotAsked.of(wave.workspace).filter(wave=wave).values_list("reason")
    return list(rows.annotate(count=Count("pk")).order_by("-count", "reason"))


def problems(wave: Wave) -> list[tuple[str, str, int]]:
    """(state, what the mail server or the desk said, how many)."""
    rows = Ask.of(wave.workspace).filter(wave=wave).exclude(problem="").values_list("state", "problem")
    return list(rows.annotate(count=Count("pk")).order_by("-count", "problem"))


def not_asked(wave: Wave, reason: str) -> QuerySet[NotAsked]:
    rows = NotAsked.of(wave.workspace).filter(wave=wave, reason=reason)
    return rows.select_related("contact__account").order_by("contact__name", "pk")


def in_state(wave: Wave, state: str) -> QuerySet[Ask]:
    rows = Ask.of(wave.workspace).filter(wave=wave, state=state)
    return rows.select_related("contact", "account").order_by("pk")


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of whether one person may be asked; the newest ask first."""

    suppression: Suppression | None
    asks: Sequence[Ask]
    refused: Sequence[NotAsked]
    contacts: Sequence[Contact]

    @property
    def last(self) -> Ask | None:
        """The ask that they rest from."""
        return next((ask for ask in self.asks if ask.state not in NEVER_SENT), None)


MOST = 50


def person(workspace: Workspace, who: str) -> Person:
    asks = Ask.of(workspace).filter(person=who).select_related("survey", "account").order_by("-asked_on", "-pk")
    refused = NotAsked.of(workspace).filter(contact__person=who).select_related("wave__survey").order_by("-pk")
    contacts = Contact.of(workspace).filter(person=who).select_related("account").order_by("pk")
    suppression = Suppression.of(workspace).filter(person=who).select_related("by").first()
    return Person(suppression, list(asks[:MOST]), list(refused[:MOST]), list(contacts[:MOST]))


def with_address(workspace: Workspace, address: str) -> str:
    """The person of an address, whether or not anybody here has it."""
    return person_of(workspace.salt, address, "")


def suppressions(workspace: Workspace) -> QuerySet[Suppression]:
    """The newest first."""
    return Suppression.of(workspace).select_related("by").order_by("-at", "-pk")


def named(workspace: Workspace, persons: Sequence[str]) -> dict[str, Contact]:
    """A contact of each of those persons who still are known."""
    found = Contact.of(workspace).filter(person__in=persons).select_related("account").order_by("-pk")
    return {contact.person: contact for contact in found}
