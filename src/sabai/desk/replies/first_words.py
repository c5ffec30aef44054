"""How a person might begin their reply, in the language of whoever answered: to be changed, never sent by itself."""

from __future__ import annotations

from sabai.desk.look.spoken import spoken
from sabai.desk.responses.models import Response
from sabai.language.catalogues import gettext_noop

LEFT = gettext_noop("%(name)s, thank you for telling us why you left. May I ask one question about it?")
WITH_WORDS = gettext_noop("%(name)s, I have read what you wrote, and I am sorry that we let you down there.")
WITHOUT_WORDS = gettext_noop(
    "%(name)s, you gave us %(score)s of %(most)s. I would like to understand what went wrong. What happened?"
)


def first_words(response: Response, most: int) -> str:
    """The suggestion; `most` is the best score that could be given."""
    say = spoken(response.language)
    words = LEFT if response.survey.kind == "exit" else WITH_WORDS if response.comment else WITHOUT_WORDS
    score = say.show.unknown if response.score is None else say.show.fixed(response.score)
    return say.gettext(words, name=name_of(response), score=score, most=say.show.fixed(most))


def name_of(response: Response) -> str:
    """Whom one addresses: the person, or else the company."""
    return str(response.contact or response.account or "")
