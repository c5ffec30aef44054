"""Somebody before the questions of a survey: which of them they see, in which language, and what they said so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from secrets import token_urlsafe

from django.db.models import Q

from sabai.desk.asking.models import Ask
from sabai.desk.responses.given import is_asked, sheets
from sabai.desk.responses.models import Response
from sabai.desk.surveys.form import Form, Given, Question, Texts, spoken
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.queries import form_of, published

VISIT = re.compile(r"[A-Za-z0-9_-]{16,32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sitting:
    """`visit` is known by this browser alone; `response` is what is there already, by whomever."""

    survey: Survey
    form: Form
    visit: str
    tongue: str
    channel: str
    ask: Ask | None = None
    response: Response | None = None

    @property
    def asked(self) -> Ask | Survey:
        return self.ask or self.survey

    @property
    def key(self) -> str:
        """Under which the answer is kept."""
        return f"ask-{self.ask.pk}" if self.ask else f"visit-{self.visit}"

    @property
    def own(self) -> Response | None:
        """What this browser answered; what another did is not shown to it."""
        return self.response if self.response and self.response.visit == self.visit else None

    @property
    def given(self) -> Given:
        return self.own.given if self.own else {}

    @property
    def sheets(self) -> list[tuple[Question, ...]]:
        return sheets(self.form)

    def say(self, texts: Texts) -> str:
        return spoken(texts, self.tongue, self.form.fallback)

    def on_sheet(self, step: int, given: Given) -> tuple[Question, ...]:
        """Those of a sheet that are asked."""
        return tuple(question for question in self.sheets[step] if is_asked(question, given))

    def after(self, step: int, given: Given) -> int | None:
        """The next sheet that asks anything."""
        return next((at for at in range(step + 1, len(self.sheets)) if self.on_sheet(at, given)), None)

    def before(self, step: int, given: Given) -> int:
        return next((at for at in range(step - 1, -1, -1) if self.on_sheet(at, given)), 0)


def of_ask(ask: Ask, visit: str, chosen: Iterable[str], wished: Iterable[str], channel: str = "mail") -> Sitting:
    """Of somebody who was asked: in the language that they chose on the page, were asked in, or whose browser it is."""
    form = form_of(ask.version)
    theirs = (ask.language, ask.contact.language if ask.contact else "")
    tongue = tongue_of(form, (*chosen, *theirs, *wished))
    return Sitting(ask.survey, form, visit, tongue, channel, ask, _answered(ask, visit))


def of_anybody(survey: Survey, visit: str, tongues: Iterable[str], channel: str) -> Sitting:
    """Of somebody whom nobody knows; each visit is an answer of its own."""
    response = Response.of(survey.workspace).select_related("version").filter(survey=survey, visit=visit).first()
    form = form_of(response.version if response else published(survey))
    return Sitting(survey, form, visit, tongue_of(form, tongues), channel, None, response)


def tongue_of(form: Form, wanted: Iterable[str]) -> str:
    """The first wanted language that the survey is written in, or else the one that it falls back to."""
    return next(_offered(form, wanted), form.fallback)


def visit_of(*known: str | None) -> str:
    """The first that looks like one of ours, or a new one."""
    return next((each for each in known if each and VISIT.fullmatch(each)), token_urlsafe(16))


def _offered(form: Form, wanted: Iterable[str]) -> Iterator[str]:
    for code in wanted:
        yield from (each for each in (code, code.partition("-")[0]) if each in form.languages)


def _answered(ask: Ask, visit: str) -> Response | None:
    """The answer of this browser, else the one that the ask has."""
    found = list(
        Response.of(ask.workspace).select_related("version").filter(Q(ask=ask) | Q(beside__ask=ask)).order_by("-pk")
    )
    own = (each for each in found if each.visit == visit)
    return next(own, None) or next((each for each in found if each.ask_id), None)
