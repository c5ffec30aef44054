"""One survey: what it asks of whom and when, how it fares, and what can be done with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.surveys import queries
from sabai.desk.surveys.actions.state import MOVES
from sabai.desk.surveys.audience import audience_of
from sabai.desk.surveys.checking import PARTS, missing, problems
from sabai.desk.surveys.form import Form, spoken
from sabai.desk.surveys.models import Survey, Version
from sabai.desk.surveys.picture import PARTED, parted
from sabai.desk.surveys.words import KIND_WORDS, OCCASION_WORDS, QUESTION_WORDS, STATE_WORDS, language_name


@page("read")
def survey(request: Speaking, member: Membership, key: int) -> HttpResponse:
    found: Survey = access(member, Survey, pk=key)
    told = around(request, found, "survey")
    fared = queries.fared(member.workspace, [found])[found.pk]
    first = told["form"].questions[0].kind if told["form"].questions else ""
    told |= {
        "audience": audience_of(found),
        "fared": fared,
        "parted": parted(first, fared.scores),
        "parts_at": PARTED.get(first),
        "versions": queries.versions(found),
    }
    return render(request, "surveys/survey.html", told)


@page("read")
def version(request: Speaking, member: Membership, key: int, number: int) -> HttpResponse:
    """The questions as they stood."""
    found: Survey = access(member, Survey, pk=key)
    frozen: Version = access(member, Version, survey=found, number=number)
    told = around(request, found, "survey") | {"version": frozen, "form": queries.form_of(frozen)}
    return render(request, "surveys/version.html", told)


def around(request: Speaking, found: Survey, tab: str) -> dict[str, Any]:
    """What stands on every page of one survey."""
    newest = queries.newest(found)
    form = queries.form_of(newest)
    reader = request.language.code
    return {
        "survey": found,
        "tab": tab,
        "newest": newest,
        "form": form,
        "problems": problems(form),
        "missing": missing(form),
        "moves": [verb for verb, (states, _) in MOVES.items() if found.state in states],
        "said": lambda texts: spoken(texts, reader, form.fallback),
        "names": names_of(form, reader),
        "part_words": PARTS,
        "kind_words": KIND_WORDS,
        "state_words": STATE_WORDS,
        "occasion_words": OCCASION_WORDS,
        "question_words": QUESTION_WORDS,
    }


def names_of(form: Form, reader: str) -> dict[str, str]:
    """What the languages of a form are called."""
    return {code: language_name(code, reader) for code in form.languages}
