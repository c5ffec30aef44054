"""What is said about whoever owes, and to them: tones, reasons, habits, and words that fit both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.receivables.reminders.reminders import Reminder
from sabai.report.sheet import apart

TONE_WORDS = {
    "settle the dispute": gettext_noop("settle the dispute"),
    "our own books": gettext_noop("our own books"),
    "wait": gettext_noop("wait"),
    "friendly note": gettext_noop("friendly note"),
    "refer to the promise": gettext_noop("refer to the promise"),
    "ask for a new card": gettext_noop("ask for a new card"),
    "decide": gettext_noop("decide"),
    "personal call": gettext_noop("personal call"),
    "last notice": gettext_noop("last notice"),
    "second, firm": gettext_noop("second, firm"),
    "first reminder": gettext_noop("first reminder"),
}
REASONS = {
    "disputed": gettext_noop(
        "In dispute since %(disputed)s: settle that first, a reminder would say that nobody listens."
    ),
    "given back": gettext_noop(
        "Open only because money was refunded: it wants a credit note from us, not money from them."
    ),
    "small difference": gettext_noop(
        "What is left is a rounding of half a percent at most: write it off, a letter costs more."
    ),
    "no due date": gettext_noop("The invoice says no due day, so nobody can be late: agree on one and write it down."),
    "money unassigned": gettext_noop(
        "They have paid as much already without saying for what: find out before anybody writes."
    ),
    "skipped": gettext_noop(
        "They paid %(since)s invoices that fell due after it: look for a payment lost on our side; if there is none, "
        "ask what is wrong with this one."
    ),
    "promise pending": gettext_noop("They promised to pay on %(promised)s: wait until that day is over."),
    "due soon": gettext_noop("Due on %(due)s: a friendly note now saves both sides a reminder."),
    "promise broken": gettext_noop(
        "They promised to pay on %(promised)s and have not: ask what came between, and for a new day."
    ),
    "card failed": gettext_noop(
        "Their payment failed on %(failed)s (attempts so far: %(attempts)s): they may not know, so ask for a new card."
    ),
    "hopeless": gettext_noop(
        "Days past due: %(days)s, reminders so far: %(reminders)s. Likely bad debt: decide to collect or write off."
    ),
    "just reminded": gettext_noop("Reminded on %(reminded)s: give it a week."),
    "grace": gettext_noop("Days past due: only %(days)s, so the money may be on its way."),
    "in dispute elsewhere": gettext_noop(
        "Days past due: %(days)s, while another invoice is in dispute: talk about both, in person."
    ),
    "call": gettext_noop("Days past due: %(days)s, and too good a customer for a form letter: call."),
    "last notice": gettext_noop(
        "Days past due: %(days)s, reminders: %(reminders)s, the last on %(reminded)s. Say what comes next, and when."
    ),
    "second": gettext_noop(
        "Reminders so far: %(reminders)s, the last on %(reminded)s, without an answer: be firm, and ask for a day."
    ),
    "first": gettext_noop("Days past due: %(days)s, and nobody has written yet."),
}
"""Rule -> its reason."""
HISTORIES = (
    gettext_noop("They have not paid an invoice that fell due before, so nothing is known of their habits."),
    gettext_noop("They pay later than they used to: by %(trend)s days in the last six months."),
    gettext_noop("So far they paid all %(paid)s invoices by the due day: something is different this time."),
    gettext_noop("So far they always paid within %(slowest)s days of a reminder (reminders heeded: %(heeded)s)."),
    gettext_noop("They mostly pay late: the median of the %(paid)s invoices that they paid, in days: %(median)s."),
    gettext_noop("Invoices that they paid so far: %(paid)s, of them by the due day: %(by_due_day)s."),
)
WHY_UNKNOWN = {
    "No sales in this month, so there is nothing to divide by.": gettext_noop(
        "No sales in this month, so there is nothing to divide by."
    ),
    "Nothing could be collected in this month.": gettext_noop("Nothing could be collected in this month."),
    "The receivable is more than all sales since the first invoice.": gettext_noop(
        "The receivable is more than all sales since the first invoice."
    ),
}
_DATES = ("due", "reminded", "failed", "promised", "disputed")


def tone_word(tone: str, language: Language) -> str:
    """A tone; one of your own rules keeps its name."""
    return language.gettext(TONE_WORDS[tone]) if tone in TONE_WORDS else tone


def why_now(each: Reminder, language: Language) -> str:
    """The reason, in the language and with its numbers and dates."""
    return language.gettext(each.reason, **told(each.words, language))


def how_so_far(each: Reminder, language: Language) -> str:
    """How they paid so far; empty where that does not matter."""
    return language.gettext(each.history, **told(each.words, language)) if each.history else ""


def isolated(text: str) -> str:
    """Somebody else's word, whole, kept from turning around the words beside it."""
    return apart(text, most=len(text))


def told(words: Mapping[str, str], language: Language) -> dict[str, str]:
    """What sentences about a case may name, written as the language does."""
    return {name: _written(name, value, language) for name, value in words.items()}


def _written(name: str, value: str, language: Language) -> str:
    if not value:
        return language.show.unknown
    return language.show.date(date.fromisoformat(value)) if name in _DATES else language.show.fixed(int(value))
