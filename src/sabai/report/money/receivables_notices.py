"""Notices about invoices and payments, said again in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.errors import Issue
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money.words import amounts_short
from sabai.report.said_again import said_again

COUNTS = (
    gettext_noop("Invoices paid in part: %(count)s, %(amount)s."),
    gettext_noop("Invoices with money before the due day: %(count)s."),
    gettext_noop("Invoices with money before they were issued: %(count)s."),
    gettext_noop("Invoices with refunds larger than themselves: %(count)s, %(amount)s."),
    gettext_noop("Invoices open because money was refunded: %(count)s, %(amount)s."),
    gettext_noop("Invoices paid more than once, or too much: %(count)s, %(amount)s."),
    gettext_noop("Payments without an invoice that is known: %(count)s, %(amount)s."),
    gettext_noop("Payments taken back: %(count)s, %(amount)s."),
    gettext_noop("Differences of exchange: %(count)s, %(amount)s."),
    gettext_noop("Open invoices without a due day: %(count)s, %(amount)s."),
    gettext_noop("Invoices of zero: %(count)s."),
    gettext_noop("Credit notes (invoices below zero): %(count)s, %(amount)s."),
    gettext_noop("Invoices unpaid for more than %(days)s days past due: %(count)s, %(amount)s."),
    gettext_noop("Invoices of which half a percent or less is left: %(count)s, %(amount)s."),
    gettext_noop("Invoices that say they are paid, but not when: %(count)s."),
    gettext_noop("Invoices without an amount: %(count)s."),
    gettext_noop("Invoices that are void, cancelled or a draft: %(count)s."),
    gettext_noop("Invoices told of by two sources: %(count)s."),
    gettext_noop("Payments told of by two sources: %(count)s."),
    gettext_noop("Invoices of test accounts: %(count)s."),
    gettext_noop("Payments without an amount: %(count)s."),
    gettext_noop("Rows of invoices and payments that came in again: %(count)s."),
    gettext_noop("Rows of invoices and payments in a currency without a rate: %(count)s."),
    gettext_noop("Kinds of payment that have no meaning here: %(kinds)s."),
    gettext_noop("There are no payments."),
)
REASONS = (
    gettext_noop("What is left of them is owed."),
    gettext_noop("That is early, and fine."),
    gettext_noop("It stands as money without an invoice until the invoice is there."),
    gettext_noop("More was given back than was asked."),
    gettext_noop("They stand apart as given back, and nobody is reminded of them."),
    gettext_noop("What is too much is the customer's credit; it is not taken off other invoices."),
    gettext_noop("They are shown for each account and not taken off what it owes."),
    gettext_noop("Below zero, and not called a refund: the invoice is owed again."),
    gettext_noop(
        "Money in the invoice's own currency settles it at the rate at which it was booked; the rest is a gain, or "
        "below zero a loss, and no receivable."
    ),
    gettext_noop("How late they are is unknown, so they stand in a bucket of their own."),
    gettext_noop("Nobody owes anything for them."),
    gettext_noop("They are the customer's credit; no other invoice is settled by them."),
    gettext_noop("Likely bad debt."),
    gettext_noop("Likely a rounding: they count to the cent, and nobody is reminded of them."),
    gettext_noop("They count as paid from when that was received, which may be later than it was true."),
    gettext_noop("They are in no sum."),
    gettext_noop("They ask for nothing."),
    gettext_noop("Each counts once."),
    gettext_noop("They are left out."),
    gettext_noop("They settle nothing."),
    gettext_noop("They were set aside when landing, so what they say is missing here."),
    gettext_noop("They are read as payments."),
    gettext_noop("Only an invoice's own `paid_on` says that it was paid."),
)
ADVICE = (
    gettext_noop("Look for a refund that names the wrong invoice."),
    gettext_noop("Write a credit note where you do not ask for the money again."),
    gettext_noop("Say which invoice they are for; rejects.csv says whether that invoice was set aside."),
    gettext_noop("Map `due_on`."),
    gettext_noop("Decide who collects it, or write it off."),
    gettext_noop("Map `paid_on`."),
    gettext_noop("Add the rate; see rejects.csv."),
    gettext_noop("Write payment, refund, credit, failed attempt or reminder."),
    gettext_noop("Map a source to the table `payments`."),
)


def noticed(issue: Issue, language: Language) -> str:
    """How many there are, what is done with them, and what you may do.

    >>> from sabai.language.language import speak
    >>> noticed(Issue("RCV-021", "Invoices of zero: 3.", "", "Nobody owes anything for them."), speak("en"))
    'Invoices of zero: 3. Nobody owes anything for them.'
    """
    return " ".join(_parts(issue, language))


def _parts(issue: Issue, language: Language) -> Iterator[str]:
    for sentence, messages in ((issue.what, COUNTS), (issue.why, REASONS), (issue.hint, ADVICE)):
        if sentence:
            yield said_again(amounts_short(sentence, language), messages, language)
