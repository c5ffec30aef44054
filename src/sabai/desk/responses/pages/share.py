"""Ways to a survey besides the mail: its link, its QR code, and the widget on the company's own pages."""

from __future__ import annotations

from io import BytesIO

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.responses.identity import secret_of
from sabai.desk.surveys.models import Survey

KINDS = {"svg": "image/svg+xml", "png": "image/png"}


@page("read")
def share(request: Speaking, member: Membership, survey: int) -> HttpResponse:
    found = access(member, Survey, pk=survey)
    told = {
        "survey": found,
        "link": _address(found),
        "script": settings.SABAI["SABAI_URL"] + reverse("widget_script", args=[found.key]),
        "secret": secret_of(found) if member.may("connect") else "",
    }
    return render(request, "responses/share.html", told)


@page("read")
def qr_code(request: Speaking, member: Membership, survey: int, kind: str) -> HttpResponse:
    """The code as a file; with level M it can still be read where a corner is torn."""
    found = access(member, Survey, pk=survey)
    if kind not in KINDS:
        raise Http404
    drawn = BytesIO()
    segno.make(f"{_address(found)}?by=qr", error="m", micro=False).save(drawn, kind=kind, scale=12, border=4)
    answer = HttpResponse(drawn.getvalue(), content_type=KINDS[kind])
    shown = "inline" if request.GET.get("show") else "attachment"
    answer.headers["Content-Disposition"] = f'{shown}; filename="survey-{found.pk}.{kind}"'
    return answer


def _address(survey: Survey) -> str:
    host: str = settings.SABAI["SABAI_URL"]
    return host + reverse("open_page", args=[survey.key])
