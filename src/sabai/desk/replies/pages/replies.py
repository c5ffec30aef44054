"""Whom we owe a reply, and whether we keep what we promise."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.replies import queries
from sabai.desk.responses.models import Response
from sabai.desk.surveys.form import SCALES
from sabai.desk.surveys.queries import form_of

EACH = 50


@page("read")
def replies(request: Speaking, member: Membership) -> HttpResponse:
    """One's own where one has any, else everybody's."""
    who = "all" if request.GET.get("who") == "all" or not member.may("work") else "me"
    shown = Paginator(queries.owed(member, who), EACH).get_page(request.GET.get("page"))
    today = member.workspace.today()
    rows = [(row, _most(row.response)) for row in shown.object_list]
    return render(request, "replies/replies.html", {
        "shown": shown, "rows": rows, "who": who, "day_here": today,
        "kept": queries.kept_lately(member.workspace, today), "lately_days": queries.LATELY_DAYS,
    })  # fmt: skip


def _most(response: Response) -> int | None:
    kind = form_of(response.version).first.kind
    return SCALES[kind][1] if kind in SCALES else None
