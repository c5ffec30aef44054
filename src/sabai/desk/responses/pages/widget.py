"""The widget of the company's own pages: one script from here, and questions as JSON for pages that may show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sabai.desk.look.spoken import spoken
from sabai.desk.responses.actions.invite import invite
from sabai.desk.responses.actions.turn import turn
from sabai.desk.responses.brand import sheet
from sabai.desk.responses.identity import Unproved, Who, vouched
from sabai.desk.responses.limits import allowed, fits
from sabai.desk.responses.pages.public import direction_of, wished
from sabai.desk.responses.pages.sheet import fields_of, promise, whys
from sabai.desk.responses.sitting import Sitting, of_anybody, of_ask, visit_of
from sabai.desk.surveys.models import Survey


class Said(msgspec.Struct, frozen=True):
    """What the script says; `given` is of the sheet `step`."""

    do: Literal["begin", "next"]
    visit: str = ""
    step: int = 0
    language: str = ""
    who: Who | None = None
    given: dict[str, Any] = {}


@require_safe
def script(request: HttpRequest, key: str) -> HttpResponse:
    """The same for every survey: it reads from its own address which one it shows."""
    found = finders.find("responses/widget.js")
    assert isinstance(found, str)
    with open(found, "rb") as file:
        answer = HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@csrf_exempt  # it comes from another site by design; which one is looked at
@require_http_methods(["OPTIONS", "POST"])
def widget(request: HttpRequest, key: str) -> HttpResponse:
    survey = get_object_or_404(Survey.everywhere.select_related("workspace"), key=key)
    origin = request.headers.get("Origin", "")
    if origin not in survey.origins:
        return HttpResponse(status=403)
    answer = HttpResponse(status=204) if request.method == "OPTIONS" else _answered(request, survey)
    answer.headers["Access-Control-Allow-Origin"] = origin
    answer.headers["Access-Control-Allow-Methods"] = "POST"
    answer.headers["Access-Control-Allow-Headers"] = "content-type"
    answer.headers["Access-Control-Max-Age"] = "3600"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Vary"] = "Origin"
    return answer


def _answered(request: HttpRequest, survey: Survey) -> HttpResponse:
    if not fits(request):
        return HttpResponse(status=413)
    if not allowed(request, "widget", survey.key):
        return HttpResponse(status=429)
    try:
        said = msgspec.json.decode(request.body, type=Said)
        sitting = _sitting(request, survey, said) if survey.state == "running" else None
    except msgspec.DecodeError:
        return HttpResponse(status=400)
    except Unproved:
        return HttpResponse(status=403)
    if sitting is None:
        return HttpResponse(status=204)
    return _json(_begun(sitting) if said.do == "begin" else _went_on(sitting, said))


def _sitting(request: HttpRequest, survey: Survey, said: Said) -> Sitting | None:
    """None where nobody is to be asked now."""
    chosen, visit = [said.language[:40]], visit_of(said.visit)
    now = timezone.now()
    contact = vouched(survey, said.who, now.timestamp()) if said.who else None
    if contact is None:
        return of_anybody(survey, visit, [*chosen, *wished(request)], "widget")
    ask = invite(survey, contact, now)
    if ask is None:
        return None
    sitting = of_ask(ask, visit, chosen, wished(request), "widget")
    done = sitting.response is not None and sitting.response.state != "partial" and sitting.own is None
    return None if done else sitting


def _begun(sitting: Sitting) -> Mapping[str, Any]:
    say = spoken(sitting.tongue).gettext
    return {
        "visit": sitting.visit,
        "language": sitting.tongue,
        "direction": direction_of(sitting.tongue),
        "rest": sitting.survey.rest_days,
        "style": sheet(sitting.survey.colour, ":host"),
        "words": {
            "next": say("Continue"), "send": say("Send"), "later": say("Not now"), "close": say("Close"),
            "again": say("That did not work. Please try again."), "name": say("A short question"),
            "optional": say("(optional)"), "many": say("(as many as you like)"),
        },
        "sheet": _sheet(sitting, 0),
    }  # fmt: skip


def _went_on(sitting: Sitting, said: Said) -> Mapping[str, Any]:
    step = min(max(said.step, 0), len(sitting.sheets) - 1)
    here = {question.key for question in sitting.sheets[step]}
    told = {key: value for key, value in said.given.items() if key in here}
    turned = turn(sitting, step, told, timezone.now())
    fresh = _with(sitting, turned.response)
    if turned.wrong:
        return {"sheet": _sheet(fresh, turned.step or 0) | {"wrong": whys(turned.wrong, sitting, told)}}
    if turned.step is None:
        say = spoken(sitting.tongue).gettext
        return {"done": {"title": sitting.say(sitting.form.thanks) or say("Thank you."), "text": promise(fresh)}}
    return {"sheet": _sheet(fresh, turned.step)}


def _with(sitting: Sitting, response: Any) -> Sitting:
    return Sitting(sitting.survey, sitting.form, sitting.visit, sitting.tongue, sitting.channel, sitting.ask, response)


def _sheet(sitting: Sitting, step: int) -> dict[str, Any]:
    return {"step": step, **fields_of(sitting, step, sitting.given)}


def _json(told: Mapping[str, Any]) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(told), content_type="application/json")
