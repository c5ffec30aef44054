"""One question, with its picture, its table, its definition and its export."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from markupsafe import Markup

from sabai.desk.insight.actions import write_export
from sabai.desk.insight.files import Frame, frame_of, frame_of_health
from sabai.desk.insight.heads import TABLES
from sabai.desk.insight.jobs import make_sheets
from sabai.desk.insight.queries import health_over_time, main_of, sheets, tables_of
from sabai.desk.insight.questions import BY_NAME, Sheet
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.pages.export import WORKBOOK
from sabai.desk.portfolio.table import as_csv, as_xlsx

HEALTH = "health/weeks"  # which no job writes


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
        "tables": _named_tables(request, member, name) if member.may("export") else {},
    }
    return render(request, "insight/sheet.html", shown)


@page("export")
def table(request: Speaking, member: Membership, name: str, table: str) -> HttpResponse:
    """The table behind a sheet as a CSV file."""
    frame = _taken(request, member, name, table)
    return _named(HttpResponse(as_csv(frame.heads, frame.rows), content_type="text/csv; charset=utf-8"), name, table)


@page("export")
def workbook(request: Speaking, member: Membership, name: str, table: str) -> HttpResponse:
    """The same as a workbook."""
    frame = _taken(request, member, name, table)
    book = as_xlsx(frame.heads, frame.columns, frame.rows, request.language)
    return _named(HttpResponse(book, content_type=WORKBOOK), name, table, "xlsx")


def _named_tables(request: Speaking, member: Membership, name: str) -> dict[str, str]:
    """The tables behind a sheet, and what each is called."""
    return {
        table: request.language.gettext(TABLES.get(f"{name}/{table}", table))
        for table in tables_of(member.workspace, name)
    }


def _taken(request: Speaking, member: Membership, name: str, table: str) -> Frame:
    """What is taken out, which is written down before it is."""
    if f"{name}/{table}" == HEALTH:
        write_export(member, HEALTH)
        return frame_of_health(*health_over_time(member.workspace), request.language)
    _asked(member, name)
    path = tables_of(member.workspace, name).get(table)
    if path is None:
        raise Http404
    write_export(member, f"{name}/{table}")
    return frame_of(path, member.workspace.currency, request.language)


def _named(answer: HttpResponse, name: str, table: str, kind: str = "csv") -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}-{table}.{kind}"'
    return answer


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
