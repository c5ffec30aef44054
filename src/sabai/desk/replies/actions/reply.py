"""Keeping a promise to reply: by a mail from here, or elsewhere and written down here."""

from __future__ import annotations

from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.look.letter import Letter
from sabai.desk.people.models import Membership
from sabai.desk.replies.models import Reply
from sabai.desk.tasks.actions.change import done
from sabai.desk.tasks.actions.touch import log

FAILURES = (OSError, SMTPException)


class NotSent(Exception):
    """The mail server did not take the reply; nothing was written down."""


def send(member: Membership, reply: Reply, subject: str, text: str) -> bool:
    """Mails the reply in the member's name, whose address answers go to; whether this call did it.

    The promise is kept before the mail leaves, so that two who press at once send one; NotSent gives it back.
    """
    contact = reply.response.contact
    if contact is None or not contact.email:
        raise ValueError("nobody can be mailed without an address")
    with transaction.atomic():
        if not _keep(member, reply, text):
            return False
    try:
        Letter(
            " ".join(subject.split()), text, to=[contact.email], reply_to=[member.user.email],
        ).send()  # fmt: skip
    except FAILURES as failure:
        with transaction.atomic():
            Reply.of(member.workspace).filter(pk=reply.pk).update(replied_at=None, replied_by=None)
            write(member.workspace, member.user, "fail", "reply", reply.pk, None, {"why": type(failure).__name__})
        raise NotSent from failure
    _follow(member, reply, "mail", text)
    return True


@transaction.atomic
def keep(member: Membership, reply: Reply, channel: str, text: str) -> bool:
    """The member has replied by other ways; whether this call wrote it down."""
    if not _keep(member, reply, text):
        return False
    _follow(member, reply, channel, text)
    return True


def _keep(member: Membership, reply: Reply, text: str) -> bool:
    """Whether the promise was open until now."""
    kept = {"replied_at": timezone.now(), "replied_by": member.user, "text": text}
    if not Reply.of(member.workspace).filter(pk=reply.pk, replied_at=None).update(**kept):
        return False
    reply.refresh_from_db()
    write(member.workspace, member.user, "reply", "reply", reply.pk, None, {"response": reply.response_id})
    return True


@transaction.atomic
def _follow(member: Membership, reply: Reply, channel: str, text: str) -> None:
    """The contact that happened is a fact, and the task is done."""
    response = reply.response
    if response.account is not None:
        log(
            member, response.account, channel=channel, direction="out", occurred_at=timezone.now(), note=text,
            contact_id=response.contact.contact_id if response.contact else "",
        )  # fmt: skip
    if reply.task is not None:
        done(member, reply.task, "reached")
