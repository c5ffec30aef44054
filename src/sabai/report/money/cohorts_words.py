"""How cohorts and their ages are called in the reader's language."""

from __future__ import annotations

import re
from datetime import date

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money.cohorts_compared import Half
from sabai.report.money.words import group_called, group_word, how_long
from sabai.report.proof.sentence import span
from sabai.retention.cohorts.ages import Every

AGE_HEADS = {"day": gettext_noop("Day"), "week": gettext_noop("Week"), "month": gettext_noop("Month")}
SINCE = {
    "day": gettext_noop("days since the start"),
    "week": gettext_noop("weeks since the start"),
    "month": gettext_noop("months since the start"),
}
STARTED = {
    "start": gettext_noop("month in which they began"),
    "quarter": gettext_noop("quarter in which they came"),
    "first-action": gettext_noop("what they did first"),
}


def by_word(by: str, language: Language) -> str:
    """What cohorts are told apart by."""
    return language.gettext(STARTED[by]) if by in STARTED else group_word(by, language)


def cohort_name(name: str, by: str, language: Language) -> str:
    """A month or a quarter as the language writes it; the name of a group as its people wrote it."""
    if not name:
        return language.show.unknown
    if by == "start":
        return language.show.month(date.fromisoformat(f"{name}-01"))
    if by == "quarter":
        year, quarter = int(name[:4]), int(name[-1])
        first, last = (language.show.month(date(year, month, 1)) for month in (quarter * 3 - 2, quarter * 3))
        return span(first, last)
    return group_called(by, name, language)


def half_name(half: Half, by: str, language: Language) -> str:
    """From the first month of its cohorts to the last."""
    if by == "start":
        first, last = (cohort_name(name, by, language) for name in (half.first, half.last))
        return first if half.first == half.last else span(first, last)
    months = (
        date(int(half.first[:4]), int(half.first[-1]) * 3 - 2, 1),
        date(int(half.last[:4]), int(half.last[-1]) * 3, 1),
    )
    return span(*(language.show.month(month) for month in months))


def age_said(label: str, every: Every, language: Language) -> str:
    """As in a sentence: 6 months, 4–6 months."""
    return how_long(int(re.findall(r"\d+", label)[-1]), every, language, label)
