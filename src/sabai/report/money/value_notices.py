"""What value says of itself in English, said again in the reader's language."""

from __future__ import annotations

import re

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money.value_fallen import fallen
from sabai.report.said_again import said_again
from sabai.report.sheet import apart

NAIVE = (
    gettext_noop(
        "The naive value, revenue × margin ÷ churn, stands beside it as a warning: it takes churn to be one constant "
        "number, but those who are left leave ever less, and money far away is worth less."
    ),
    gettext_noop(
        "The naive value carries on what each spent a week so far, as a warning: nobody ever leaves in it, and who "
        "bought much by chance goes on so for ever."
    ),
)
"""Why the naive value is none: it stands where that value is drawn, and not among the notices."""
NOTICES = (
    gettext_noop(
        "Values are what is expected from the next renewal on, without end, if revenue stays as it is; what the "
        "running term still brings is not in them. Intervals come from the covariance of the fitted parameters, and "
        "are those of the expectation: what one account does varies more."
    ),
    gettext_noop(
        "Purchases are read from %(table)s; all of one day are one. Values are what is expected within %(months)s "
        "months, discounted. Intervals come from the covariance of the fitted parameters, and are those of the "
        "expectation: what one account does varies more."
    ),
    gettext_noop("%(count)s accounts have subscriptions without a term or an interval and are left out."),
    gettext_noop("%(count)s accounts had terms of several lengths; their renewals are counted in the newest."),
    gettext_noop(
        "%(count)s contracts have ended so lately that their accounts may still come back: no value, not left."
    ),
    gettext_noop(
        "%(count)s of these ended on %(date)s, perhaps only because the facts end there: ask --as-of that day, when "
        "they still ran."
    ),
    gettext_noop(
        "%(count)s of %(rows)s rows of %(table)s are refunds or credits, %(amount)s in all: no purchases; values are "
        "before them."
    ),
    gettext_noop("%(count)s rows of %(table)s are worth nothing: they count as purchases, not in amounts."),
    gettext_noop("%(count)s rows of %(table)s have no amount in the workspace's currency and are left out."),
    gettext_noop("Fewer than %(count)s customers came back: no model is fitted, and nobody has a value."),
    gettext_noop(
        "How often and how much customers buy hang together (correlation %(correlation)s); Gamma-Gamma takes them to "
        "be apart, so values of frequent buyers lean to one side."
    ),
    gettext_noop("There is too little history to hold a part of it out: nobody knows how well the models foretell."),
    gettext_noop("Over the part held out, the naive forecast was nearer than the model: trust these values the less."),
    gettext_noop("What a point of retention is worth cannot be told: without contracts nobody is asked to renew."),
    gettext_noop("%(count)s costs are in another currency than the workspace's and are left out."),
    gettext_noop("Costs name segments that no account is in: %(names)s."),
)
OF_GROUPS = (
    gettext_noop(
        "%(renewals)s renewals and %(leavings)s leavings were seen, at least %(asked)s and %(left)s are needed; "
        "%(count)s accounts have no value."
    ),
    gettext_noop(
        "nobody is seen to leave before %(date)s; renewals before are not counted, since only those who stayed seem to "
        "be here."
    ),
    gettext_noop("%(share)s of what a new customer is worth lies beyond the %(count)s renewals seen."),
    gettext_noop("no curve could be fitted; a constant rate is used, and marked naive."),
)
TERMS = {
    "monthly terms": gettext_noop("monthly terms"),
    "quarterly terms": gettext_noop("quarterly terms"),
    "yearly terms": gettext_noop("yearly terms"),
}
_GROUP = re.compile(r"((?:\w+|\d+-month) terms(?:, .*?)?): (.*)", re.DOTALL)


def noticed(sentence: str, language: Language) -> str:
    """A notice; what is said of a group of customers keeps their name in front.

    >>> from sabai.language.language import speak
    >>> noticed("yearly terms: sbg: the likelihood did not converge; fell back.", speak("en"))[-32:]
    'A simpler model is used instead.'
    """
    group = _GROUP.fullmatch(sentence)
    if group:
        return f"{group_name(group[1], language)}: {_said(group[2], OF_GROUPS, language)}"
    return _said(sentence, NAIVE + NOTICES, language)


def _said(sentence: str, messages: tuple[str, ...], language: Language) -> str:
    return fallen(sentence, language) or said_again(sentence, messages, language)


def group_name(of: str, language: Language) -> str:
    """Of whom a model speaks: how long their terms are, and their segment, as its user calls it."""
    terms, comma, segment = of.partition(", ")
    months = re.fullmatch(r"(\d+)-month terms", terms)
    if months:
        said = language.gettext("%(months)s-month terms", months=months[1])
    else:
        said = language.gettext(TERMS[terms]) if terms in TERMS else terms
    if not comma:
        return said
    return language.gettext("%(terms)s, %(segment)s", terms=said, segment=apart(language.called(segment)))
