"""Words of this page that are chosen by a value in the data."""

from __future__ import annotations

from sabai.language.catalogues import gettext_noop

KIND_WORDS = {
    "touchpoints": gettext_noop("Contacts made"),
    "tasks": gettext_noop("Tasks"),
    "notes": gettext_noop("Notes"),
    "opinions": gettext_noop("Overrides and pulses"),
    "events": gettext_noop("Events"),
    "tickets": gettext_noop("Tickets"),
    "invoices": gettext_noop("Invoices"),
    "responses": gettext_noop("Survey answers"),
    "subscriptions": gettext_noop("Subscriptions"),
    "others": gettext_noop("Other"),
}
"""Kind of a moment on the timeline -> what its filter is called."""

GOAL_WORDS = {
    "goal": gettext_noop("goal"),
    "promise at sale": gettext_noop("promise at sale"),
    "response-time promise": gettext_noop("response-time promise"),
}

ENDED_WORDS = {
    "met": gettext_noop("met"),
    "late": gettext_noop("met late"),
    "open": gettext_noop("open"),
    "overdue": gettext_noop("overdue"),
}
"""What became of a goal, as `goals.ended` says it."""

ENDED_BANDS = {"met": "healthy", "late": "at_risk", "open": "", "overdue": "unhealthy"}

DIRECTION_WORDS = {"out": gettext_noop("from us"), "in": gettext_noop("from them")}
OPINION_WORDS = {"override": gettext_noop("Override"), "pulse": gettext_noop("Pulse")}
