"""Asking somebody whom the widget knows: an invitation like every other, under the same rules."""

from __future__ import annotations

from datetime import datetime, timedelta

from sabai.desk.asking.models import Ask, Suppression
from sabai.desk.scoring.models import Contact
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.queries import published


def invite(survey: Survey, contact: Contact, at: datetime) -> Ask | None:
    """The ask that is open, or a new one; None where they rest, or do not want to be asked."""
    workspace = survey.workspace
    if Suppression.of(workspace).filter(person=contact.person).exists():
        return None
    theirs = Ask.of(workspace).select_related("survey", "version", "workspace", "account", "contact")
    is_open = theirs.filter(survey=survey, person=contact.person, closes_at__gt=at).first()
    if is_open:
        return is_open
    today = workspace.today()
    ask = Ask(
        workspace=workspace,
        survey=survey,
        version=published(survey),
        account=contact.account,
        contact=contact,
        person=contact.person,
        occasion=f"widget:{today.isoformat()}",
        channel="widget",
        language=contact.language,
        asked_on=today,
        rests_until=today + timedelta(days=survey.rest_days),
        state="sent",
        send_after=at,
        sent_at=at,
        closes_at=at + timedelta(days=survey.open_days),
    )
    Ask.everywhere.bulk_create([ask], ignore_conflicts=True)  # the database leaves out whoever rests
    return theirs.filter(nonce=ask.nonce).first()
