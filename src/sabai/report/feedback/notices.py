"""Notices about answers, said again in the reader's language."""

from __future__ import annotations

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.said_again import said_again

NOTICES = (
    gettext_noop("There are no responses: nobody was asked, or no source says so."),
    gettext_noop(
        "Answers that came again under another id, of the same person, word for word: %(count)s. They count once."
    ),
    gettext_noop(
        "NPS answers on another scale than 0–10: %(count)s. They are left out: another scale is another question."
    ),
    gettext_noop("Ratings of which nobody says the scale: %(count)s. They are left out."),
    gettext_noop("Scores outside their scale: %(count)s. They are left out."),
    gettext_noop("People who answered for more than one customer: %(count)s. They count once for each."),
    gettext_noop("Nobody has answered on a scale in this time."),
    gettext_noop("%(kind)s was asked on several scales: %(scales)s. They are kept apart."),
    gettext_noop("Only answers are known, not who was asked and stayed silent: there is no response rate."),
    gettext_noop(
        "There are no scores from before the questions, so nobody knows how well those did who answered or stayed "
        "silent. Run: sabai score"
    ),
    gettext_noop("Answers of people without a name: %(count)s. Each counts, as nobody knows who answered twice."),
)


def noticed(notices: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """All of them in the language."""
    return tuple(said_again(each, NOTICES, language) for each in notices)
