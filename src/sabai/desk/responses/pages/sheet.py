"""What is on one page of a survey, and on the last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sabai.desk.look.spoken import spoken
from sabai.desk.responses.given import WRONG
from sabai.desk.responses.models import LONGEST
from sabai.desk.responses.pages.filled import named
from sabai.desk.responses.pages.public import called, shown
from sabai.desk.responses.sitting import Sitting
from sabai.desk.surveys.form import SCALES, Question


def sheet_page(
    request: HttpRequest, sitting: Sitting, step: int, chosen: int | None = None,
    wrong: Mapping[str, str] | None = None, told: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """`chosen` is the score of the mail; after something went wrong, `told` is what was on the page then."""
    own = sitting.own
    step = step if own or told else 0
    first = {} if chosen is None or (own and own.state == "complete") else {sitting.form.first.key: chosen}
    given: dict[str, Any] = {**sitting.given, **first, **(told or {})}
    told_page = {
        **_around(sitting),
        **fields_of(sitting, step, given),
        "step": step,
        "wrong": whys(wrong or {}, sitting, given),
        "elsewhere": _is_elsewhere(sitting),
        "late": is_late(sitting),
        "longest": LONGEST,
    }
    return shown(request, sitting.tongue, "responses/sheet.html", told_page, 422 if wrong else 200)


def thanks_page(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    own = sitting.own
    assert own is not None
    closes = None if is_late(sitting) or own.beside_id else sitting.ask and sitting.ask.closes_at
    told = {
        **_around(sitting),
        "response": own,
        "thanks": sitting.say(sitting.form.thanks),
        "promise": promise(sitting),
        "open_until": closes and own.workspace.day_of(closes),
    }
    return shown(request, sitting.tongue, "responses/thanks.html", told)


def promise(sitting: Sitting) -> str:
    """What happens next: a reply is only promised where it is owed, and where somebody can give it."""
    own, survey, language = sitting.own, sitting.survey, spoken(sitting.tongue)
    if own is None or own.state == "late":
        return language.gettext("This survey has closed. We read your answer all the same.") if own else ""
    if own.counted and own.account and own.contact_id and own.mood == "unhappy":
        return language.ngettext(
            "%(name)s will reply within %(num)s day.",
            "%(name)s will reply within %(num)s days.",
            survey.reply_within_days,
            name=own.account.owner or survey.sender or survey.workspace,
        )
    return language.gettext("Your answer is kept. Somebody of %(company)s will read it.", company=survey.workspace)


def is_late(sitting: Sitting) -> bool:
    now, survey = timezone.now(), sitting.survey
    ended = (survey.closed_at, sitting.ask.closes_at if sitting.ask else None)
    return any(each is not None and now > each for each in ended)


def fields_of(sitting: Sitting, step: int, given: Mapping[str, Any]) -> dict[str, Any]:
    """The questions of a sheet as they are drawn, and whether it may be the last."""
    later = [question for sheet in sitting.sheets[step + 1 :] for question in sheet]
    return {
        "fields": [_field(each, sitting, given.get(each.key)) for each in sitting.on_sheet(step, given)],
        "last": not any(each.when for each in later) and sitting.after(step, given) is None,
    }


def whys(wrong: Mapping[str, str], sitting: Sitting, told: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with the answers, in the language of the page."""
    language = spoken(sitting.tongue)
    most = language.show.fixed(LONGEST)
    return {
        key: language.gettext(WRONG[why], most=most, num=language.show.fixed(len(str(told.get(key) or ""))))
        for key, why in wrong.items()
    }


def _around(sitting: Sitting) -> dict[str, Any]:
    return {
        "of": sitting.survey.workspace,
        "survey": sitting.survey,
        "sitting": sitting,
        "offered": called(sitting.form.languages),
    }


def _field(question: Question, sitting: Sitting, answer: object) -> dict[str, Any]:
    low, high = SCALES.get(question.kind, (0, -1))
    say = sitting.say
    return {
        "key": question.key,
        "name": named(question),
        "kind": "scale" if question.kind in SCALES else question.kind,
        "many": question.many,
        "required": question.required,
        "text": say(question.texts),
        "low": say(question.low),
        "high": say(question.high),
        "steps": list(range(low, high + 1)),
        "choices": [(choice.key, say(choice.texts)) for choice in question.choices],
        "chosen": [] if answer is None else [str(each) for each in (answer if isinstance(answer, list) else [answer])],
    }


def _is_elsewhere(sitting: Sitting) -> bool:
    """Whether the ask is answered already, from another browser."""
    response = sitting.response
    return response is not None and sitting.own is None and response.state == "complete"
