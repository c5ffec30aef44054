"""The trail as files: for a spreadsheet, and for whoever wants to check the chain themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db import transaction
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.audit.models import Entry
from sabai.desk.audit.pages.wanted import wanted
from sabai.desk.audit.queries import entries
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.table import as_csv

HEADS = ("number", "at", "who", "verb", "kind", "thing", "before", "after", "sealed")
MANY = 2_000  # rows read at a time


@page("audit")
def as_lines(request: Speaking, member: Membership) -> HttpResponseBase:
    """CSV that no spreadsheet runs as a formula."""
    return _told(request, member, "csv", "text/csv; charset=utf-8")


@page("audit")
def as_json_lines(request: Speaking, member: Membership) -> HttpResponseBase:
    """One JSON object a line, with the seals as they were made."""
    return _told(request, member, "jsonl", "application/jsonl")


def _told(request: Speaking, member: Membership, form: str, kind: str) -> HttpResponseBase:
    found = entries(member.workspace, wanted(request.GET)).order_by("number").iterator(MANY)
    with transaction.atomic():
        write(member.workspace, member.user, "export", "audit trail", form)
    lines = as_csv(HEADS, map(_cells, found)) if form == "csv" else map(_line, found)
    answer = StreamingHttpResponse(lines, content_type=kind)
    day = timezone.localdate()
    answer.headers["Content-Disposition"] = f'attachment; filename="audit-{member.workspace.slug}-{day}.{form}"'
    return answer


def _cells(entry: Entry) -> list[str]:
    return [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in _told_by(entry)]


def _line(entry: Entry) -> str:
    return json.dumps(dict(zip(HEADS, _told_by(entry), strict=True)), ensure_ascii=False) + "\n"


def _told_by(entry: Entry) -> Iterator[object]:
    yield entry.number
    yield entry.at.isoformat()
    yield from (getattr(entry, name) for name in HEADS[2:])
