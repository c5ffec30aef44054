"""What one survey has brought so far, straight from the database."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.responses import pictures, words
from sabai.desk.responses.mood import ENDS
from sabai.desk.responses.results import results
from sabai.desk.surveys.models import Survey
from sabai.feedback.numbers.votes import LEAST


@page("read")
def results_so_far(request: Speaking, member: Membership, survey: int) -> HttpResponse:
    """`?by=` is what the answers are told apart by."""
    found, language = access(member, Survey, pk=survey), request.language
    so_far = results(found, request.GET.get("by", ""))
    told = {
        "survey": found,
        "results": so_far,
        "ends": ENDS[so_far.kind] if so_far else (0, 0),
        "course": pictures.course(so_far, language) if so_far else None,
        "beside": pictures.by_group(so_far, language) if so_far else None,
        "group_name": words.group_name,
        "period_name": pictures.period_name,
        "least": LEAST,
        "words": words,
    }
    return render(request, "responses/results.html", told)
