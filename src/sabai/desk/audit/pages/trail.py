"""Who changed what."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from sabai.desk.audit import queries
from sabai.desk.audit.difference import changes
from sabai.desk.audit.models import Entry
from sabai.desk.audit.pages.wanted import wanted
from sabai.desk.audit.words import FIELD_WORDS, KIND_WORDS, VERB_WORDS
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.language.language import Language

A_PAGE = 50


@page("audit")
def trail(request: Speaking, member: Membership) -> HttpResponse:
    asked = wanted(request.GET)
    found = Paginator(queries.entries(member.workspace, asked), A_PAGE).get_page(request.GET.get("page"))
    zone = ZoneInfo(member.workspace.time_zone)
    rest = request.GET.copy()
    rest.pop("page", None)
    shown = {
        "asked": asked,
        "found": found,
        "rows": [_row(entry, zone, request.language) for entry in found],
        "kinds": [(kind, _word(KIND_WORDS, kind, request.language)) for kind in queries.kinds(member.workspace)],
        "people": queries.people(member.workspace),
        "rest": rest.urlencode(),
    }
    return render(request, "audit/trail.html", shown)


@page("audit")
def whole(request: Speaking, member: Membership) -> HttpResponse:
    """Whether the chain is whole, read anew; a part of the page, or a page where there is no script."""
    return render(request, "audit/whole.html", {"chain": queries.chain(member.workspace)})


def _row(entry: Entry, zone: ZoneInfo, language: Language) -> dict[str, Any]:
    return {
        "entry": entry,
        "at": entry.at.astimezone(zone),
        "verb": _word(VERB_WORDS, entry.verb, language),
        "kind": _word(KIND_WORDS, entry.kind, language),
        "changes": [(_word(FIELD_WORDS, each.what, language), each) for each in changes(entry)],
    }


def _word(words: dict[str, str], written: str, language: Language) -> str:
    return language.gettext(words[written]) if written in words else written
