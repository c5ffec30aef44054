"""Answers on their way to being kept: read strictly by the questions, put together, and asked for a sheet at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sabai.desk.responses.models import LONGEST
from sabai.desk.surveys.form import SCALES, Form, Given, Question
from sabai.language.catalogues import gettext_noop

Answer = int | str | list[str]
Told = Mapping[str, object]
"""Key of a question -> an answer as it came; None takes an answer back."""

AT_ONCE = 4  # questions on one sheet
WRONG = {
    "scale": gettext_noop("Please choose one of the answers."),
    "choice": gettext_noop("Please choose one of the answers."),
    "text": gettext_noop("Please write text."),
    "long": gettext_noop("Please write at most %(most)s characters; this has %(num)s."),
    "missing": gettext_noop("Please answer this question."),
    "unknown": gettext_noop("There is no such question."),
}

# What no keyboard writes and what turns a whole line around. Marks of direction, joiners and selectors stay: Arabic,
# Persian, Thai and emoji are written with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e007f]+"
)
_JOINING = re.compile("[\u200c-\u200f\u061c\ufe00-\ufe0f]{3,}")


class NotFitting(Exception):
    """What was given is no answer to what was asked; `wrong` is by question a word of WRONG."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{key}: {why}" for key, why in wrong.items()))
        self.wrong = wrong


def written(text: str) -> str:
    """A text without what nobody sees in it, which is otherwise as it was written.

    >>> written(" good\\u202e\\u200b \\x00service\\r\\nฟรี ")
    'good service\\nฟรี'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _JOINING.sub("", _UNSEEN.sub("", lines)).strip()


def fitting(form: Form, told: Told) -> tuple[dict[str, Answer | None], dict[str, str]]:
    """The answers of which each fits its question (None: taken back), and what is wrong with the others."""
    questions = {question.key: question for question in form.questions}
    good: dict[str, Answer | None] = {}
    wrong: dict[str, str] = {}
    for key, value in told.items():
        if key not in questions:
            wrong[key] = "unknown"
            continue
        try:
            good[key] = None if value is None else _answer(questions[key], value)
        except NotFitting as why:
            wrong |= why.wrong
    return good, wrong


def merged(form: Form, before: Given, told: Mapping[str, Answer | None]) -> dict[str, Answer]:
    """All answers together, the later ones winning, without those to questions that are asked no longer.

    Merging the same again changes nothing.
    """
    kept: dict[str, Answer] = {}
    both = {**before, **told}
    for question in form.questions:
        answer = both.get(question.key)
        if answer is not None and is_asked(question, kept):
            kept[question.key] = answer
    return kept


def is_asked(question: Question, given: Given) -> bool:
    return question.when is None or question.when.holds(given)


def missing(form: Form, given: Given) -> Iterator[Question]:
    """Questions that must be answered, are asked, and are not."""
    return (each for each in form.asked(given) if each.required and each.key not in given)


def sheets(form: Form) -> list[tuple[Question, ...]]:
    """The questions as they are asked together: never one beside another that it depends on."""
    found: list[tuple[Question, ...]] = []
    sheet: list[Question] = []
    for question in form.questions:
        depends = question.when is not None and question.when.question in [each.key for each in sheet]
        if depends or len(sheet) == AT_ONCE:
            found.append(tuple(sheet))
            sheet = []
        sheet.append(question)
    return [*found, tuple(sheet)] if sheet else found


def _answer(question: Question, value: object) -> Answer:
    if question.kind in SCALES:
        return _on_scale(question, value)
    if question.kind == "choice":
        return _chosen(question, value)
    if not isinstance(value, str):
        raise NotFitting({question.key: "text"})
    text = written(value)
    if len(text) > LONGEST:
        raise NotFitting({question.key: "long"})
    return text


def _on_scale(question: Question, value: object) -> int:
    lowest, highest = SCALES[question.kind]
    if isinstance(value, str) and re.fullmatch("[0-9]{1,2}", value, re.ASCII):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise NotFitting({question.key: "scale"})
    return value


def _chosen(question: Question, value: object) -> Answer:
    chosen = value if isinstance(value, list) else [value]
    known = [choice.key for choice in question.choices]
    if not all(isinstance(each, str) and each in known for each in chosen):
        raise NotFitting({question.key: "choice"})
    if question.many:
        return [key for key in known if key in chosen]
    if len(chosen) != 1:
        raise NotFitting({question.key: "choice"})
    return str(chosen[0])
