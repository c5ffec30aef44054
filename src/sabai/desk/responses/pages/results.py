"""What one survey has brought so far, straight from the database."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.responses import words
from sabai.desk.responses.mood import ENDS
from sabai.desk.responses.results import results
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.words import language_name
from sabai.feedback.numbers.votes import LEAST


@page("read")
def results_so_far(request: Speaking, member: Membership, survey: int) -> HttpResponse:
    found = access(member, Survey, pk=survey)
    so_far = results(found)
    reader = request.language.code
    told = {
        "survey": found,
        "results": so_far,
        "ends": ENDS[so_far.kind] if so_far else (0, 0),
        "tongue_names": {code: language_name(code, reader) for code, _ in (so_far.by_language if so_far else ())},
        "least": LEAST,
        "words": words,
    }
    return render(request, "responses/results.html", told)
