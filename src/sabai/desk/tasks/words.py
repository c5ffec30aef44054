"""What the codes of tasks are called, and in which language somebody reads that."""

from __future__ import annotations

from typing import cast

from sabai.desk.look.spoken import spoken
from sabai.desk.people.models import Membership
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.language.numbers import Calendar

ORIGIN_WORDS = {
    "person": gettext_noop("a person"),
    "signal": gettext_noop("a signal"),
    "playbook": gettext_noop("a playbook"),
    "response": gettext_noop("a response"),
}
OUTCOME_WORDS = {
    "reached": gettext_noop("Reached"),
    "not reached": gettext_noop("Not reached"),
    "solved": gettext_noop("Solved"),
    "not needed": gettext_noop("Not needed"),
}
GROUP_WORDS = {
    "late": gettext_noop("Late"),
    "today": gettext_noop("Today"),
    "week": gettext_noop("In the next seven days"),
    "later": gettext_noop("After that"),
    "undated": gettext_noop("Without a day"),
    "snoozed": gettext_noop("Snoozed"),
}


def read_by(member: Membership) -> Language:
    """The language and the calendar of somebody who is not asking just now: for mails and calendars."""
    return spoken(member.user.language, cast(Calendar, member.user.calendar))
