"""What calendars and mail readers ask for: they sign in by the secret in the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sabai.desk.tasks import calendar
from sabai.desk.tasks.actions.digest import want_digest
from sabai.desk.tasks.secrets import whose
from sabai.desk.tasks.words import read_by


@require_safe
def calendar_file(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    member = whose(slug, secret, "calendar_file")
    opened = calendar.calendar(member, read_by(member), timezone.now())
    answer = HttpResponse(opened, "text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, max-age=300"
    answer.headers["Content-Disposition"] = 'inline; filename="sabai.ics"'
    return answer


@csrf_exempt  # a mail reader posts here by itself (RFC 8058); the secret says for whom
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """A GET only asks, so that whatever previews links unsubscribes nobody."""
    member = whose(slug, secret, "unsubscribe")
    if request.method == "POST":
        want_digest(member, False)
    return render(request, "tasks/unsubscribe.html", {"of": member.workspace, "left": request.method == "POST"})
