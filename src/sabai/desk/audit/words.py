"""The words of the trail, as they are written down and as they are read."""

from __future__ import annotations

from sabai.language.catalogues import gettext_noop

VERB_WORDS = {
    "create": gettext_noop("created"),
    "change": gettext_noop("changed"),
    "remove": gettext_noop("removed"),
    "sign in": gettext_noop("signed in"),
    "refuse": gettext_noop("was refused"),
    "accept": gettext_noop("accepted"),
    "export": gettext_noop("exported"),
    "erase": gettext_noop("erased"),
}
KIND_WORDS = {
    "workspace": gettext_noop("workspace"),
    "membership": gettext_noop("member"),
    "invitation": gettext_noop("invitation"),
    "token": gettext_noop("API token"),
    "tasks": gettext_noop("tasks"),
    "task": gettext_noop("task"),
    "sign-in": gettext_noop("sign-in"),
    "password": gettext_noop("password"),
    "second factor": gettext_noop("second factor"),
    "company sign-in": gettext_noop("company sign-in"),
    "name": gettext_noop("name"),
    "audit trail": gettext_noop("audit trail"),
    "digest": gettext_noop("mail of the morning"),
    "calendar": gettext_noop("calendar"),
    "person": gettext_noop("customer or person"),
    "keeping": gettext_noop("what is kept for how long"),
}
FIELD_WORDS = {
    "role": gettext_noop("role"),
    "known_as": gettext_noop("known elsewhere as"),
    "place": gettext_noop("from"),
    "way": gettext_noop("by"),
    "begins": gettext_noop("begins with"),
    "scopes": gettext_noop("it may"),
    "name": gettext_noop("name"),
    "currency": gettext_noop("currency"),
    "time_zone": gettext_noop("time zone"),
    "assigned": gettext_noop("whose"),
    "wanted": gettext_noop("wanted"),
    "upto": gettext_noop("up to number"),
    "seal": gettext_noop("its seal"),
    "entries": gettext_noop("entries and what they would be sealed with now"),
    "audit_days": gettext_noop("days of the audit trail"),
    "intake_days": gettext_noop("days of what came in"),
    "former_days": gettext_noop("days of what was written about former customers"),
}
"""A word that is not here is shown as it was written."""
