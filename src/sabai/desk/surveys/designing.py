"""Other forms out of a form: questions added, moved and taken out, languages too. Pure, as `form.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from sabai.desk.surveys.form import Choice, Form, Kind, Question, Texts

MOST_QUESTIONS = 30


def fresh(kind: Kind, taken: Sequence[str]) -> str:
    """
    >>> fresh("text", ["nps-1", "text-1", "text-2"])
    'text-3'
    """
    return next(key for number in range(1, len(taken) + 2) if (key := f"{kind}-{number}") not in taken)


def added(form: Form, kind: Kind) -> Form:
    """With an empty question at the end; as it was where it is long enough."""
    if len(form.questions) >= MOST_QUESTIONS:
        return form
    question = Question(
        fresh(kind, [each.key for each in form.questions]), kind, dict.fromkeys(form.languages or (form.fallback,), "")
    )
    return msgspec.structs.replace(form, questions=(*form.questions, question))


def without(form: Form, key: str) -> Form:
    """Without that question; those that depended on it are asked of everybody."""
    left = [question for question in form.questions if question.key != key]
    free = [
        msgspec.structs.replace(each, when=None) if each.when and each.when.question == key else each for each in left
    ]
    return msgspec.structs.replace(form, questions=tuple(free))


def moved(form: Form, key: str, by: int) -> Form:
    """With that question earlier (`by` below 0) or later, as far as there is room."""
    keys = [question.key for question in form.questions]
    if key not in keys:
        return form
    questions = list(form.questions)
    at = keys.index(key)
    questions.insert(max(at + by, 0), questions.pop(at))
    return msgspec.structs.replace(form, questions=tuple(questions))


def replaced(form: Form, question: Question) -> Form:
    """With that question instead of the one of its key."""
    questions = tuple(question if each.key == question.key else each for each in form.questions)
    return msgspec.structs.replace(form, questions=questions)


def spoken_in(form: Form, code: str) -> Form:
    """With one more language, whose texts are empty still."""
    return _each_text(form, lambda texts: {**texts, code: texts.get(code, "")})


def silent_in(form: Form, code: str) -> Form:
    """Without a language and its texts; the fallback stays."""
    if code == form.fallback:
        return form
    return _each_text(form, lambda texts: {each: text for each, text in texts.items() if each != code})


def falling_back(form: Form, code: str) -> Form:
    """With another of its languages for whoever speaks none of them."""
    return msgspec.structs.replace(form, fallback=code) if code in form.languages else form


def _freed(question: Question, key: str) -> Question:
    depends = question.when is not None and question.when.question == key
    return msgspec.structs.replace(question, when=None) if depends else question


def _each_text(form: Form, change: Callable[[Texts], Texts]) -> Form:
    def question(told: Question) -> Question:
        choices = tuple(Choice(choice.key, change(choice.texts)) for choice in told.choices)
        return msgspec.structs.replace(
            told, texts=change(told.texts), low=change(told.low), high=change(told.high), choices=choices
        )

    return msgspec.structs.replace(
        form,
        questions=tuple(question(each) for each in form.questions),
        subject=change(form.subject),
        greeting=change(form.greeting),
        thanks=change(form.thanks),
    )
