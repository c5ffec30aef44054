"""The language model: whether it may be asked, and asking it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.themes import queries
from sabai.desk.themes.actions.write_down import switch, wish
from sabai.desk.themes.jobs import write_down
from sabai.desk.themes.models import Suggestion
from sabai.desk.themes.speaking import Model
from sabai.desk.themes.writing import MOST_TEXTS, about


@page("keep")
def model(request: Speaking, member: Membership) -> HttpResponse:
    """Where customers' words may go is said by who answers for them."""
    set_up, gettext = Model.set_up(), request.language.gettext
    if request.method == "POST" and set_up:
        on = request.POST.get("on") == "yes"
        switch(member, on)
        messages.success(request, gettext("It may be asked.") if on else gettext("It is not asked any more."))
        return redirect("themes:model", member.workspace.slug)
    return render(request, "themes/model.html", {
        "model": set_up, "host": urlsplit(set_up.url).netloc if set_up else "", "most": MOST_TEXTS,
        "on": queries.reader_of(member.workspace).language_model,
    })  # fmt: skip


@page("work")
@require_POST
def sum_up(request: Speaking, member: Membership, key: str) -> HttpResponse:
    if key not in queries.theme_words(member.workspace, request.language):
        raise Http404
    _wish(request, member, about("theme", key))
    return redirect("themes:theme", member.workspace.slug, key)


@page("define")
@require_POST
def name_it(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    found = access(member, Suggestion, pk=pk)
    _wish(request, member, about("suggestion", found.pk))
    return redirect("themes:suggestion", member.workspace.slug, found.pk)


def _wish(request: Speaking, member: Membership, subject: str) -> None:
    row = wish(member, subject, request.language.code)
    if row is None:
        messages.warning(request, request.language.gettext("No language model may be asked here."))
    else:
        write_down(row.pk)
