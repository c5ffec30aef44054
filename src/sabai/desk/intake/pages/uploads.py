"""Bringing a file, for who has no engineer at hand."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.intake.actions.uploads import UPLOADS, bring, confirm, confirm_for_good
from sabai.desk.intake.files.repeat import Columns
from sabai.desk.intake.files.values import ORDERS
from sabai.desk.intake.forms import UploadForm
from sabai.desk.intake.jobs import land_upload, look
from sabai.desk.intake.models import Upload
from sabai.desk.intake.rows import OPEN
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.facts.catalogue import TABLES, FactTable


@page("connect")
def upload(request: Speaking, member: Membership) -> HttpResponse:
    """A file is kept and looked into; nothing of it counts before somebody has said what it is."""
    form = UploadForm(request.language, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = bring(member.workspace, member.user, form.cleaned_data["file"])
        transaction.on_commit(lambda: look(made.pk))
        return redirect("intake:mapping", member.workspace.slug, made.pk)
    return render(request, "intake/upload.html", {"form": form}, status=400 if form.errors else 200)


@page("connect")
def mapping(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    """The first rows, what each column could be, and the person's word on it."""
    found = access(member, Upload, pk=pk)
    table = TABLES.get(request.POST.get("table") or request.GET.get("table") or found.table or OPEN[0], TABLES[OPEN[0]])
    chosen = _chosen(request, found, table) if request.method == "POST" else _suggested(found, table)
    lacking = [name for name in _needed(table) if name not in chosen]
    asked = request.method == "POST" and found.state == "asking" and table.name in OPEN
    if asked and "look" not in request.POST and not lacking:
        return _taken_in(request, member, found, table.name, chosen)
    by_theirs = {one["from"]: (ours, one["dates"]) for ours, one in chosen.items()}
    return render(request, "intake/mapping.html", {
        "upload": found, "table": table, "tables": OPEN, "chosen": by_theirs, "needed": _needed(table),
        "lacking": lacking, "orders": ORDERS, "asked": asked and "look" not in request.POST,
        "known": found.source != UPLOADS, "may_repeat": found.source == UPLOADS and member.may("define"),
    })  # fmt: skip


def _taken_in(request: Speaking, member: Membership, found: Upload, table: str, chosen: Columns) -> HttpResponse:
    """Lands the file; where files of that name are to be read so every time, on to the draft that says it."""
    say, slug = request.language.gettext, member.workspace.slug
    if "again" in request.POST and found.source == UPLOADS and member.may("define"):
        draft = confirm_for_good(found, member, table, chosen)
        messages.success(request, say("The file is being taken in. Publish this draft, and the next one is known."))
        to = redirect("drafts:draft", slug, draft.pk)
    else:
        confirm(found, member.user, table, chosen)
        messages.success(request, say("The file is being taken in."))
        to = redirect("intake:mapping", slug, found.pk)
    transaction.on_commit(lambda: land_upload(found.pk))
    return to


def _needed(table: FactTable) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*table.required, *table.key[:1])))


def _suggested(found: Upload, table: FactTable) -> Columns:
    """What the job guessed, where it is the same table."""
    return {ours: one for ours, one in found.columns.items() if ours in table.columns}


def _chosen(request: Speaking, found: Upload, table: FactTable) -> Columns:
    """{our column: {"from": theirs, "dates": order}}; the first of theirs that names ours counts."""
    made: Columns = {}
    for number, theirs in enumerate((found.looked or {}).get("names", ())):
        ours, order = request.POST.get(f"column-{number}", ""), request.POST.get(f"dates-{number}", "ymd")
        if ours in table.columns and order in ORDERS:
            dated = table.columns[ours] in ("date", "instant")
            made.setdefault(ours, {"from": theirs, "dates": order if dated else ""})
    return made
