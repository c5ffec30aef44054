"""Why a score would move, in the reader's language; the preview keeps it as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.sheet import apart

CAUSE_WORDS = {
    "weight": gettext_noop("%(factor)s weighs %(after)s instead of %(before)s"),
    "deduction": gettext_noop("deducted points: %(after)s instead of %(before)s"),
    "floor": gettext_noop("the score is cut at 0 and 100"),
    "young": gettext_noop("onboarding is judged differently"),
    "grown": gettext_noop("onboarding ends sooner or later"),
    "points": gettext_noop("points of %(factor)s: %(after)s instead of %(before)s"),
    "known now": gettext_noop("%(factor)s is known now, points: %(after)s"),
    "anew": gettext_noop("%(factor)s counts anew, points: %(after)s"),
    "unknown now": gettext_noop("%(factor)s is unknown now, points before: %(before)s"),
    "no longer": gettext_noop("%(factor)s no longer counts, points before: %(before)s"),
}
"""The causes of `sabai.preview.reasons`."""
SHARES, EXACT = ("weight",), ("deduction",)


def said(reason: Mapping[str, Any], language: Language) -> str:
    """With what the score moves by it, as `sabai preview` says it.

    >>> from sabai.language.language import speak
    >>> said({"cause": "weight", "name": "logins", "before": 0.1, "after": 0.2, "points": 2.25}, speak("en"))
    '\\u2068logins\\u2069 weighs 20% instead of 10% (+2.2)'
    """
    cause, show = reason["cause"], language.show
    numbers = {side: reason[side] for side in ("before", "after")}
    shown = {
        side: show.percent(number) if cause in SHARES else show.fixed(number, 1 if cause in EXACT else 0)
        for side, number in numbers.items()
    }
    why = language.gettext(CAUSE_WORDS[cause], factor=apart(language.called(reason["name"])), **shown)
    return f"{why} ({show.signed(reason['points'])})"
