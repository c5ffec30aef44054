"""What follows when a mail comes back after it was sent."""

from __future__ import annotations

from django.db import transaction

from sabai.desk.asking.actions.suppress import suppress
from sabai.desk.asking.links import Forged, mailed
from sabai.desk.asking.models import Ask
from sabai.desk.asking.queries import answered
from sabai.desk.asking.returned import Returned

OFTEN = 2
"""So many invitations in a row of which the last word was that they could not be delivered this time: nobody reads
there. A person rests between two of them, so this takes a quarter of a year at least."""
FOR_NOW = ("4.", "5.2.2", "5.3.1")


@transaction.atomic
def came_back(report: Returned) -> Ask | None:
    """Writes it down; whoever is not at the address is asked no more. None where no mail of ours is meant, or where
    somebody has answered it, so that it did arrive. The same report again changes nothing."""
    try:
        ask = mailed(report.ours)
    except Forged:
        return None
    if ask.state not in ("sent", "unsure") or Ask.everywhere.filter(answered(), pk=ask.pk).exists():
        return None
    if report.became == "for now":
        Ask.everywhere.filter(pk=ask.pk).update(problem=report.code, remind_after=None)
        often = _often(ask)
    else:
        Ask.everywhere.filter(pk=ask.pk).update(state="failed", problem=report.code, remind_after=None)
        often = report.became == "gone"
    if often:
        suppress(ask.workspace, ask.person, "bounced")
    return ask


def _often(ask: Ask) -> bool:
    """Whether the last ones to this person came back, all of them."""
    sent = Ask.of(ask.workspace).filter(person=ask.person, sent_at__isnull=False).order_by("-asked_on", "-pk")
    last = [each.problem.startswith(FOR_NOW) for each in sent[:OFTEN]]
    return len(last) == OFTEN and all(last)
