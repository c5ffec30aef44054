"""What goes on by itself: telling people what was done."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from sabai.desk.asking.models import Suppression
from sabai.desk.replies.actions.announce import claim
from sabai.desk.replies.announcing import mail
from sabai.desk.replies.models import Announcement, Told

log = logging.getLogger(__name__)


@db_task()
def tell_everybody(key: int) -> None:
    """Tells whoever was not told yet; one who asked meanwhile to be left alone is not."""
    announcement = Announcement.everywhere.select_related("workspace").get(pk=key)
    silent = set(Suppression.of(announcement.workspace).values_list("person", flat=True))
    waiting = Told.of(announcement.workspace).filter(announcement=announcement, claimed_at=None)
    for told in waiting.select_related("announcement__by", "announcement__workspace", "contact").order_by("pk"):
        if told.contact.person not in silent and not _tell(told):
            return  # the mail server is away: the rest waits
    Announcement.of(announcement.workspace).filter(pk=key, sent_at=None).update(sent_at=timezone.now())


@db_periodic_task(crontab(minute="*/15"))
def tell_on() -> None:
    """What a stopped process or a mail server that was away left behind."""
    for key in Announcement.everywhere.filter(sent_at=None).values_list("pk", flat=True):
        tell_everybody(key)


def _tell(told: Told) -> bool:
    """Whether one may go on with the next."""
    if not claim(told):
        return True
    try:
        mail(told).send()
    except (OSError, SMTPException) as failure:
        log.warning("an announcement was not sent: %s", type(failure).__name__)  # no address in the log
        if not isinstance(failure, SMTPException):
            Told.of(told.workspace).filter(pk=told.pk).update(claimed_at=None)  # nobody took it
            return False
        return True
    Told.of(told.workspace).filter(pk=told.pk).update(sent_at=timezone.now())
    return True
