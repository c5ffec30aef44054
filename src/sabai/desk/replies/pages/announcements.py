"""What was done about what people said, and telling them so."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.replies import queries
from sabai.desk.replies.actions.announce import announce
from sabai.desk.replies.forms import AnnouncementForm
from sabai.desk.replies.jobs import tell_everybody
from sabai.desk.themes.queries import theme_words

SHOWN = 50
SINCE_DAYS = 182


@page("read")
def announcements(request: Speaking, member: Membership) -> HttpResponse:
    """Before it is sent one sees how many would be told."""
    themes = theme_words(member.workspace, request.language)
    since = member.workspace.today() - timedelta(days=SINCE_DAYS)
    begun = {"since": since, "fallback": request.language.code, "theme": request.GET.get("theme", "")}
    form = AnnouncementForm(request.language, list(themes.items()), request.POST or None, initial=begun)
    to_tell = None
    if request.method == "POST" and form.is_valid():
        if not member.may("work"):
            raise PermissionDenied
        said = form.cleaned_data
        to_tell = len(queries.spoke_of(member.workspace, said["theme"], said["since"]))
        if to_tell and request.POST.get("how") == "send":
            tell_everybody(announce(member, said["theme"], said["since"], form.texts, said["fallback"]).pk)
            gettext = request.language.gettext
            messages.success(request, gettext("They are being told: it stands below how many have been."))
            return redirect("replies:announcements", member.workspace.slug)
    return render(request, "replies/announcements.html", {
        "form": form, "to_tell": to_tell, "themes": themes,
        "announcements": queries.announcements(member.workspace)[:SHOWN],
    })  # fmt: skip
