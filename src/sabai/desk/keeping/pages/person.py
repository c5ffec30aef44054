"""Everything of one customer or one person: to take away, or to be gone."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from sabai.desk.keeping.actions import ask, setting_of, take
from sabai.desk.keeping.forms import DaysForm, WhomForm
from sabai.desk.keeping.models import Request
from sabai.desk.keeping.pages.keeping import shown
from sabai.desk.keeping.queries import exports, takeable
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.people.pages.people import say
from sabai.language.catalogues import gettext_noop


@page("keep")
def person(request: Speaking, member: Membership) -> HttpResponse:
    """A POST asks for an export, or first and then again for an erasure: that is confirmed by typing the name."""
    form = WhomForm(member.workspace, request.language, request.POST or None)
    if not form.is_valid():
        return _wrong(request, member, form)
    kind, value = form.cleaned_data["kind"], form.cleaned_data["value"]
    if request.POST.get("what") == "export":
        ask(member, "export", kind, value)
        say(request, gettext_noop("The file is being made. It can be taken away here for a day."))
        return _back(member)
    again = request.POST.get("again", "")
    if again != form.cleaned_data["called"]:
        told = {"form": form, "called": form.cleaned_data["called"], "value": value, "kind": kind, "wrong": bool(again)}
        return render(request, "keeping/erase.html", told, status=422 if again else 200)
    ask(member, "erase", kind, value)
    say(request, gettext_noop("It is being erased. The list below says when it is done."))
    return _back(member)


@page("keep")
def file(request: Speaking, member: Membership, pk: int) -> HttpResponseBase:
    """For whoever asked for it, and for a day."""
    asked = access(member, Request, pk=pk, what="export", by=member.user)
    path = exports() / asked.file
    if not takeable(asked) or not path.is_file():
        raise Http404
    take(member, asked)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=f"about-{asked.pk}.zip")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _wrong(request: Speaking, member: Membership, form: WhomForm) -> HttpResponse:
    return shown(request, member, DaysForm.filled(request.language, setting_of(member.workspace)), form)


def _back(member: Membership) -> HttpResponse:
    return redirect("keeping:keeping", slug=member.workspace.slug)
