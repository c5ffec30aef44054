"""All surveys, and a new one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.surveys import queries
from sabai.desk.surveys.actions.change import create
from sabai.desk.surveys.forms import Begun
from sabai.desk.surveys.picture import parted
from sabai.desk.surveys.shipped.templates import SHIPPED, TEMPLATES, written
from sabai.desk.surveys.words import KIND_WORDS, OCCASION_WORDS, STATE_WORDS, language_name

ORDER = ("running", "paused", "draft", "closed")


@page("read")
def surveys(request: Speaking, member: Membership) -> HttpResponse:
    found = list(queries.listed(member.workspace))
    fared = queries.fared(member.workspace, found)
    found.sort(key=lambda survey: fared[survey.pk].last or survey.begun_at or survey.created_at, reverse=True)
    found.sort(key=lambda survey: ORDER.index(survey.state))
    kinds = queries.first_kinds(member.workspace, found)
    told = {
        "surveys": found,
        "fared": fared,
        "pictures": {key: parted(kinds.get(key, ""), each.scores) for key, each in fared.items()},
        "kind_words": KIND_WORDS,
        "occasion_words": OCCASION_WORDS,
        "state_words": STATE_WORDS,
    }
    return render(request, "surveys/surveys.html", told)


@page("define")
def new(request: Speaking, member: Membership) -> HttpResponse:
    """The templates; with `?template=nps` its name and languages."""
    language = request.language
    template = TEMPLATES.get((request.POST or request.GET).get("template", ""))
    if template is None:
        return render(request, "surveys/new.html", {"templates": TEMPLATES.values()})
    form = Begun(language, request.POST or None, initial={"name": language.gettext(template.name)})
    if request.method == "POST" and form.is_valid():
        spoken = [code for code in SHIPPED if code in request.POST.getlist("spoken")]
        fallback = request.POST.get("fallback", "")
        fallback = fallback if fallback in SHIPPED else language.code
        made = written(template.form, member.workspace.name, spoken, fallback)
        survey = create(member, template, form.cleaned_data["name"], made)
        return redirect("surveys:questions", slug=member.workspace.slug, key=survey.pk)
    told = {"template": template, "form": form, "shipped": {code: language_name(code, code) for code in SHIPPED}}
    return render(request, "surveys/begin.html", told)
