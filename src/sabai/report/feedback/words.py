"""Words and numbers that every part of the page uses."""

from __future__ import annotations

from sabai.feedback.numbers.cells import Cell
from sabai.feedback.numbers.changes import Change
from sabai.feedback.numbers.scales import Question
from sabai.feedback.told import question_name
from sabai.intervals import Interval
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money.axes import Write
from sabai.report.money.words import GROUP_WORDS as CUSTOMER_WORDS
from sabai.report.money.words import group_called, period_names, share_of
from sabai.report.sheet import apart
from sabai.retention.periods import Periods

GROUP_WORDS = {
    **CUSTOMER_WORDS,
    "stage": gettext_noop("stage"),
    "survey": gettext_noop("survey"),
    "role": gettext_noop("role of the person"),
}
WHO_WORDS = {
    "answered": gettext_noop("answered"),
    "silent": gettext_noop("asked, and silent"),
    "not asked": gettext_noop("never asked"),
}


def group_name(by: str, language: Language) -> str:
    """What answers are told apart by; a column of the user's own keeps its name."""
    return language.gettext(GROUP_WORDS[by]) if by in GROUP_WORDS else by


def named(question: Question) -> str:
    """A question as it is called everywhere, kept from turning around."""
    name = question_name(question)
    return apart(name, 60) if question.kind == "rating" else name


def score_of(interval: Interval, question: Question, language: Language) -> str:
    """A score of the question with what it may well be."""
    if question.main == "share":
        return share_of(interval, language)
    return signed_span(interval, language) if question.main == "nps" else plain_span(interval, language, 2)


def value_of(interval: Interval, question: Question, language: Language) -> str:
    """The same without its interval."""
    show = language.show
    if question.main == "share":
        return show.percent(interval.value)
    return show.signed(interval.value) if question.main == "nps" else show.fixed(interval.value, 2)


def between(interval: Interval, question: Question, language: Language) -> str:
    """The interval alone; "" where there is none."""
    if interval.low != interval.low or interval.value != interval.value:
        return ""
    low, high = (Interval(end, float("nan"), float("nan")) for end in (interval.low, interval.high))
    return from_to(value_of(low, question, language), value_of(high, question, language), language)


def moved(change: Change, question: Question, language: Language) -> str:
    """A difference of scores of the question, in points where it is a share."""
    of = change.difference
    if question.main == "share":
        of = Interval(*(100 * each for each in (of.value, of.low, of.high)))
    return signed_span(of, language, 2 if question.main == "mean" else 1)


def signed_span(interval: Interval, language: Language, decimals: int = 1) -> str:
    return _spanned(interval, language, lambda value: language.show.signed(value, decimals))


def plain_span(interval: Interval, language: Language, decimals: int = 1) -> str:
    return _spanned(interval, language, lambda value: language.show.fixed(value, decimals))


def _spanned(interval: Interval, language: Language, write: Write) -> str:
    value = write(interval.value)
    if interval.low != interval.low or interval.value != interval.value:
        return value
    return f"{value} ({from_to(write(interval.low), write(interval.high), language)})"


def from_to(low: str, high: str, language: Language) -> str:
    """Both ends of an interval in words: a dash between signs would be read as one of them."""
    return language.gettext("%(low)s to %(high)s", low=low, high=high)


def group_label(by: str, name: str, language: Language) -> str:
    """A group as it is called: languages and countries in the reader's own words."""
    locale = language.show.locale
    if by == "country":
        name = locale.territories.get(name.upper(), name)
    elif by == "language":
        name = locale.languages.get(name.lower(), name)
    return group_called(by, name, language) if name else language.gettext("not said")


def short_periods(periods: Periods, language: Language) -> list[str]:
    """Below a picture, where there is little room: the month in which each begins."""
    if periods.every != "quarter":
        return period_names(periods, language)
    return [language.show.month(int(day)) for day in periods.starts]


def whether_shown(change: Change, language: Language) -> str:
    """Whether a difference is more than chance, among all that are compared."""
    _ = language.gettext
    if change.p != change.p:
        return language.show.unknown
    return _("shown") if change.shown else _("may be chance")


def answers_of(cell: Cell, language: Language) -> str:
    """A score, and from how many answers; too few are said."""
    _, show = language.gettext, language.show
    if not cell.enough and cell.question.main == "nps":
        return _("too few answers (%(n)s)", n=show.fixed(cell.n))
    score = value_of(cell.main, cell.question, language)
    return _("%(share)s, n = %(n)s", share=score, n=show.fixed(cell.n))
