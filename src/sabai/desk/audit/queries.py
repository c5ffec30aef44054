"""Reading the trail, and whether anybody has touched it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from sabai.desk.audit.forgotten import forgotten
from sabai.desk.audit.models import Entry
from sabai.desk.people.models import User, Workspace

WRITTEN = ("reason", "why", "comment", "text", "outcome_note", "title", "name", "account", "assigned")
"""What an entry tells before and after in words; the rest are days, numbers and choices."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of one person, of one kind, from one day until another (both included), with some text."""

    who: int | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""


def entries(workspace: Workspace, wanted: Wanted) -> QuerySet[Entry]:
    """The newest first."""
    found = Entry.of(workspace)
    zone = ZoneInfo(workspace.time_zone)
    if wanted.who is not None:
        found = found.filter(user=wanted.who)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.since:
        found = found.filter(at__gte=datetime.combine(wanted.since, time(), zone))
    if wanted.until:
        found = found.filter(at__lt=datetime.combine(wanted.until + timedelta(days=1), time(), zone))
    if wanted.text:
        found = found.filter(_says(wanted.text))
    return found


def _says(text: str) -> Q:
    """Of whom or by whom it was, or what somebody wrote of it."""
    places = ("thing", "who", *(f"{side}__{name}" for side in ("before", "after") for name in WRITTEN))
    return Q(*((f"{place}__icontains", text) for place in places), _connector=Q.OR)


def kinds(workspace: Workspace) -> list[str]:
    """Of what there are entries."""
    return list(Entry.of(workspace).order_by("kind").values_list("kind", flat=True).distinct())


def people(workspace: Workspace) -> QuerySet[User]:
    """Who did something here, members or not any more."""
    return User.objects.filter(memberships__workspace=workspace).order_by("name", "email")


@dataclass(frozen=True, slots=True)
class Chain:
    """How many entries were read, the seal of the last, and the number of the first that is not as it was written."""

    entries: int
    seal: str
    broken_at: int | None


def chain(workspace: Workspace) -> Chain:
    """Reads the whole trail. Entries cut off at its end leave a whole chain: only a seal noted elsewhere tells.

    What the trail itself says that it has forgotten does not break it.
    """
    known = forgotten(workspace)
    read, number, before = 0, known.number, known.seal
    for read, entry in enumerate(Entry.of(workspace).order_by("number").iterator(), start=1):
        number, now = number + 1, entry.seal(before)
        if entry.number != number or now not in (entry.sealed, known.blanked.get(number)):
            return Chain(read, before, number)
        before = entry.sealed
    return Chain(read, before, None)


def broken_at(workspace: Workspace) -> int | None:
    """The number of the first entry that was changed, removed or slipped in; None where the chain is whole."""
    return chain(workspace).broken_at
