"""Who might speak for us, what they were asked for, and what they agreed to."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.replies import queries
from sabai.desk.replies.actions import favours as actions
from sabai.desk.replies.forms import FavourForm
from sabai.desk.replies.models import Advocate, Favour
from sabai.desk.replies.words import FAVOUR_WORDS

EACH = 50


@page("read")
def advocates(request: Speaking, member: Membership) -> HttpResponse:
    shown = Paginator(queries.advocates(member.workspace), EACH).get_page(request.GET.get("page"))
    gettext = request.language.gettext

    def offered(advocate: Advocate) -> list[str]:
        return [gettext(FAVOUR_WORDS[favour]) for favour in queries.offered(advocate)]

    told = {"shown": shown, "form": FavourForm(request.language), "favour_words": FAVOUR_WORDS, "offered": offered}
    return render(request, "replies/advocates.html", told)


@page("work")
@require_POST
def ask(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    advocate, form = access(member, Advocate, pk=pk), FavourForm(request.language, request.POST)
    if form.is_valid():
        _, new = actions.ask(member, advocate, form.cleaned_data["kind"], form.cleaned_data["note"])
        gettext = request.language.gettext
        messages.success(
            request,
            gettext("It is noted that they were asked.") if new else gettext("They were asked for this before."),
        )
    return redirect("replies:advocates", member.workspace.slug)


@page("work")
@require_POST
def leave(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    actions.leave(member, access(member, Advocate, pk=pk))
    return redirect("replies:advocates", member.workspace.slug)


@page("work")
@require_POST
def step(request: Speaking, member: Membership, pk: int, verb: str) -> HttpResponse:
    """`verb` is what they did: consent, refuse, done."""
    if verb not in actions.STEPS:
        raise Http404
    actions.step(member, access(member, Favour, pk=pk), verb)
    return redirect("replies:advocates", member.workspace.slug)
