"""How long, how many times as often, and of whom: the words of survival in the reader's language."""

from __future__ import annotations

from math import isnan

from sabai.intervals import Interval
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money.survival_plane import MONTH, YEAR
from sabai.report.money.words import group_called, how_long
from sabai.report.proof.sentence import span
from sabai.report.sheet import apart
from sabai.retention.groups import UNKNOWN
from sabai.retention.survival.design import OTHERS
from sabai.retention.survival.factors import shown

_UNITS = (
    (2 * YEAR, YEAR, "years", 1, gettext_noop("%(years)s years")),
    (61, MONTH, "months", 1, gettext_noop("%(months)s months")),
    (0, 1.0, "days", 0, ""),
)


def days_said(days: Interval, language: Language) -> str:
    """In days, months or years, whichever is read at a glance; an open end is three dots.

    >>> from sabai.language.language import speak
    >>> days_said(Interval(1135, 828, float("nan")), speak("en")), days_said(Interval(8, 7, 8), speak("en"))
    ('3.1 years (2.3–…)', '8 days (7–8)')
    """
    _, unit, name, decimals, message = next(each for each in _UNITS if days.value >= each[0])
    value, low, high = (
        "…" if isnan(each) else language.show.fixed(each / unit, decimals) for each in (days.value, days.low, days.high)
    )
    said = language.gettext(message, **{name: value}) if message else how_long(round(days.value), "day", language)
    return said if isnan(days.low) and isnan(days.high) else f"{said} ({span(low, high)})"


def level_word(level: str | None, language: Language, by: str = "") -> str:
    """The name of a group; what the library calls the small ones together, and the unknown, is said in the language."""
    if level in (None, UNKNOWN, shown(UNKNOWN)):
        return language.show.unknown
    if level == OTHERS:
        return language.gettext("the smaller groups together")
    return apart(group_called(by, str(level), language))
