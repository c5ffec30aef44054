"""Keeping a list under a name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.actions import views
from sabai.desk.portfolio.models import SavedView
from sabai.desk.portfolio.wanted import Wanted

LONGEST, MOST = 100, 2000  # characters of a name, of an address


@page("read")
def save(request: Speaking, member: Membership) -> HttpResponse:
    wanted, name = Wanted.read(QueryDict(request.POST.get("of", ""))), _name(request)
    if len(wanted.query()) > MOST:
        messages.error(request, request.language.gettext("The address of this list is too long to be kept."))
    elif request.method == "POST" and name:
        views.save(member, name, wanted, shared=request.POST.get("shared") == "1")
        messages.success(request, request.language.gettext("This list is kept as “%(name)s”.", name=name))
    return to_list(member, wanted)


@page("read")
def change(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    """Another name for one's own view, or the end of it."""
    kept = access(member, SavedView, pk=pk, user=member.user)
    if request.method == "POST" and request.POST.get("do") == "remove":
        views.remove(member, kept)
        messages.success(request, request.language.gettext("“%(name)s” is removed.", name=kept.name))
    elif request.method == "POST" and (name := _name(request)):
        views.rename(member, kept, name)
    return to_list(member, Wanted.read(QueryDict(kept.query)))


def to_list(member: Membership, wanted: Wanted) -> HttpResponse:
    """Back to the list that one came from."""
    query = wanted.query(page=wanted.page)
    return redirect(reverse("portfolio:accounts", args=[member.workspace.slug]) + (f"?{query}" if query else ""))


def _name(request: Speaking) -> str:
    return " ".join(request.POST.get("name", "").replace("\0", " ").split())[:LONGEST]
