"""What a forecast of renewals says of itself in English, said again in the reader's language."""

from __future__ import annotations

import re

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.said_again import said_again

NOTICES = (
    gettext_noop("%(count)s subscriptions that are due have no amount a month, and are not in money."),
    gettext_noop("%(count)s subscriptions that are due are negative: they are taken off their customer's renewal."),
    gettext_noop("No past quarter says how much renewals move together: the usual %(tau)s is taken for it."),
    gettext_noop("Nothing with a term of more than a month is due in this time."),
    gettext_noop("%(count)s of %(all)s renewals have no score: they have the chance of others without one."),
    gettext_noop("%(count)s accounts have contracts without a term: nobody can say when they renew."),
    gettext_noop("Nothing was due about a year ago: there is no last year's rate to compare with."),
    gettext_noop("%(count)s renewals are worth less than nothing after credits: they count as 0."),
    gettext_noop("All have the same chance, so nothing can be said of what doing nothing costs."),
    gettext_noop("A better score does not renew more surely here, so nothing can be said of what doing nothing costs."),
    gettext_noop("Too few left to judge these chances on later renewals: nobody has checked them yet."),
    gettext_noop(
        "On later renewals the chances were too far apart: calibration slope %(slope)s (%(low)s – %(high)s), and 1 is "
        "right."
    ),
    gettext_noop(
        "On later renewals the chances were too close together: calibration slope %(slope)s (%(low)s – %(high)s), and "
        "1 is right."
    ),
    gettext_noop("On later renewals the chances were off by %(error)s, more than chance alone would explain."),
    gettext_noop("%(count)s calls of %(date)s or later are not read: nothing dated as-of or later is."),
    gettext_noop(
        "%(count)s renewals are of accounts that these facts do not know: the sums take what was expected of them."
    ),
    gettext_noop("%(count)s renewals had no chance when they were issued: left out."),
)
HOW_SURE = (
    gettext_noop("Nothing can be said of the chance to renew"),
    gettext_noop(
        "By the plain rate of the past, the same for everybody: %(rate)s of %(count)s renewals came (%(low)s – "
        "%(high)s)"
    ),
    gettext_noop(
        "By score and time to the renewal, learned from %(leavers)s accounts that left, %(lost)s of them at a renewal"
    ),
    gettext_noop(
        "By time to the renewal alone, as the score tells nothing here, learned from %(leavers)s accounts that left, "
        "%(lost)s of them at a renewal"
    ),
)
BECAUSE = (
    gettext_noop("no renewal of the past has come up yet"),
    gettext_noop("%(leavers)s accounts left in the past, and a model needs %(needed)s"),
    gettext_noop(
        "%(lost)s accounts did not renew and %(kept)s did, and a model needs %(needed_lost)s and %(needed_kept)s"
    ),
    gettext_noop("no score of the past is known"),
    gettext_noop("steady would be %(needed)s"),
)
FEW_LOST = gettext_noop("Only %(lost)s renewals were lost: how sure they are on the whole may be off.")

_FEW = re.compile(r"(.*\.) (Only .*)", re.DOTALL)
_REASON = re.compile(r"(.*?(?:chance to renew|\)|at a renewal))([:;]) (.*)\.", re.DOTALL)


def noticed(sentence: str, language: Language) -> str:
    """A notice of the forecast, or of its judgement."""
    return said_again(sentence, NOTICES, language)


def how_sure(sentence: str, language: Language) -> str:
    """Where chances are from, why not from more, and what to doubt.

    >>> from sabai.language.language import speak
    >>> how_sure("Nothing can be said of the chance to renew: no score of the past is known.", speak("en"))
    'Nothing can be said of the chance to renew: no score of the past is known.'
    """
    few = _FEW.fullmatch(sentence)
    if few:
        return f"{how_sure(few[1], language)} {said_again(few[2], (FEW_LOST,), language)}"
    reason = _REASON.fullmatch(sentence)
    if reason:
        told, mark, why = reason.groups()
        between = language.pause if mark == ";" else f"{mark} "
        return f"{said_again(told, HOW_SURE, language)}{between}{said_again(why, BECAUSE, language)}{language.stop}"
    return said_again(sentence.removesuffix("."), HOW_SURE, language) + language.stop
