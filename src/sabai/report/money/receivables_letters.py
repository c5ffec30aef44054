"""Letters to whoever owes, in the customer's own language where it is known and spoken here."""

from __future__ import annotations

from dataclasses import dataclass

from sabai.language.catalogues import LANGUAGES, SOURCE, gettext_noop
from sabai.language.language import Language, speak
from sabai.receivables.reminders.reminders import Reminder
from sabai.report.money.receivables_words import HISTORIES, isolated, told

_NEW, _LATER, _NEVER_LATE = HISTORIES[:3]
OPENINGS = {
    _NEW: gettext_noop("Good to have you with us."),
    _LATER: gettext_noop("Of late it has taken longer than it used to: is there anything that we should know?"),
    _NEVER_LATE: gettext_noop("You have always paid in time, so perhaps something went wrong on the way."),
}
"""How a letter to such a customer begins; to others it comes to the point at once."""
LETTERS = {
    "disputed": gettext_noop(
        "About %(invoices)s (%(amount)s), with which you told us that something is wrong: we would like to settle this "
        "with you. When may we call?"
    ),
    "due soon": gettext_noop(
        "A note ahead of what falls due on %(first_due)s: %(invoices)s (%(amount)s). Is everything right with it?"
    ),
    "promise broken": gettext_noop(
        "You meant to pay %(invoices)s (%(amount)s) on %(promised)s, and nothing has reached us yet. Did something "
        "come between, and which day suits you now?"
    ),
    "card failed": gettext_noop(
        "Your payment of %(invoices)s (%(amount)s) did not go through on %(failed)s. Would you check the card, or give "
        "us another one?"
    ),
    "in dispute elsewhere": gettext_noop(
        "We have not forgotten the invoice that you questioned. May we talk about it, and about what has been due "
        "since %(first_due)s: %(invoices)s (%(amount)s)?"
    ),
    "call": gettext_noop(
        "It is about what has been due since %(first_due)s: %(invoices)s (%(amount)s). Is there anything that we "
        "should put right, and when may we expect it?"
    ),
    "last notice": gettext_noop(
        "Our letter of %(reminded)s had no answer, and this has been due since %(first_due)s: %(invoices)s "
        "(%(amount)s). Please pay within a week, or call us so that we find a way; after that we have to take the next "
        "step."
    ),
    "second": gettext_noop(
        "We wrote to you on %(reminded)s and have not heard from you. Due since %(first_due)s: %(invoices)s "
        "(%(amount)s). On which day will you pay?"
    ),
    "first": gettext_noop(
        "This has been due since %(first_due)s: %(invoices)s (%(amount)s). It may have been overlooked; would you look "
        "into it?"
    ),
}
"""Rule -> what to write or to say to the customer; rules that are missing are for us and not for them."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What to say to the customer, ready to be sent; `words` are empty where nobody is to say anything."""

    words: str
    language: Language


def letter(each: Reminder, as_of: int, currency: str, usual: str) -> Letter:
    """In the customer's language, where it is not known in the `usual` one of the workspace (a code)."""
    language = speak(spoken(each.language) or spoken(usual) or SOURCE)
    _, show = language.gettext, language.show
    if each.rule not in LETTERS:
        return Letter("", language)
    opening = "" if each.rule == "disputed" else OPENINGS.get(each.history, "")
    body = _(
        LETTERS[each.rule], **told(each.words, language),
        invoices=show.listed([isolated(invoice) for invoice in each.invoice_ids]),
        amount=show.money(each.balance_minor, currency), first_due=show.date(as_of - each.days_past_due),
    )  # fmt: skip
    greeting = _("Dear %(name)s,", name=isolated(each.name))
    return Letter(greeting + "\n" + " ".join(part for part in (_(opening) if opening else "", body) if part), language)


def spoken(code: str | None) -> str | None:
    """The language that a code begins with, where letters can be written in it.

    >>> spoken("th-TH"), spoken("JA_jp"), spoken("de"), spoken(None)
    ('th', 'ja', None, None)
    """
    begins = (code or "").strip().replace("_", "-").partition("-")[0].lower()
    return begins if begins in LANGUAGES else None
