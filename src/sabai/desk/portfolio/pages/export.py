"""The list as a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.http import HttpResponse

from sabai.desk.audit.actions import write
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.columns import COLUMNS, NAME, Column
from sabai.desk.portfolio.listed import allowed, columns_of
from sabai.desk.portfolio.queries import as_of_in, in_order, matching
from sabai.desk.portfolio.table import Cell, as_csv, as_xlsx, cells
from sabai.desk.portfolio.wanted import Wanted
from sabai.language.language import Language

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 1000  # rows held while a file is written


@page("export")
def as_lines(request: Speaking, member: Membership) -> HttpResponse:
    wanted, columns = _asked(request, member)
    lines = as_csv(_heads(columns, request.language), _rows(member, wanted, columns, request.language))
    answer = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _named(answer, member, "csv")


@page("export")
def as_workbook(request: Speaking, member: Membership) -> HttpResponse:
    wanted, columns = _asked(request, member)
    rows = _rows(member, wanted, columns, request.language)
    book = as_xlsx(_heads(columns, request.language), columns, rows, request.language)
    return _named(HttpResponse(book, content_type=WORKBOOK), member, "xlsx")


def _asked(request: Speaking, member: Membership) -> tuple[Wanted, list[Column]]:
    """What is taken out, which is written down before it is."""
    wanted = allowed(member, Wanted.read(request.GET))
    with transaction.atomic():
        write(member.workspace, member.user, "export", "accounts", "list", None, {"query": wanted.query()})
    return wanted, [NAME, COLUMNS["id"], *(column for column in columns_of(wanted) if column.key != "id")]


def _heads(columns: list[Column], language: Language) -> list[str]:
    return [language.gettext(column.word) for column in columns]


def _rows(member: Membership, wanted: Wanted, columns: list[Column], language: Language) -> Iterator[list[Cell]]:
    accounts = in_order(matching(member, wanted, as_of_in(member.workspace)), wanted.sort).select_related("owner")
    for account in accounts.iterator(chunk_size=AT_ONCE):
        yield cells(account, columns, member.workspace.currency, language.gettext)


def _named(answer: HttpResponse, member: Membership, kind: str) -> HttpResponse:
    day = as_of_in(member.workspace).isoformat()
    answer["Content-Disposition"] = f'attachment; filename="{member.workspace.slug}-accounts-{day}.{kind}"'
    return answer
