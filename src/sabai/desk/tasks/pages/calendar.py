"""What Sabai may send me: the address of my calendar, and the mail of the morning."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.tasks.actions.calendar import close_calendar, open_calendar
from sabai.desk.tasks.actions.digest import setting_of, want_digest
from sabai.desk.tasks.models import OpenCalendar
from sabai.desk.tasks.secrets import address


@page("read")
def calendar(request: Speaking, member: Membership) -> HttpResponse:
    if request.method == "POST":
        messages.success(request, _set(request, member))
        return redirect("tasks:calendar", slug=member.workspace.slug)
    opened = OpenCalendar.of(member.workspace).filter(user=member.user).first()
    told = {
        "opened": opened and address(member, "calendar_file", opened.nonce),
        "wanted": setting_of(member).wanted,
    }
    return render(request, "tasks/calendar.html", told)


def _set(request: Speaking, member: Membership) -> str:
    """Does what was asked, and says so."""
    gettext, wanted = request.language.gettext, request.POST.get("set")
    if wanted == "open":
        open_calendar(member)
        return gettext("Your calendar has a new address; an older one does not work any more.")
    if wanted == "close":
        close_calendar(member)
        return gettext("Your calendar is closed.")
    want_digest(member, wanted == "mail")
    return (
        gettext("You get the mail of the morning.") if wanted == "mail" else gettext("You get no mail of the morning.")
    )
