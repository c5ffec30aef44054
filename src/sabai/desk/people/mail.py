"""Mails that one person causes to another."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from sabai.desk.look.spoken import spoken
from sabai.desk.people.models import Invitation

FAILURES = (OSError, SMTPException)
log = logging.getLogger(__name__)


def invitation_link(secret: str) -> str:
    """The address at which the invited come in."""
    address: str = settings.SABAI["SABAI_URL"]
    return address + reverse("invitation", args=[secret])


def send_invitation(invitation: Invitation, secret: str) -> bool:
    """In the inviter's language; whether the mail left. The link is shown to the inviter too, so none is lost."""
    language = spoken(invitation.invited_by.language)
    subject = language.gettext(
        "%(inviter)s invites you to %(workspace)s", inviter=invitation.invited_by, workspace=invitation.workspace
    )
    until = invitation.workspace.day_of(invitation.expires_at)
    lines = (
        language.gettext("You are invited to work in Sabai. Come in here:"),
        invitation_link(secret),
        language.gettext(
            "The link works once, until %(day)s.",
            day=language.show.date(until),
        ),
    )
    try:
        send_mail(" ".join(subject.split()), "\n\n".join(lines) + "\n", None, [invitation.email])
    except FAILURES:
        log.warning("an invitation could not be mailed", exc_info=True)
        return False
    return True
