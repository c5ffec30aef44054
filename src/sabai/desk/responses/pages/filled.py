"""What a form of the page says, by question."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict

from sabai.desk.surveys.form import Question


def named(question: Question) -> str:
    """The name of its field."""
    return f"q-{question.key}"


def told_on(sheet: Iterable[Question], posted: QueryDict) -> dict[str, object]:
    """What was on the sheet: a text that was emptied and boxes that were cleared take their answers back."""
    told: dict[str, object] = {}
    for question in sheet:
        values = posted.getlist(named(question))
        if question.kind == "text":
            if values:
                told[question.key] = values[0] if values[0].strip() else None
        elif question.kind == "choice" and question.many:
            told[question.key] = values or None
        elif values and values[0]:
            told[question.key] = values[0]
    return told
