"""What to do today."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from sabai.desk.look.middleware import Speaking
from sabai.desk.morning.contacts import contacts
from sabai.desk.morning.greeting import first_line, greeting
from sabai.desk.morning.picture import over_time
from sabai.desk.morning.queries import Whose, calls, mentions, parts, standing, tasks_due, wanted_by
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.bar import banded
from sabai.desk.portfolio.queries import as_of_in
from sabai.desk.portfolio.reasons import QUIET_DAYS, RENEWS_DAYS, SILENT_DAYS, last_sign
from sabai.health.scores import BANDS

BY_ROLE: dict[str, Whose] = {"manager": "me"}
"""Whose customers somebody sees who has not said; all others see everybody's."""


@page("read")
def morning(request: Speaking, member: Membership) -> HttpResponse:
    whose, as_of, today = _whose(request, member), as_of_in(member.workspace), member.workspace.today()
    first, to_call = calls(member, whose, as_of)
    due, tasks = tasks_due(member, today) if member.may("work") else ([], 0)
    rtl = request.language.rtl
    now = timezone.localtime(timezone=ZoneInfo(member.workspace.time_zone))
    stands = standing(member, whose, as_of)
    return render(
        request,
        "morning/morning.html",
        {
            "whose": whose,
            "as_of": as_of,
            "today": today,
            "greeting": greeting(request.language, now, str(member.user)),
            "first_line": first_line(request.language, to_call, tasks),
            "calls": first,
            "to_call": to_call,
            "contacts": contacts(call.account.pk for call in first),
            "parts": parts(member, whose, as_of),
            "due": due,
            "tasks": tasks,
            "mentions": mentions(member),
            "standing": stands,
            "customers": sum(stand.accounts for stand in stands.values()),
            "picture": over_time(member.workspace, as_of, request.language, member.user if whose == "me" else None),
            "bar": banded(((band, stands[band].accounts, _list(member, whose, band)) for band in BANDS), rtl),
            "bands": BANDS,
            "zone": now.tzinfo,
            "last_sign": last_sign,
            "days": {"renews": RENEWS_DAYS, "silent": SILENT_DAYS, "quiet": QUIET_DAYS},
        },
    )


def _whose(request: Speaking, member: Membership) -> Whose:
    asked = request.GET.get("whose")
    if asked in ("me", "all"):
        return "me" if asked == "me" else "all"
    return BY_ROLE.get(member.role, "all")


def _list(member: Membership, whose: Whose, band: str) -> str:
    return f"{reverse('portfolio:accounts', args=[member.workspace.slug])}?{wanted_by(whose).query(band=(band,))}"
