"""What makes a public page look like the company's: files of ours, so that the page may refuse all others."""

from __future__ import annotations

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from sabai.desk.responses.brand import HEX, sheet
from sabai.desk.surveys.models import Survey

FOR_EVER = "public, max-age=31536000, immutable"
PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
}


@require_safe
def colours(request: HttpRequest, colour: str) -> HttpResponse:
    """The tokens of one colour; the same address says the same for ever."""
    if not HEX.fullmatch(colour.lower()):
        raise Http404
    answer = HttpResponse(sheet(f"#{colour.lower()}"), content_type="text/css; charset=utf-8")
    answer.headers["Cache-Control"] = FOR_EVER
    return answer


@require_safe
def logo(request: HttpRequest, key: str) -> HttpResponseBase:
    """The picture that the company gave; nothing but a picture is ever shown as one."""
    survey = get_object_or_404(Survey.everywhere, key=key)
    kind = PICTURES.get(PurePath(survey.logo.name or "").suffix.lower())
    if kind is None:
        raise Http404
    try:
        answer = FileResponse(survey.logo.open("rb"), content_type=kind)
    except FileNotFoundError:
        raise Http404 from None
    answer.headers["Cache-Control"] = "public, max-age=3600"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # mails and the widget show it too
    return answer
