"""The page on which people answer. It needs no script, no cookie and no sign-in: the secret is in the address.

A form of a stranger's site can therefore do nothing that whoever knows the address could not do; browsers that say that
another site sends the form are refused all the same.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sabai.desk.asking import links
from sabai.desk.asking.models import Ask
from sabai.desk.responses.actions.click import click
from sabai.desk.responses.actions.turn import Turned, keep, turn
from sabai.desk.responses.given import fitting
from sabai.desk.responses.limits import allowed, fits
from sabai.desk.responses.machines import is_machine
from sabai.desk.responses.pages.filled import told_on
from sabai.desk.responses.pages.public import sorry, wished
from sabai.desk.responses.pages.sheet import sheet_page, thanks_page
from sabai.desk.responses.sitting import Sitting, of_anybody, of_ask, visit_of
from sabai.desk.surveys.models import Survey

KEPT = timedelta(days=90)  # so long a browser is known again by which an ask was answered
CHANNELS = {"widget": "widget", "link": "page", "api": "api"}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: HttpRequest, signed: str) -> HttpResponse:
    """Of one person who was asked."""
    if refused := _refused(request, "ask", signed):
        return refused
    try:
        opened = links.opened(signed)
    except links.Forged:
        return sorry(request, "forged")
    except links.Expired as too_late:
        return sorry(request, "expired", {"of": too_late.ask.workspace, "survey": too_late.ask.survey}, 410)
    sitting = _of_ask(request, opened.ask)
    if request.method == "POST":
        answer = _posted(request, sitting)
        answer.set_cookie(
            _cookie(opened.ask), sitting.visit, max_age=KEPT, path="/ask/", httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
        return answer
    if opened.score is not None and not is_machine(request):
        click(sitting, opened.score, timezone.now())
    return _looked(request, sitting, opened.score)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def open_page(request: HttpRequest, key: str) -> HttpResponse:
    """Of whoever has the address or the code that leads to it."""
    if refused := _refused(request, "open", key):
        return refused
    survey = Survey.everywhere.select_related("workspace").filter(key=key).exclude(state="draft").first()
    if survey is None:
        return sorry(request, "forged")
    if survey.state != "running":
        return sorry(request, survey.state, {"of": survey.workspace, "survey": survey}, 410)
    by = _told(request, "by")
    visit = visit_of(_told(request, "visit"))
    sitting = of_anybody(survey, visit, [*_chosen(request), *wished(request)], "qr" if by == "qr" else "page")
    return _posted(request, sitting) if request.method == "POST" else _looked(request, sitting)


def _looked(request: HttpRequest, sitting: Sitting, chosen: int | None = None) -> HttpResponse:
    if request.GET.get("step") == "done" and sitting.own:
        return thanks_page(request, sitting)
    return sheet_page(request, sitting, _step(request.GET.get("step"), sitting), chosen)


def _posted(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    step = _step(request.POST.get("step"), sitting)
    go = "language" if "tongue" in request.POST else request.POST.get("go", "next")
    told = told_on(sitting.sheets[step], request.POST)
    now = timezone.now()
    if go == "next":
        turned = turn(sitting, step, told, now)
        return _wrong(request, sitting, turned, told) if turned.wrong else _to(sitting, turned.step)
    response = keep(sitting, fitting(sitting.form, told)[0], now)
    if go == "touch":  # the script's: somebody is there
        return HttpResponse(status=204)
    return _to(sitting, sitting.before(step, response.given if response else {}) if go == "back" else step)


def _wrong(request: HttpRequest, sitting: Sitting, turned: Turned, told: dict[str, Any]) -> HttpResponse:
    assert turned.step is not None
    return sheet_page(request, sitting, turned.step, None, turned.wrong, told)


def _to(sitting: Sitting, step: int | None) -> HttpResponse:
    """Another page, so that going back and reloading send nothing twice."""
    by = {"by": "qr"} if sitting.channel == "qr" else {}
    told = {"step": "done" if step is None else step, "language": sitting.tongue, "visit": sitting.visit} | by
    answer = HttpResponseRedirect(f"?{urlencode(told)}")
    answer.status_code = 303
    return answer


def _of_ask(request: HttpRequest, ask: Ask) -> Sitting:
    visit = visit_of(request.COOKIES.get(_cookie(ask)), _told(request, "visit"))
    return of_ask(ask, visit, _chosen(request), wished(request), CHANNELS.get(ask.channel, "mail"))


def _chosen(request: HttpRequest) -> list[str]:
    """The language that they chose on the page, the last choice first."""
    return [code for name in ("tongue", "language") if (code := _told(request, name))]


def _told(request: HttpRequest, name: str) -> str:
    return str((request.POST if request.method == "POST" else request.GET).get(name, ""))[:40]


def _step(told: str | None, sitting: Sitting) -> int:
    known = told is not None and told.isascii() and told.isdecimal() and len(told) < 4
    return min(int(told), len(sitting.sheets) - 1) if known and told else 0


def _cookie(ask: Ask) -> str:
    return f"ask-{ask.pk}"


def _refused(request: HttpRequest, action: str, key: str) -> HttpResponse | None:
    """What is said to who writes too much, too often, or from elsewhere."""
    if request.method != "POST":
        return None if allowed(request, "look", key) else sorry(request, "often", status=429)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return sorry(request, "forged", status=403)
    if not fits(request):
        return sorry(request, "size", status=413)
    return None if allowed(request, action, key) else sorry(request, "often", status=429)
