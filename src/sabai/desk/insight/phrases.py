"""What the library's pages say of files and commands, said to people who have neither but a desk."""

from __future__ import annotations

from dataclasses import replace
from gettext import NullTranslations

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language

IN_THE_DESK = {
    "These are the newest cohorts and the first ages; triangle.csv has all of them.": gettext_noop(
        "These are the newest cohorts and the first ages; the table below has all of them."
    ),
    "The first %(count)s are shown; all stand in reminders.csv.": gettext_noop(
        "The first %(count)s are shown; the table below has all of them."
    ),
    "Say which invoice they are for; rejects.csv says whether that invoice was set aside.": gettext_noop(
        "Say which invoice they are for; the page “Data” says whether invoices were set aside."
    ),
    "Add the rate; see rejects.csv.": gettext_noop("Add the rate; the page “Data” shows what was set aside."),
    "Rows of subscriptions that were set aside: %(count)s. They count nowhere; rejects.csv says why.": gettext_noop(
        "Rows of subscriptions that were set aside: %(count)s. They count nowhere; the page “Data” shows them."
    ),
    "No owner has said what will renew: write it into calls.csv.": gettext_noop("No owner has said what will renew."),
    "No forecast was issued yet: `sabai renewals --issue`": gettext_noop("No forecast was kept to be judged later."),
    "The ratio of %(who)s grows the longer they have been customers (p %(p)s): one number does not tell it. "
    "Look at the curves: --by %(factor)s.": gettext_noop(
        "The ratio of %(who)s grows the longer they have been customers (p %(p)s): one number does not tell it."
    ),
    "The ratio of %(who)s shrinks the longer they have been customers (p %(p)s): one number does not tell it. "
    "Look at the curves: --by %(factor)s.": gettext_noop(
        "The ratio of %(who)s shrinks the longer they have been customers (p %(p)s): one number does not tell it."
    ),
    "%(count)s of these ended on %(date)s, perhaps only because the facts end there: ask --as-of that day, when "
    "they still ran.": gettext_noop(
        "%(count)s of these ended on %(date)s, perhaps only because the facts end there: newer facts will tell."
    ),
    "There are no scores from before the questions. Run: sabai score": gettext_noop(
        "There are no scores from before the questions."
    ),
    "There are no scores from before the questions, so nobody knows how well those did who answered or stayed "
    "silent. Run: sabai score": gettext_noop(
        "There are no scores from before the questions, so nobody knows how well those did who answered or stayed "
        "silent."
    ),
}
"""The library's message -> the desk's."""


class _Phrases(NullTranslations):
    """A catalogue that looks for the desk's message first."""

    def gettext(self, message: str) -> str:
        return super().gettext(IN_THE_DESK.get(message, message))


def in_the_desk(language: Language) -> Language:
    """The same language, in which a page sends nobody to a file or a command.

    >>> from sabai.language.language import speak
    >>> in_the_desk(speak("en")).gettext("No owner has said what will renew: write it into calls.csv.")
    'No owner has said what will renew.'
    """
    phrases = _Phrases()
    phrases.add_fallback(language.catalogue)
    return replace(language, catalogue=phrases)
