"""Leaving, by the address in a mail that asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sabai.desk.asking.actions.suppress import suppress
from sabai.desk.asking.links import Forged, stopped
from sabai.desk.responses.pages.public import shown, sorry


@csrf_exempt  # a mail reader posts here by itself (RFC 8058); the address says for whom
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """A GET only asks, so that whatever looks where links lead stops nothing."""
    try:
        ask = stopped(signed)
    except Forged:
        return sorry(request, "forged")
    done = request.method == "POST"
    if done:
        suppress(ask.workspace, ask.person, "opted out")
    told = {"of": ask.workspace, "survey": ask.survey, "done": done}
    return shown(request, ask.language or "en", "asking/stop.html", told)
