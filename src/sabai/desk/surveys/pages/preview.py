"""What whoever is asked will see: the mail and the page as they are sent, in a frame in which nothing can be sent."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_replace, csp_update
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.clickjacking import xframe_options_sameorigin

from sabai.desk.asking.mails import Links, rendered
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.responses.models import Response
from sabai.desk.responses.pages.sheet import sheet_page, thanks_page
from sabai.desk.responses.sitting import Sitting
from sabai.desk.surveys import queries
from sabai.desk.surveys.form import SCALES, Form
from sabai.desk.surveys.forms import number_of
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.pages.survey import around

VISIT = "preview"
VIEWS, FRAMES = ("page", "mail"), ("phone", "wide")
MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],  # mails carry their styles themselves
    "img-src": [SELF, "data:"],
    "frame-ancestors": [SELF],
}


@csp_update({"frame-src": [SELF]})
@page("read")
def preview(request: Speaking, member: Membership, key: int) -> HttpResponse:
    found: Survey = access(member, Survey, pk=key)
    told = around(request, found, "preview")
    wanted = _wanted(request, told["form"])
    sitting = _sitting(found, told["form"], wanted) if told["form"].questions else None
    told |= {
        **wanted,
        "framed": urlencode({"language": wanted["shown_in"], "step": wanted["step"], "first": wanted["first"]}),
        "steps": len(sitting.sheets) if sitting else 0,
        "scale": _scale(told["form"]),
    }
    return render(request, "surveys/preview.html", told)


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
@page("read")
def sheet(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """One page of the survey, or its last one, as it is shown to whoever answers."""
    found: Survey = access(member, Survey, pk=key)
    form = queries.form_of(queries.newest(found))
    if not form.questions:
        return HttpResponse("")
    wanted = _wanted(request, form)
    sitting, step = _sitting(found, form, wanted), wanted["step"]
    return sheet_page(request, sitting, step) if step < len(sitting.sheets) else thanks_page(request, sitting)


@xframe_options_sameorigin
@csp(MAIL_POLICY)
@page("read")
def mail(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """The mail as it is sent to somebody called as the reader is."""
    found: Survey = access(member, Survey, pk=key)
    form = queries.form_of(queries.newest(found))
    if not form.questions:
        return HttpResponse("")
    links = Links("#answer", "#stop", {score: f"#score-{score}" for score in _scale(form)})
    return HttpResponse(rendered(form, found, _wanted(request, form)["shown_in"], member.user.name, links).html)


def _wanted(request: Speaking, form: Form) -> dict[str, Any]:
    """What is looked at; what means nothing is as if nobody had asked for it."""
    asked = request.GET
    own = request.language.code
    usual = own if own in form.languages else form.fallback
    language, view, frame = (asked.get(name, "") for name in ("language", "view", "frame"))
    scale = _scale(form)
    first = number_of(asked.get("first", ""), min(scale, default=0), max(scale, default=0))
    return {
        "shown_in": language if language in form.languages else usual,
        "view": view if view in VIEWS else "page",
        "frame": frame if frame in FRAMES else "phone",
        "step": number_of(asked.get("step", ""), 0, 99) or 0,
        "first": max(scale, default=0) if first is None else first,
    }


def _scale(form: Form) -> range:
    """The answers to its first question; none where that has no scale."""
    low, high = SCALES.get(form.questions[0].kind, (0, -1)) if form.questions else (0, -1)
    return range(low, high + 1)


def _sitting(found: Survey, form: Form, wanted: dict[str, Any]) -> Sitting:
    """Somebody who gave that answer to the first question; nothing of it is ever kept."""
    given = {form.first.key: wanted["first"]} if form.first.kind in SCALES else {}
    response = Response(workspace=found.workspace, survey=found, visit=VISIT, given=given, score=wanted["first"])
    return Sitting(found, form, VISIT, wanted["shown_in"], "page", None, response)
