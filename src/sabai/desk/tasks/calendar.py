"""The calendar of one member: the days on which tasks are due, and on which customers of theirs renew."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.models import Task
from sabai.language.language import Language

PRODUCT = "-//Sabai//The desk//EN"


def calendar(member: Membership, language: Language, now: datetime) -> bytes:
    """A calendar as iCalendar (RFC 5545), each thing a whole day with a UID that stays."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("x-wr-calname", plain(language.gettext("Tasks in %(workspace)s", workspace=member.workspace.name)))
    for task in due(member):
        made.add_component(_task(member, task, now))
    for account in renewing(member):
        summary = language.gettext("%(name)s renews", name=account.name)
        link = reverse("accounts:account", args=[member.workspace.slug, account.pk])
        assert account.renews_on is not None
        made.add_component(_whole_day(f"renewal-{account.pk}", account.renews_on, summary, "", link, now))
    return bytes(made.to_ical())


def due(member: Membership) -> list[Task]:
    """The member's open tasks that have a day."""
    mine = Task.of(member.workspace).filter(assigned=member.user, done_at=None, due_on__isnull=False)
    return list(mine.select_related("account").order_by("due_on", "pk"))


def renewing(member: Membership) -> list[Account]:
    """The member's customers whose renewal is known."""
    mine = Account.of(member.workspace).filter(owner=member.user, here=True, renews_on__isnull=False)
    return list(mine.order_by("renews_on", "pk"))


def plain(text: str) -> str:
    """Without characters that nobody sees, which some calendars cannot read; lines stay lines.

    >>> plain("Baan\\x00 Coffee\\r\\n2nd floor")
    'Baan Coffee\\n2nd floor'
    """
    return "".join(letter for letter in "\n".join(text.splitlines()) if letter >= " " or letter == "\n")


def _task(member: Membership, task: Task, now: datetime) -> Event:
    summary = f"{task.account.name}: {task.title}" if task.account else task.title
    assert task.due_on is not None
    link = reverse("tasks:task", args=[member.workspace.slug, task.pk])
    return _whole_day(f"task-{task.pk}", task.due_on, summary, task.detail, link, now)


def _whole_day(uid: str, day: date, summary: str, detail: str, link: str, now: datetime) -> Event:
    """Without an end, an event that begins with a date lasts that day."""
    host: str = settings.SABAI["SABAI_URL"]
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(host).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("summary", " ".join(plain(summary).split()))
    if detail:
        event.add("description", plain(detail))
    event.add("url", host + link)
    event.add("transp", "TRANSPARENT")  # nobody is busy for the whole day
    return event
