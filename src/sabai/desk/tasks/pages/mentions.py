"""Where I was named."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.tasks import queries
from sabai.desk.tasks.asked import Asked
from sabai.desk.tasks.models import Mention

EACH = 50


@page("read")
def mentions(request: Speaking, member: Membership) -> HttpResponse:
    """The list; a POST says that all of it, or the one mention it names, has been seen."""
    if request.method == "POST":
        _see(member, request.POST.get("mention", ""))
        return redirect("tasks:mentions", slug=member.workspace.slug)
    shown = Paginator(queries.mentions_of(member), EACH).get_page(Asked.of(request.GET.dict()).page)
    told = {"shown": shown, "unseen": queries.unseen(member), "zone": ZoneInfo(member.workspace.time_zone)}
    return render(request, "tasks/mentions.html", told)


@transaction.atomic
def _see(member: Membership, one: str) -> None:
    """Marks as seen; nobody else's, and no audit entry: it changes nothing but what one has read."""
    mine = Mention.of(member.workspace).filter(user=member.user, seen_at=None)
    if one:
        mine = mine.filter(pk=int(one)) if one.isdecimal() and len(one) < 16 else mine.none()
    mine.update(seen_at=timezone.now())
