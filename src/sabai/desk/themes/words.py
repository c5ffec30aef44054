"""What the codes of this app are called on screen."""

from __future__ import annotations

from sabai.language.catalogues import gettext_noop

FEELING_WORDS = {
    "negative": gettext_noop("unhappy words"),
    "neutral": gettext_noop("neither"),
    "positive": gettext_noop("happy words"),
    "unsure": gettext_noop("unsure"),
}
FEELING_BANDS = {"negative": "unhealthy", "neutral": "at_risk", "positive": "healthy", "unsure": "unknown"}
"""Which mark and colour of the bands says the same."""
KIND_WORDS = {
    "response": gettext_noop("survey answer"),
    "ticket": gettext_noop("ticket text"),
    "touchpoint": gettext_noop("note of a contact"),
    "churn": gettext_noop("reason for leaving"),
}
ORDER_WORDS = {
    "revenue": gettext_noop("Revenue of those who ask"),
    "left": gettext_noop("Customers who left"),
    "texts": gettext_noop("How often"),
}
PROBLEM_WORDS = {
    "There is nothing to send.": gettext_noop("There is nothing to send."),
    "It cannot be reached.": gettext_noop("The language model cannot be reached."),
    "Its answer cannot be understood.": gettext_noop("The answer of the language model cannot be understood."),
    "It answers too much.": gettext_noop("The language model answers too much."),
}
"""Any other problem is a number that it answered."""
