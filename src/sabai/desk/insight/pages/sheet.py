"""One question, with its picture, its table, its definition and its export."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from markupsafe import Markup

from sabai.desk.insight.actions import write_export
from sabai.desk.insight.jobs import make_sheets
from sabai.desk.insight.queries import main_of, sheets, tables_of
from sabai.desk.insight.questions import BY_NAME, Sheet
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership


@page("read")
def sheet(request: Speaking, member: Membership, name: str) -> HttpResponse:
    asked = _asked(member, name)
    code = request.language.code
    made = sheets(member, code)
    shown = {
        "sheet": asked,
        "made": made,
        "answer": next((answer for answer in made.answers if answer.sheet is asked), None),
        "markup": Markup(main_of(member.workspace, name, code)),
        "tables": tables_of(member.workspace, name) if member.may("export") else {},
    }
    return render(request, "insight/sheet.html", shown)


@page("export")
def table(request: Speaking, member: Membership, name: str, table: str) -> HttpResponseBase:
    """The CSV file behind a sheet."""
    _asked(member, name)
    path = tables_of(member.workspace, name).get(table)
    if path is None:
        raise Http404
    write_export(member, f"{name}/{table}")
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}-{table}.csv", content_type="text/csv")


@page("define")
def again(request: Speaking, member: Membership) -> HttpResponse:
    """Has every sheet computed anew."""
    if request.method == "POST":
        make_sheets(member.workspace_id)
        said = request.language.gettext("The answers are being computed anew; look again in a minute.")
        messages.success(request, said)
    return redirect("insight:insight", slug=member.workspace.slug)


def _asked(member: Membership, name: str) -> Sheet:
    found = BY_NAME.get(name)
    if found is None:
        raise Http404
    if not member.may(found.needs):
        raise PermissionDenied
    return found
