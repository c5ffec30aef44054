"""A new task, and the customers that its form offers while one types."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.actions.create import create
from sabai.desk.tasks.forms import NewTask

OFFERED = 12


@page("work")
def new(request: Speaking, member: Membership) -> HttpResponse:
    """The form; `?account=7` and `?title=…` fill it, as other pages lead here."""
    form = NewTask(member.workspace, request.language, request.POST or None, initial=_initial(request, member))
    if request.method != "POST" or not form.is_valid():
        return render(request, "tasks/new.html", {"form": form})
    said = form.cleaned_data
    task, _ = create(
        member.workspace, title=said["title"], key=f"person:{said['key']}", origin="person", account=said["account"],
        assigned=said["assigned"], due_on=said["due_on"], detail=said["detail"], by=member.user,
    )  # fmt: skip
    messages.success(request, request.language.gettext("The task stands."))
    return redirect("tasks:task", slug=member.workspace.slug, key=task.pk)


@page("work")
def customers(request: Speaking, member: Membership) -> HttpResponse:
    """Customers whose name or id begins or goes on as what was typed, for the form's list."""
    typed = request.GET.get("account", "").replace("\0", "").strip()[:200]
    named = Q(name__icontains=typed) | Q(account_id__iexact=typed)
    found = Account.of(member.workspace).filter(named, here=True).order_by("name")[:OFFERED] if typed else ()
    return render(request, "tasks/customers.html", {"found": found})


def _initial(request: Speaking, member: Membership) -> dict[str, object]:
    given = {"assigned": str(member.user.pk), "due_on": member.workspace.today()}
    given["title"] = request.GET.get("title", "")[:300]
    key = request.GET.get("account", "")
    account = Account.of(member.workspace).filter(pk=int(key)).first() if key.isdecimal() and len(key) < 16 else None
    return given | {"account": f"{account.name} ({account.account_id})" if account else ""}
