"""Words of the page that are chosen by a value in the data."""

from __future__ import annotations

from sabai.facts.codes import HINTS
from sabai.health.scores import BANDS
from sabai.language.catalogues import gettext_noop

BAND_WORDS = dict(
    zip(
        BANDS,
        (gettext_noop("healthy"), gettext_noop("at risk"), gettext_noop("unhealthy"), gettext_noop("unknown")),
        strict=True,
    )
)
WORST_FIRST = ("unhealthy", "at_risk", "unknown", "healthy")

CHANNEL_WORDS = {
    "mail": gettext_noop("mail"),
    "chat": gettext_noop("chat"),
    "phone": gettext_noop("phone"),
    "meeting": gettext_noop("meeting"),
    "social": gettext_noop("social media"),
    "community": gettext_noop("community"),
}

DIMENSION_WORDS = {
    "usage": gettext_noop("usage"),
    "engagement": gettext_noop("engagement"),
    "return": gettext_noop("return"),
    "advocacy": gettext_noop("advocacy"),
    "support": gettext_noop("support"),
    "sentiment": gettext_noop("sentiment"),
    "payment": gettext_noop("payment"),
}

REASON_WORDS = HINTS
"""Code -> why rows were set aside: messages like those above, but said by the facts, which know no languages."""
