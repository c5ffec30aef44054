"""What was noticed when cohorts were counted, said again in the reader's language."""

from __future__ import annotations

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money.retention_notices import NOTICES
from sabai.report.said_again import said_again

AT_THE_CURVE = (
    gettext_noop(
        "Who began before anybody watched joins at a later age. Who had left by then may not be in the data, so the "
        "true shares may be lower."
    ),
)
"""Of whom the curve over all is not: it stands there, and not among the notices."""
SENTENCES = (
    gettext_noop("Nobody has begun by then, so there are no cohorts."),
    gettext_noop("%(group)s: as it stands today, not when they began."),
    gettext_noop("Whoever never did anything that counts belongs to no cohort."),
    gettext_noop(
        "%(count)s accounts began before %(date)s, since when events are known: what they did first was not seen."
    ),
    gettext_noop("%(source)s is collected since %(date)s only: what was done there before is not seen."),
)


def noticed(notice: str, language: Language) -> str:
    """
    >>> from sabai.language.language import speak
    >>> noticed("Nobody has begun by then, so there are no cohorts.", speak("en"))
    'Nobody has begun by then, so there are no cohorts.'
    """
    return said_again(notice, AT_THE_CURVE + SENTENCES + NOTICES, language)
