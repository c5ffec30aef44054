"""A task that asks for a reply, in the words of whoever gets it."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.desk.look.spoken import spoken
from sabai.desk.people.models import Workspace
from sabai.desk.replies.first_words import first_words, name_of
from sabai.desk.replies.history import History
from sabai.desk.responses.models import Response
from sabai.desk.surveys.form import SCALES
from sabai.desk.surveys.queries import form_of
from sabai.language.language import Language
from sabai.report.words import BAND_WORDS


def title(response: Response) -> str:
    """Who is waiting, and how they feel."""
    say, who = _read_by_owner(response), name_of(response)
    kind = form_of(response.version).first.kind
    if response.survey.kind == "exit":
        return say.gettext("Thank %(name)s for saying why they left", name=who)
    if response.score is None or kind not in SCALES:
        return say.gettext("Reply to %(name)s", name=who)
    score, most = say.show.fixed(response.score), say.show.fixed(SCALES[kind][1])
    return say.gettext("Reply to %(name)s, who gave %(score)s of %(most)s", name=who, score=score, most=most)


def detail(response: Response, known: History) -> str:
    """What they wrote, what is known of them, and how one might begin."""
    return "\n\n".join(_parts(response, known, _read_by_owner(response)))


def _parts(response: Response, known: History, say: Language) -> Iterator[str]:
    if response.comment:
        yield f"“{response.comment}”"
    yield "\n".join(_standing(known, say, response.workspace))
    kind = form_of(response.version).first.kind
    yield say.gettext("You might begin:") + "\n" + first_words(response, SCALES[kind][1] if kind in SCALES else 10)


def _standing(known: History, say: Language, workspace: Workspace) -> Iterator[str]:
    band = say.gettext(BAND_WORDS[known.band])
    score = say.show.unknown if known.score is None else say.show.fixed(known.score)
    yield say.gettext("Health: %(score)s (%(band)s)", score=score, band=band)
    if known.renews_on:
        yield say.gettext("Renews on %(day)s", day=say.show.date(known.renews_on))
    for each in known.earlier:
        score = say.show.unknown if each.score is None else say.show.fixed(each.score)
        wrote = f" “{each.comment}”" if each.comment else ""
        yield f"{say.show.date(workspace.day_of(each.at))} · {each.survey}: {score}{wrote}"


def _read_by_owner(response: Response) -> Language:
    owner = response.account.owner if response.account else None
    return spoken(owner.language if owner else None)
