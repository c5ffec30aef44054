"""One answer with all that was said, and how it came about."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.responses import words
from sabai.desk.responses.actions.accept import accept, may_accept
from sabai.desk.responses.models import Response
from sabai.desk.responses.pages.public import direction_of
from sabai.desk.responses.queries import beside
from sabai.desk.surveys.form import SCALES, Form, Question, spoken
from sabai.desk.surveys.queries import form_of
from sabai.desk.surveys.words import language_name, occasion_told


@page("read")
def response(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    found = access(member, Response, pk=pk)
    form, reader = form_of(found.version), request.language.code
    asked = {each.key for each in form.asked(found.given)} | set(found.given)
    told = {
        "response": found,
        "answers": [
            (_asked(each, form, reader), *_said(each, found, form, reader))
            for each in form.questions
            if each.key in asked
        ],
        "occasion": occasion_told(found.ask.occasion, request.language) if found.ask else "",
        "spoken_in": language_name(found.language, reader) if found.language else "",
        "written": {"code": found.language, "direction": direction_of(found.language)},
        "others": beside(found),
        "reply": getattr(found, "reply", None),
        "may_accept": may_accept(found) and member.may("work"),
        "doubt": "late" if found.state == "late" and not found.suspicion else found.suspicion,
        "zone": ZoneInfo(member.workspace.time_zone),
        "words": words,
    }
    return render(request, "responses/response.html", told)


@page("work")
def accept_one(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    found = access(member, Response, pk=pk)
    if request.method == "POST":
        counted = accept(member, found)
        gettext = request.language.gettext
        messages.success(
            request, gettext("It counts from now on.") if counted.counted else gettext("Nothing was changed.")
        )
        found = counted
    return redirect("responses:response", member.workspace.slug, found.pk)


def _asked(question: Question, form: Form, reader: str) -> str:
    return spoken(question.texts, reader, form.fallback)


def _said(question: Question, found: Response, form: Form, reader: str) -> tuple[str, object, int | None]:
    """Of which kind, the answer as it is shown, and the end of its scale; None where there is no answer."""
    answer = found.given.get(question.key)
    if answer is None:
        return question.kind, None, None
    if question.kind in SCALES:
        return "scale", answer, SCALES[question.kind][1]
    if question.kind != "choice":
        return "text", answer, None
    texts = {choice.key: spoken(choice.texts, reader, form.fallback) for choice in question.choices}
    chosen = answer if isinstance(answer, list) else [answer]
    return "choice", [texts.get(key, key) for key in chosen], None
