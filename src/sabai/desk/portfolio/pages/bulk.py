"""One thing done for many customers at once."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.actions.ask import MOST, ask
from sabai.desk.portfolio.actions.assign import assign
from sabai.desk.portfolio.listed import allowed
from sabai.desk.portfolio.pages.views import to_list
from sabai.desk.portfolio.queries import as_of_in, colleagues, matching
from sabai.desk.portfolio.wanted import Wanted
from sabai.desk.scoring.models import Account

EARLIEST = date(1990, 1, 1)


class Assigning(forms.Form):
    to = forms.ModelChoiceField(Membership.everywhere.none())
    from_on = forms.DateField()

    def clean_from_on(self) -> date:
        day: date = self.cleaned_data["from_on"]
        if day < EARLIEST:
            raise forms.ValidationError("too early")
        return day


class Asking(forms.Form):
    title = forms.CharField(max_length=300)
    due_on = forms.DateField(required=False)
    key = forms.RegexField(r"^[0-9a-f]{32}$")


@page("assign")
def assign_many(request: Speaking, member: Membership) -> HttpResponse:
    wanted, accounts = _chosen(request, member)
    form = Assigning(request.POST)
    to = form.fields["to"]
    assert isinstance(to, forms.ModelChoiceField)
    to.queryset = colleagues(member.workspace)
    if request.method == "POST" and _is_fit(request, form, accounts):
        to, from_on = form.cleaned_data["to"], form.cleaned_data["from_on"]
        done = assign(member, list(accounts.select_related("owner")), to, from_on)
        said = request.language.ngettext(
            "%(num)s customer is given to %(name)s.", "%(num)s customers are given to %(name)s.", done, name=to.user
        )
        messages.success(request, said)
    return to_list(member, wanted)


@page("work")
def ask_many(request: Speaking, member: Membership) -> HttpResponse:
    """A task for each."""
    wanted, accounts = _chosen(request, member)
    form = Asking(request.POST)
    if request.method == "POST" and _is_fit(request, form, accounts):
        some = list(accounts.select_related("owner")[: MOST + 1])
        if len(some) > MOST:
            most = request.language.show.fixed(MOST)
            messages.error(request, request.language.gettext("At most %(most)s tasks are made at once.", most=most))
        else:
            told = form.cleaned_data
            done = ask(member, some, title=told["title"], due_on=told["due_on"], key=told["key"])
            messages.success(
                request, request.language.ngettext("%(num)s task is made.", "%(num)s tasks are made.", done)
            )
    return to_list(member, wanted)


def _chosen(request: Speaking, member: Membership) -> tuple[Wanted, QuerySet[Account]]:
    """The list that one came from, and those of it that are ticked, or all of it."""
    wanted = allowed(member, Wanted.read(QueryDict(request.POST.get("of", ""))))
    if request.POST.get("all") == "1":
        return wanted, matching(member, wanted, as_of_in(member.workspace))
    ticked = [int(pk) for pk in request.POST.getlist("account") if pk.isascii() and pk.isdigit() and len(pk) < 18]
    return wanted, Account.of(member.workspace).filter(pk__in=ticked[:MOST])


def _is_fit(request: Speaking, form: forms.Form, accounts: QuerySet[Account]) -> bool:
    say = request.language.gettext
    if not accounts.exists():
        messages.warning(request, say("Nobody is chosen: tick customers in the list first."))
    elif not form.is_valid():
        messages.error(request, say("Something is missing, or no day: nothing was changed."))
    else:
        return True
    return False
