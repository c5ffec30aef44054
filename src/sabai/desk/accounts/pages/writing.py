"""What is written down on the page of an account: each form has its address, and leads back to its place."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from sabai.desk.accounts import queries
from sabai.desk.accounts.actions import notes, opinions
from sabai.desk.accounts.forms.ask import Ask
from sabai.desk.accounts.forms.say import Say
from sabai.desk.accounts.forms.touch import Touch
from sabai.desk.accounts.forms.word import Word
from sabai.desk.accounts.models import Note, Opinion
from sabai.desk.accounts.pages.account import shown
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.actions.create import create
from sabai.desk.tasks.actions.touch import log
from sabai.desk.tasks.queries import members_of


@page("work")
@require_POST
def touch(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """A contact that happened."""
    account = queries.account_of(member, key)
    story = queries.story_of(account)
    with timezone.override(ZoneInfo(member.workspace.time_zone)):
        form = Touch(request.language, story.people if story else (), request.POST)
        if not form.is_valid():
            return shown(request, member, account, form)
    log(member, account, **form.cleaned_data)
    return _back(request, account, "log", request.language.gettext("The contact is written down."))


@page("work")
@require_POST
def ask(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """A task for somebody."""
    account = queries.account_of(member, key)
    colleagues = members_of(member.workspace)
    form = Ask(request.language, colleagues, request.POST)
    if not form.is_valid():
        return shown(request, member, account, form)
    told = form.cleaned_data
    assigned = next((each for each in colleagues if str(each.pk) == told["assigned"]), None)
    create(
        member.workspace, title=told["title"], key=f"person:{told['key']}", origin="person", account=account,
        assigned=assigned, due_on=told["due_on"], by=member.user,
    )  # fmt: skip
    return _back(request, account, "tasks", request.language.gettext("The task is asked for."))


@page("work")
@require_POST
def note(request: Speaking, member: Membership, key: int) -> HttpResponse:
    account = queries.account_of(member, key)
    form = Word(request.language, request.POST)
    if not form.is_valid():
        return shown(request, member, account, form)
    notes.add(member, account, form.cleaned_data["text"], pinned=form.cleaned_data["pinned"])
    return _back(request, account, "notes", request.language.gettext("The note is kept."))


@page("work")
@require_POST
def pin(request: Speaking, member: Membership, key: int, note: int) -> HttpResponse:
    """Puts a note on top, or back among the others."""
    found: Note = access(member, Note, pk=note, account_id=key, removed_at=None)
    notes.pin(member, found, request.POST.get("pinned") == "yes")
    return _back(request, found.account, "notes")


@page("work")
@require_POST
def remove(request: Speaking, member: Membership, key: int, note: int) -> HttpResponse:
    found: Note = access(member, Note, pk=note, account_id=key)
    notes.remove(member, found)
    return _back(request, found.account, "notes", request.language.gettext("The note is taken off the page."))


@page("work")
@require_POST
def say(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """An override or a pulse."""
    account = queries.account_of(member, key)
    form = Say(request.language, member.workspace.today(), request.POST)
    if not form.is_valid():
        return shown(request, member, account, form)
    opinions.say(member, account, **form.cleaned_data)
    return _back(request, account, "said", request.language.gettext("Your view stands beside the score."))


@page("work")
@require_POST
def withdraw(request: Speaking, member: Membership, key: int, opinion: int) -> HttpResponse:
    found: Opinion = access(member, Opinion, pk=opinion, account_id=key)
    opinions.withdraw(member, found)
    return _back(request, found.account, "main", request.language.gettext("It no longer stands."))


def _back(request: Speaking, account: Account, place: str, done: str = "") -> HttpResponse:
    if done:
        messages.success(request, done)
    address = reverse("accounts:account", args=(account.workspace.slug, account.pk))
    return redirect(f"{address}#{place}")
