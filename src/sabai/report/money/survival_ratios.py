"""Hazard ratios in the reader's language, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money.survival_words import level_word
from sabai.report.money.words import group_word
from sabai.report.proof.sentence import span
from sabai.report.sheet import apart
from sabai.retention.survival.ratios import Ratio

MORE = {
    "level": gettext_noop(
        "Customers whose %(factor)s is %(level)s leave %(times)s times as often as those whose %(factor)s is "
        "%(against)s (%(span)s)."
    ),
    "number": gettext_noop("Customers with %(unit)s more of %(factor)s leave %(times)s times as often (%(span)s)."),
}
NOT_SHOWN = {
    "level": gettext_noop(
        "Customers whose %(factor)s is %(level)s: no difference shown to those whose %(factor)s is %(against)s "
        "(%(times)s times as often, %(span)s)."
    ),
    "number": gettext_noop(
        "Customers with %(unit)s more of %(factor)s: no difference shown (%(times)s times as often, %(span)s)."
    ),
}
DRIFTS = {
    True: gettext_noop(
        "The ratio of %(who)s grows the longer they have been customers (p %(p)s): one number does not tell it. "
        "Look at the curves: --by %(factor)s."
    ),
    False: gettext_noop(
        "The ratio of %(who)s shrinks the longer they have been customers (p %(p)s): one number does not tell it. "
        "Look at the curves: --by %(factor)s."
    ),
}


def who(ratio: Ratio, language: Language) -> str:
    """What tells them apart, in short."""
    term, factor = ratio.term, group_word(ratio.term.factor, language)
    if term.unit is None:
        return f"{factor}: {level_word(term.level, language, term.factor)}"
    return language.gettext("%(unit)s more of %(factor)s", unit=language.show.number(term.unit, 2), factor=factor)


def sentence(ratio: Ratio, language: Language) -> str:
    """For a person who knows no statistics."""
    term, times = ratio.term, ratio.ratio
    kind = "level" if term.unit is None else "number"
    message = (MORE if times.excludes(1.0) else NOT_SHOWN)[kind]
    told = {
        "factor": group_word(term.factor, language), "times": times_said(times.value, language),
        "span": span(times_said(times.low, language), times_said(times.high, language)),
    }  # fmt: skip
    if term.unit is not None:
        return language.gettext(message, unit=language.show.number(term.unit, 2), **told)
    level, against = (level_word(each, language, term.factor) for each in (term.level, term.against))
    return language.gettext(message, level=level, against=against, **told)


def warnings(ratios: tuple[Ratio, ...], language: Language) -> Iterator[str]:
    """Where Cox's assumption does not hold, and what to look at instead."""
    for ratio in ratios:
        if ratio.drifts:
            p = p_said(ratio.drift.p, language)
            told = {"who": who(ratio, language), "p": p, "factor": apart(ratio.term.factor)}
            yield language.gettext(DRIFTS[ratio.drift.grows], **told)


def times_said(times: float, language: Language) -> str:
    """With as many digits as tell on which side of one it lies."""
    if not isfinite(times):
        return "…"
    return language.show.fixed(times, 0 if times >= 100 else 2 if times < 1.1 else 1)


def p_said(p: float, language: Language) -> str:
    """
    >>> from sabai.language.language import speak
    >>> p_said(0.0312, speak("en")), p_said(1e-9, speak("en"))
    ('= 0.031', '< 0.001')
    """
    return f"< {language.show.fixed(0.001, 3)}" if p < 0.001 else f"= {language.show.fixed(p, 3)}"
