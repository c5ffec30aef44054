"""The mail of the morning: what is due, who was named where, and which customers fell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.tasks import queries
from sabai.desk.tasks.models import Mention, Task
from sabai.desk.tasks.secrets import address
from sabai.desk.tasks.words import read_by
from sabai.language.language import Language

FELL = -5.0  # points in a week
MOST = 10  # lines of each kind
EARLY, LATE = 7, 12  # hours: a mail that was missed at seven is still one of the morning until noon


@dataclass(frozen=True, slots=True)
class Morning:
    """What one member has on one day."""

    day: date
    late: Sequence[Task]
    today: Sequence[Task]
    mentions: Sequence[Mention]
    fell: Sequence[Account]

    def __bool__(self) -> bool:
        return bool(self.late or self.today or self.mentions or self.fell)


def is_time(member: Membership, now: datetime) -> bool:
    """Whether it is morning where the workspace is."""
    return EARLY <= timezone.localtime(now, ZoneInfo(member.workspace.time_zone)).hour < LATE


def morning_of(member: Membership, day: date) -> Morning:
    """What the mail of that day tells; false where there is nothing to tell."""
    which = queries.groups(day)
    tasks = Task.of(member.workspace).filter(assigned=member.user, done_at=None).select_related("account")
    tasks = tasks.order_by("due_on", "pk")
    since = datetime.combine(day - queries.WEEK, time(), ZoneInfo(member.workspace.time_zone))
    fresh = queries.mentions_of(member).filter(seen_at=None, at__gte=since)
    mine = Account.of(member.workspace).filter(owner=member.user, here=True)
    return Morning(
        day=day,
        late=list(tasks.filter(which["late"])),
        today=list(tasks.filter(which["today"])),
        mentions=list(fresh[:MOST]),
        fell=list(mine.filter(change_week__lte=FELL).order_by("change_week", "name")[:MOST]),
    )


def mail(member: Membership, morning: Morning) -> EmailMultiAlternatives:
    """The mail in the reader's language, as text with an HTML twin; names of people stand in no header."""
    language = read_by(member)
    leave = address(member, "unsubscribe")
    told = {
        "member": member,
        "workspace": member.workspace,
        "morning": morning,
        "language": language,
        "show": language.show,
        "host": settings.SABAI["SABAI_URL"],
        "leave": leave,
        "most": MOST,
    }
    with translation.override(language.code):
        text, page = (render_to_string(f"tasks/digest.{kind}", told) for kind in ("txt", "html"))
    message = EmailMultiAlternatives(
        subject(language, member, morning),
        text,
        to=[member.user.email],
        headers={
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(page, "text/html")
    return message


def subject(language: Language, member: Membership, morning: Morning) -> str:
    """What matters most, in a few words and one line."""
    due = len(morning.late) + len(morning.today)
    if due:
        said = language.ngettext("%(num)s task for today", "%(num)s tasks for today", due)
    elif morning.fell:
        fell = len(morning.fell)
        said = language.ngettext("%(num)s customer of yours fell", "%(num)s customers of yours fell", fell)
    else:
        said = language.gettext("You were mentioned")
    return " ".join(f"{said} – {member.workspace.name}".split())[:150]
