"""Notices about customers and subscriptions, said again in the reader's language."""

from __future__ import annotations

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.said_again import said_again

NOTICES = (
    gettext_noop("There are no subscriptions, so nothing recurs."),
    gettext_noop("Subscriptions without an amount a month: %(count)s. They have no price, interval or exchange rate."),
    gettext_noop("Subscriptions that cost nothing: %(count)s. They count as customers and not in revenue."),
    gettext_noop("Subscriptions below zero: %(count)s. They are taken off their customer's revenue."),
    gettext_noop("Subscriptions that overlap another of the same customer and product: %(count)s. Both count."),
    gettext_noop(
        "Subscriptions entered more than %(days)s days after they began: %(count)s. Closed months have moved."
    ),
    gettext_noop("Subscriptions that are paused, nobody says since when: %(count)s. They count as they stand."),
    gettext_noop("Subscriptions cancelled without an end: %(count)s. They count as if they went on."),
    gettext_noop("Rows of subscriptions that were set aside: %(count)s. They count nowhere; rejects.csv says why."),
    gettext_noop(
        "Stopped paying and was a customer all the same: %(count)s. Revenue counts churn, customer retention does not "
        "(a pause within the grace, or a contract without a price)."
    ),
    gettext_noop(
        "Nobody is known to have left: either nobody did, or neither churn facts nor ends of contracts tell of it."
    ),
    gettext_noop("Left without a churn fact that says how: %(count)s of %(left)s. They count as lost all the same."),
    gettext_noop(
        "Customers who came before %(date)s: %(count)s. Nobody is known who left before; the export may hold only "
        "those who were still there."
    ),
    gettext_noop(
        "Since %(date)s it has not settled who left: whoever is not yet known to have left, or may yet go on within "
        "the grace, counts as still there."
    ),
    gettext_noop(
        "Contracts in another currency count at the exchange rate of the day on which they began; at the rates of "
        "%(date)s the revenue would differ by %(share)s. `exchange: dated` under money shows what it moved."
    ),
)


def noticed(notices: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """All of them in the language."""
    return tuple(said_again(each, NOTICES, language) for each in notices)
