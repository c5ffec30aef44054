"""What was noticed on the way, in the reader's language.

Notices are written in English by rooms that know no languages. Here their sentences stand once more.
"""

from __future__ import annotations

from collections.abc import Iterator

from sabai.errors import Issue
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.said_again import said_again

SENTENCES = (
    gettext_noop("No file is here for %(sources)s."),
    gettext_noop("What they would tell stays unknown."),
    gettext_noop(
        "What they would tell stays unknown, and so do counts of %(tables)s out of other files, "
        "unless a filter tells them apart."
    ),
    gettext_noop("Add the files, or take these sources out of the definitions."),
    gettext_noop("A damaged export was set aside: %(file)s."),
    gettext_noop("What it tells is missing from every score; everything else has landed."),
    gettext_noop("Export it again under the same name, and land it."),
    gettext_noop("Damaged files of %(table)s were set aside: %(files)s."),
    gettext_noop("What they held is missing from every score until the exports that brought it have landed again."),
    gettext_noop("Land all exports again, and then take that folder away."),
    gettext_noop("Among %(all)s happenings, strays more than an empty year before all others: %(few)s."),
    gettext_noop("They stay facts, and counts over a lifetime see them. Weeks begin after them, on %(date)s."),
    gettext_noop("Correct the date; if it is right, write  since: %(date)s  in the source %(source)s."),
    gettext_noop('Factor "%(factor)s" has nothing to be compared with.'),
    gettext_noop("No customer has a known value in the reference span, so its points are unknown everywhere."),
    gettext_noop("Choose a `reference` span inside the data, or give the factor a `curve`."),
    gettext_noop("Nothing has come from %(sources)s, so its points are unknown everywhere."),
    gettext_noop('Add what is missing there, or take "%(factor)s" out of the factors.'),
    gettext_noop("There are no scores in the reference span to take quartiles of."),
    gettext_noop("Without cut points every band is unknown."),
    gettext_noop("Choose a `reference` span inside the data, or write  cut: { healthy: 70, at_risk: 40 }"),
    gettext_noop("No `reference` span is stated, so all weeks there are say what is usual."),
    gettext_noop("Every new week of data moves the scores of the past."),
    gettext_noop("Write  reference: { from: 2025-01-01, to: 2025-06-30 }  with dates inside the data."),
    gettext_noop("The line was left out."),
    gettext_noop('There is no account "%(account)s".'),
    gettext_noop('"%(word)s" is not a band.'),
    gettext_noop("Write one of %(bands)s."),
    gettext_noop('"%(word)s" is not a kind.'),
    gettext_noop("Write override or pulse."),
    gettext_noop('"%(column)s" is empty.'),
    gettext_noop("An override says who set it, and why."),
    gettext_noop('"%(column)s" is "%(text)s".'),
    gettext_noop("Write a date such as 2026-11-30."),
    gettext_noop("It ends before it begins."),
    gettext_noop("`until` is the first date that is free again."),
)


def noticed(issues: tuple[Issue, ...], language: Language) -> Iterator[Issue]:
    """The same notices in the language; a sentence that is not known here stays as it was written.

    >>> from sabai.language.language import speak
    >>> [notice] = noticed((Issue("HLT-023", '"green" is not a band.', "overrides.csv:9"),), speak("ja"))
    >>> notice.what
    '「\u2068green\u2069」という区分はありません。'
    """
    for issue in issues:
        what, why, hint = (
            said_again(sentence, SENTENCES, language) for sentence in (issue.what, issue.why, issue.hint)
        )
        yield Issue(issue.code, what, issue.where, why, hint)
