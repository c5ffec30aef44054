"""One member: what they may do, and how they leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.actions import members as doing
from sabai.desk.people.forms import HeirForm, MemberForm
from sabai.desk.people.models import Membership
from sabai.desk.people.pages.people import back, say
from sabai.desk.people.queries import open_tasks_of
from sabai.language.catalogues import gettext_noop

SHOWN = 20  # tasks; the rest is counted


@page("people")
def member(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    """Their role and how other tools call them."""
    somebody = access(member, Membership, pk=pk, left_at=None)
    known = {"role": somebody.role, "known_as": somebody.known_as}
    form = MemberForm(request.language, request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            doing.change_role(member, somebody, **form.cleaned_data)
        except doing.LastAdministrator:
            return _last(request, somebody)
        say(request, gettext_noop("%(name)s is changed."), name=somebody.user)
        return back(member)
    return render(request, "people/member.html", {"somebody": somebody, "form": form})


@page("people")
def remove(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    """Asks first, and shows what would be left undone; somebody gone can still hand on."""
    somebody = access(member, Membership, pk=pk)
    form = HeirForm(somebody, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _removed(request, member, somebody, form.cleaned_data["heir"])
    tasks = open_tasks_of(somebody)
    shown = {"somebody": somebody, "form": form, "tasks": tasks[:SHOWN], "count": tasks.count()}
    return render(request, "people/remove.html", shown)


def _removed(request: Speaking, by: Membership, somebody: Membership, heir: Membership | None) -> HttpResponse:
    if somebody.left_at:
        if heir:
            doing.hand_on(by, somebody, heir)
            say(request, gettext_noop("The tasks are handed on."))
        return back(by)
    try:
        doing.remove(by, somebody, heir)
    except doing.LastAdministrator:
        return _last(request, somebody)
    say(request, gettext_noop("%(name)s no longer works here."), name=somebody.user)
    return redirect("home") if somebody.pk == by.pk else back(by)


def _last(request: Speaking, somebody: Membership) -> HttpResponse:
    gettext = request.language.gettext
    messages.error(request, gettext("The last administrator stays one: name another first."))
    return redirect("people:member", slug=somebody.workspace.slug, pk=somebody.pk)
