"""What keeps questions from being asked, and which texts still lack a language. Pure, as `form.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sabai.desk.surveys.form import SCALES, Form, Question, Texts
from sabai.language.catalogues import gettext_noop

PARTS = {
    "texts": gettext_noop("the question"),
    "low": gettext_noop("the lower end of the scale"),
    "high": gettext_noop("the upper end of the scale"),
    "choice": gettext_noop("a choice"),
    "subject": gettext_noop("the subject of the mail"),
    "greeting": gettext_noop("the greeting of the mail"),
    "thanks": gettext_noop("the thanks"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """`said` is a message with the placeholders of `about`; `question` is the key of the one to mend, "" for none."""

    said: str
    question: str = ""
    about: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """One text of a form: of the question of that number, 0 for the mail and the thanks."""

    part: str
    texts: Texts
    number: int = 0
    question: str = ""


def problems(form: Form) -> list[Problem]:
    """All that is wrong; a form of which nothing is wrong can be published."""
    if not form.questions:
        return [Problem(gettext_noop("There is no question yet."))]
    of_questions = (problem for number in range(len(form.questions)) for problem in _of_question(form, number))
    return [*_of_first(form.first), *of_questions, *_unsaid(form)]


def missing(form: Form) -> dict[str, list[Place]]:
    """Language -> the texts that the fallback has and it has not, whose readers see the fallback there."""
    said = [place for place in places(form) if place.texts.get(form.fallback)]
    others = [code for code in form.languages if code != form.fallback]
    found = {code: [place for place in said if not place.texts.get(code)] for code in others}
    return {code: lacking for code, lacking in found.items() if lacking}


def places(form: Form) -> Iterator[Place]:
    """Every text of a form, as one meets them."""
    for part in ("subject", "greeting"):
        yield Place(part, getattr(form, part))
    for number, question in enumerate(form.questions, 1):
        yield Place("texts", question.texts, number, question.key)
        if question.kind in SCALES:
            yield Place("low", question.low, number, question.key)
            yield Place("high", question.high, number, question.key)
        for choice in question.choices if question.kind == "choice" else ():
            yield Place("choice", choice.texts, number, question.key)
    yield Place("thanks", form.thanks)


def _of_first(first: Question) -> Iterator[Problem]:
    if first.kind not in SCALES:
        said = gettext_noop("The first question needs a scale: its answer is a click in the mail.")
        yield Problem(said, first.key)
    if first.when:
        yield Problem(gettext_noop("The first question is asked of everybody: it cannot have a condition."), first.key)


def _of_question(form: Form, at: int) -> Iterator[Problem]:
    question, about = form.questions[at], {"number": at + 1}
    if Counter(each.key for each in form.questions)[question.key] > 1:
        yield Problem(gettext_noop("Question %(number)s has the key of another question."), question.key, about)
    if question.kind == "choice":
        yield from (Problem(said, question.key, about) for said in _of_choices(question))
    if question.when and at:
        before = {each.key: each for each in form.questions[:at]}
        other = before.get(question.when.question)
        if other is None:
            said = gettext_noop("Question %(number)s depends on a question that does not come before it.")
            yield Problem(said, question.key, about)
        elif not _can_hold(question, other):
            said = gettext_noop("Question %(number)s depends on an answer that nobody can give.")
            yield Problem(said, question.key, about)


def _of_choices(question: Question) -> Iterator[str]:
    keys = [choice.key for choice in question.choices]
    if len(keys) < 2:
        yield gettext_noop("Question %(number)s needs at least two choices.")
    if len(set(keys)) < len(keys) or not all(keys):
        yield gettext_noop("Question %(number)s has choices without a key of their own.")


def _can_hold(question: Question, other: Question) -> bool:
    """Whether somebody may answer the other question so that this one is asked."""
    when = question.when
    assert when is not None
    if other.kind in SCALES:
        low, high = SCALES[other.kind]
        least = low if when.least is None else max(when.least, low)
        return not when.among and least <= (high if when.most is None else min(when.most, high))
    known = {choice.key for choice in other.choices} if other.kind == "choice" else set()
    return when.least is None and when.most is None and set(when.among) <= known


def _unsaid(form: Form) -> Iterator[Problem]:
    """Texts that must be there in the fallback; the ends of a scale may go without."""
    for place in places(form):
        if place.part not in ("low", "high") and not place.texts.get(form.fallback, "").strip():
            about: dict[str, object] = {"number": place.number, "language": form.fallback, "part": place.part}
            if place.number:
                said = gettext_noop("Question %(number)s lacks %(part)s in %(language)s.")
            else:
                said = gettext_noop("There is no text in %(language)s for %(part)s.")
            yield Problem(said, place.question, about)
