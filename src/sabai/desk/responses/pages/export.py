"""The list as a file."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse

from sabai.desk.audit.actions import write
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.columns import Column
from sabai.desk.portfolio.table import Cell, as_csv, as_xlsx
from sabai.desk.responses.models import Response
from sabai.desk.responses.queries import matching, newest_first
from sabai.desk.responses.wanted import Wanted
from sabai.desk.responses.words import CHANNEL_WORDS, DOUBT_WORDS, MOOD_WORDS, STATE_WORDS
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 1000  # rows held while a file is written
COLUMNS = [
    Column("day", gettext_noop("Day"), "", "day"),
    Column("survey", gettext_noop("Survey"), "", "text"),
    Column("name", gettext_noop("Customer"), "", "text"),
    Column("id", gettext_noop("Id"), "", "text"),
    Column("contact", gettext_noop("Contact"), "", "text"),
    Column("answer", gettext_noop("Score"), "", "text"),
    Column("mood", gettext_noop("Mood"), "", "text"),
    Column("comment", gettext_noop("Comment"), "", "text"),
    Column("language", gettext_noop("Language"), "", "text"),
    Column("channel", gettext_noop("By"), "", "text"),
    Column("state", gettext_noop("State"), "", "text"),
    Column("doubt", gettext_noop("Doubt"), "", "text"),
]


@page("export")
def as_lines(request: Speaking, member: Membership) -> HttpResponse:
    found, heads = _asked(request, member)
    rows = _rows(member, found, request.language)
    return _named(HttpResponse(as_csv(heads, rows), content_type="text/csv; charset=utf-8"), member, "csv")


@page("export")
def as_workbook(request: Speaking, member: Membership) -> HttpResponse:
    found, heads = _asked(request, member)
    book = as_xlsx(heads, COLUMNS, _rows(member, found, request.language), request.language)
    return _named(HttpResponse(book, content_type=WORKBOOK), member, "xlsx")


def _asked(request: Speaking, member: Membership) -> tuple[QuerySet[Response], list[str]]:
    """What is taken out, which is written down before it is."""
    wanted = Wanted.of(request.GET.dict())
    with transaction.atomic():
        write(
            member.workspace,
            member.user,
            "export",
            "responses",
            "list",
            None,
            {"query": wanted.address().removeprefix("?")},
        )
    heads = [request.language.gettext(column.word) for column in COLUMNS]
    return newest_first(matching(member.workspace, wanted)), heads


def _rows(member: Membership, found: QuerySet[Response], language: Language) -> Iterator[list[Cell]]:
    zone, say = ZoneInfo(member.workspace.time_zone), language.gettext
    for each in found.iterator(chunk_size=AT_ONCE):
        doubt = "" if each.counted else each.suspicion
        yield [
            each.answered_at.astimezone(zone).date(),
            each.survey.name,
            each.account.name if each.account else None,
            each.account.account_id if each.account else None,
            str(each.contact) if each.contact else None,
            each.score,
            say(MOOD_WORDS[each.mood]) if each.mood else None,
            each.comment,
            each.language,
            say(CHANNEL_WORDS[each.channel]),
            say(STATE_WORDS[each.state]),
            say(DOUBT_WORDS[doubt]) if doubt else None,
        ]


def _named(answer: HttpResponse, member: Membership, kind: str) -> HttpResponse:
    day = member.workspace.today().isoformat()
    answer["Content-Disposition"] = f'attachment; filename="{member.workspace.slug}-responses-{day}.{kind}"'
    return answer
