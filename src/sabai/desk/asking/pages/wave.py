"""One wave: who was asked, what came of it, who was not and why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.asking.actions.wave import decide, stop
from sabai.desk.asking.models import REASONS, STATES, Wave
from sabai.desk.asking.seen import in_state, not_asked, problems, went, why_not
from sabai.desk.asking.words import words
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership

ON_A_PAGE = 50


@page("read")
def wave(request: Speaking, member: Membership, wave: int) -> HttpResponse:
    """Names are shown of one reason or one state at a time."""
    found: Wave = access(member, Wave, pk=wave)
    told = {
        "wave": found,
        "survey": found.survey,
        "went": went([found])[found.pk],
        "reasons": why_not(found),
        "problems": problems(found),
    }
    return render(request, "asking/wave.html", told | words(member) | _names(request, found))


@page("define")
def do(request: Speaking, member: Membership, wave: int) -> HttpResponse:
    """Stops it, or says what becomes of mails that may have left."""
    found: Wave = access(member, Wave, pk=wave)
    gettext = request.language.gettext
    match request.POST.get("do"):
        case "stop":
            stop(found, member.user)
            messages.success(request, gettext("Nothing more of this round is sent."))
        case "again" | "sent" as what:
            decide(found, what == "again", member.user)
            messages.success(request, gettext("It is noted."))
    return redirect("asking:wave", slug=member.workspace.slug, wave=found.pk)


def _names(request: Speaking, found: Wave) -> dict[str, Any]:
    of = request.GET.get("of", "")
    if of in REASONS:
        rows: Any = not_asked(found, of)
    elif of in STATES:
        rows = in_state(found, of)
    else:
        return {"of": "", "shown": None}
    return {"of": of, "shown": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))}
