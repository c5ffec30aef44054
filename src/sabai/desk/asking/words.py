"""Why somebody is not asked and what became of a mail, as it is read."""

from __future__ import annotations

from typing import Any

from sabai.desk.asking.quiet import zone_of
from sabai.desk.people.models import Membership
from sabai.language.catalogues import gettext_noop

REASON_WORDS = {
    "asked lately": gettext_noop("They were asked lately."),
    "opted out": gettext_noop("They do not want to be asked."),
    "bounced": gettext_noop("Nobody is at their address."),
    "by hand": gettext_noop("A colleague said that they are not to be asked."),
    "no address": gettext_noop("They have no address that a mail could go to."),
    "same person": gettext_noop("The same person is asked at another customer."),
    "asked already": gettext_noop("They were asked about this already."),
    "answered already": gettext_noop("They have answered already."),
    "not drawn": gettext_noop("The lot did not fall on them."),
    "too new": gettext_noop("Their company is too new a customer."),
    "other stage": gettext_noop("Their company is in another stage."),
    "other band": gettext_noop("Their company is in another band."),
    "other segment": gettext_noop("The survey is not for their group."),
    "no occasion": gettext_noop("There was no occasion."),
    "left": gettext_noop("They or their company are here no longer."),
}
STATE_WORDS = {
    "planned": gettext_noop("to be sent"),
    "sending": gettext_noop("being sent"),
    "sent": gettext_noop("sent"),
    "unsure": gettext_noop("perhaps sent"),
    "failed": gettext_noop("not deliverable"),
    "stopped": gettext_noop("not sent"),
}
WHY_WORDS = {
    "opted out": gettext_noop("opted out"),
    "bounced": gettext_noop("nobody at the address"),
    "by hand": gettext_noop("by a colleague"),
}


def words(member: Membership) -> dict[str, Any]:
    """What the templates of this app say things with."""
    zone = zone_of(member.workspace.time_zone, "UTC")
    return {"reason_words": REASON_WORDS, "state_words": STATE_WORDS, "why_words": WHY_WORDS, "zone": zone}
