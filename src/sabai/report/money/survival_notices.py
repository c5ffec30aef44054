"""What was noticed when it was told how long customers stay, said again in the reader's language."""

from __future__ import annotations

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.said_again import said_again

SENTENCES = (
    gettext_noop("Nobody is known to have left, so nothing can be said about how long customers stay."),
    gettext_noop(
        "%(count)s customers had begun before %(date)s, from when it is known who left: each counts from that day on, "
        "since those who had left by then are not in the data."
    ),
    gettext_noop("%(count)s times a customer left before that day: these are not counted, as others are not known."),
    gettext_noop("%(count)s times a customer came back: only the first time counts."),
    gettext_noop("%(factors)s: as it stands today. If it was changed when a customer left, the ratio knows the end."),
    gettext_noop("%(count)s of the %(left)s that left have no churn written down: their contract was over."),
    gettext_noop("%(count)s customers without %(factor)s are left out."),
    gettext_noop("Nobody whose %(factor)s is %(level)s left (%(count)s customers): no ratio, left out."),
    gettext_noop("There is nothing left to compare, so there are no ratios."),
    gettext_noop("Only %(left)s left for %(ratios)s ratios: they may well follow chance."),
    gettext_noop("The regression does not converge, not even with a ridge: there are no ratios."),
    gettext_noop("The regression has no answer by itself: a ridge holds the ratios, which are marked."),
    gettext_noop("All customers are alike in %(factor)s, so it has no ratio."),
    gettext_noop("What %(factor)s says is said by the others already, so it has no ratio of its own."),
)


def noticed(notice: str, language: Language) -> str:
    """
    >>> from sabai.language.language import speak
    >>> noticed("12 customers without seats are left out.", speak("en"))
    '12 customers without seats are left out.'
    """
    return said_again(notice, SENTENCES, language)
