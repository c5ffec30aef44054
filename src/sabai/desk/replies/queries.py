"""Replies that are owed and how the kept ones were kept; advocates; who spoke of a theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.functions import TruncDate

from sabai.desk.asking.models import Suppression
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.replies.models import FAVOURS, Advocate, Announcement, Favour, Reply
from sabai.desk.scoring.models import Contact
from sabai.desk.themes.models import Reading
from sabai.intervals import Interval, wilson

LATELY_DAYS = 91
AROUND = ("response__survey", "response__version", "response__contact", "response__account__owner", "task")


def owed(member: Membership, who: str) -> QuerySet[Reply]:
    """Open promises, the most overdue first; `who` is "me" or "all"."""
    rows = Reply.of(member.workspace).filter(replied_at=None, task__done_at=None).select_related(*AROUND)
    if who == "me":
        rows = rows.filter(task__assigned=member.user)
    return rows.order_by("due_on", "pk")


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the promises that fell due lately, how many were kept in time."""

    due: int
    in_time: int
    share: Interval


def kept_lately(workspace: Workspace, today: date) -> Kept:
    """A promise is kept when somebody replied, or closed its task otherwise, on the day on which it was due at last."""
    due = Reply.of(workspace).filter(due_on__lt=today, due_on__gte=today - timedelta(days=LATELY_DAYS))
    kept = Q(replied_on__lte=F("due_on")) | Q(done_on__lte=F("due_on"))
    zone = ZoneInfo(workspace.time_zone)
    dated = due.annotate(
        replied_on=TruncDate("replied_at", tzinfo=zone), done_on=TruncDate("task__done_at", tzinfo=zone)
    )
    found = dated.aggregate(due=Count("pk"), in_time=Count("pk", filter=kept))
    return Kept(found["due"], found["in_time"], wilson(found["in_time"], found["due"]))


def advocates(workspace: Workspace) -> QuerySet[Advocate]:
    """Those who were found last come first."""
    favours = Prefetch("favours", Favour.of(workspace).order_by("asked_at"))
    rows = Advocate.of(workspace).filter(left_at=None, contact__here=True, account__here=True)
    return rows.select_related("account", "contact", "response__survey").prefetch_related(favours).order_by("-found_at")


def offered(advocate: Advocate) -> list[str]:
    """What they said themselves that they would do, where the survey asked them; of FAVOURS."""
    given = advocate.response.given if advocate.response else {}
    chosen = {each for answer in given.values() if isinstance(answer, list) for each in answer}
    return [favour for favour in FAVOURS if favour in chosen]


def announcements(workspace: Workspace) -> QuerySet[Announcement]:
    """The newest first, with how many were to be told and how many were."""
    rows = Announcement.of(workspace).select_related("by").order_by("-at")
    return rows.annotate(to_tell=Count("told"), told_count=Count("told", filter=~Q(told__sent_at=None)))


def spoke_of(workspace: Workspace, theme: str, since: date) -> Sequence[Contact]:
    """People with an address who spoke of a theme from that day on and did not opt out, each person once."""
    begins = datetime.combine(since, time(), ZoneInfo(workspace.time_zone))
    readings = Reading.of(workspace).filter(at__gte=begins).exclude(contact_id="")
    named = {
        (account, contact)
        for account, contact, themes in readings.values_list("account_id", "contact_id", "themes").iterator()
        if theme in themes
    }
    silent = set(Suppression.of(workspace).values_list("person", flat=True))
    found: dict[str, Contact] = {}
    contacts = Contact.of(workspace).filter(contact_id__in={contact for _, contact in named}, here=True)
    for contact in contacts.exclude(email="").select_related("account").order_by("pk"):
        if (contact.account_id, contact.contact_id) in named and contact.person not in silent:
            found.setdefault(contact.person, contact)
    return list(found.values())
