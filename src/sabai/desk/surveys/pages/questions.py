"""The designer: which questions, in which order, in which languages."""

from __future__ import annotations

from typing import Any, get_args

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.surveys import designing, queries
from sabai.desk.surveys.actions.change import save_form
from sabai.desk.surveys.form import SCALES, Form, Kind
from sabai.desk.surveys.forms import MORE_CHOICES, MOST_CHOICES, question_of, texts_of
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.pages.survey import around
from sabai.desk.surveys.words import direction_of, is_language, language_name

OFFERED = ("en", "th", "ar", "ja", "zh-Hans", "zh-Hant", "ko", "vi", "id", "ms", "hi", "es", "fr", "de", "it", "pt-BR",
           "ru", "tr", "he", "fa", "ur", "nl", "pl", "sv")  # fmt: skip


@page("define")
def questions(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """The list; a POST adds, moves or takes out a question or a language."""
    found: Survey = access(member, Survey, pk=key)
    if request.method == "POST":
        return _changed(request, member, found)
    reader, told = request.language.code, around(request, found, "questions")
    offered = {code: language_name(code, reader) for code in OFFERED if code not in told["form"].languages}
    return render(request, "surveys/questions.html", told | {"kinds": get_args(Kind), "offered": offered})


@page("define")
def question(request: Speaking, member: Membership, key: int, question: str) -> HttpResponse:
    """One question in all its languages."""
    found: Survey = access(member, Survey, pk=key)
    form = queries.form_of(queries.newest(found))
    number = next((at for at, each in enumerate(form.questions) if each.key == question), None)
    if number is None:
        raise Http404
    asked = form.questions[number]
    if request.method == "POST":
        changed = question_of(request.POST, asked, form)
        save_form(member, found, designing.replaced(form, changed), {"question": question})
        messages.success(request, request.language.gettext("Kept."))
        return redirect("surveys:questions", slug=member.workspace.slug, key=key)
    before = [each for each in form.questions[:number] if each.kind in SCALES or each.choices]
    rows = range(len(asked.choices), min(len(asked.choices) + MORE_CHOICES, MOST_CHOICES))
    told = {"question": asked, "number": number + 1, "before": before, "more": rows, "scales": SCALES}
    return render(request, "surveys/question.html", around(request, found, "questions") | _directions(form) | told)


@page("define")
def texts(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """What stands around the questions: subject and greeting of the mail, and the thanks."""
    found: Survey = access(member, Survey, pk=key)
    form = queries.form_of(queries.newest(found))
    if request.method == "POST":
        said = {part: texts_of(request.POST, part, form.languages) for part in ("subject", "greeting", "thanks")}
        changed = Form(form.questions, form.fallback, **said)
        save_form(member, found, changed, {"texts": "mail"})
        messages.success(request, request.language.gettext("Kept."))
        return redirect("surveys:questions", slug=member.workspace.slug, key=key)
    return render(request, "surveys/texts.html", around(request, found, "questions") | _directions(form))


def _changed(request: Speaking, member: Membership, found: Survey) -> HttpResponse:
    posted, form = request.POST, queries.form_of(queries.newest(found))
    slug, gettext = member.workspace.slug, request.language.gettext
    code = posted.get("code", "").strip()
    if posted.get("do") == "speak" and not is_language(code):
        messages.error(request, gettext("“%(code)s” is no code of a language, as fr or pt-BR are.", code=code[:20]))
        return redirect("surveys:questions", slug=slug, key=found.pk)
    other, what = _other(form, posted.get("do", ""), posted.get("question", ""), code, posted.get("kind", ""))
    save_form(member, found, other, what)
    if posted.get("do") == "add" and len(other.questions) > len(form.questions):
        return redirect("surveys:question", slug=slug, key=found.pk, question=other.questions[-1].key)
    return redirect("surveys:questions", slug=slug, key=found.pk)


def _other(form: Form, do: str, key: str, code: str, kind: str) -> tuple[Form, dict[str, Any]]:
    """The form after that was done, and what the audit trail says of it."""
    if do == "add" and kind in get_args(Kind):
        return designing.added(form, kind), {"added": kind}  # type: ignore[arg-type]
    if do in ("up", "down"):
        return designing.moved(form, key, -1 if do == "up" else 1), {"moved": key}
    changes = {"remove": (designing.without, key), "speak": (designing.spoken_in, code),
               "silence": (designing.silent_in, code), "fallback": (designing.falling_back, code)}  # fmt: skip
    if do not in changes:
        return form, {}
    change, about = changes[do]
    return change(form, about), {do: about}


def _directions(form: Form) -> dict[str, Any]:
    """Which way each language is written."""
    return {"direction": {code: direction_of(code) for code in form.languages}}
