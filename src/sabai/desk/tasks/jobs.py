"""What happens by itself: the mail of the morning."""

from __future__ import annotations

import logging
from datetime import datetime
from smtplib import SMTPException

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from sabai.desk.people.models import Membership
from sabai.desk.tasks.actions.digest import claim, release, setting_of
from sabai.desk.tasks.digest import is_time, mail, morning_of

log = logging.getLogger(__name__)


@db_periodic_task(crontab(minute="5"))
def each_hour() -> None:
    """Sends the mail to everybody for whom the morning has come."""
    send_digests(timezone.now())


def send_digests(now: datetime) -> int:
    """How many mails were sent; again in the same morning it sends only what could not be sent before."""
    members = Membership.everywhere.filter(left_at=None, user__is_active=True).select_related("user", "workspace")
    return sum(send_digest(member, now) for member in members.order_by("pk").iterator() if is_time(member, now))


def send_digest(member: Membership, now: datetime) -> bool:
    """Whether the member was sent the mail of this day. A day with nothing to tell is over without one."""
    setting, day = setting_of(member), member.workspace.day_of(now)
    if not claim(setting, day):
        return False
    morning = morning_of(member, day)
    if not morning:
        return False
    try:
        mail(member, morning).send()
    except (OSError, SMTPException) as failure:
        release(setting)
        log.warning("the mail of the morning was not sent: %s", type(failure).__name__)  # no address in the log
        return False
    return True
