"""Every customer as a list."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.bar import banded
from sabai.desk.portfolio.cells import Rows
from sabai.desk.portfolio.chips import HEADS, HERE, MARKS, chips
from sabai.desk.portfolio.columns import NAME
from sabai.desk.portfolio.listed import allowed, is_partial, listed, offered
from sabai.desk.portfolio.queries import choices, colleagues, views_of
from sabai.desk.portfolio.wanted import BLANK, SIZES, Wanted
from sabai.health.scores import BANDS

FIRST = frozenset(("q", "owner", "segment", "band", "call", "rose"))  # filters that are seen without unfolding


@page("read")
def accounts(request: Speaking, member: Membership) -> HttpResponse:
    wanted = allowed(member, Wanted.read(request.GET))
    shown, offers = listed(member, wanted), choices(member.workspace)
    partial = is_partial(request)
    parts = [(band, shown.standings[band].accounts, f"?{wanted.toggled(band)}") for band in BANDS]
    context = {
        "shown": shown,
        "wanted": wanted,
        "chips": chips(wanted, offers, request.language),
        "bar": banded(parts, request.language.rtl),
        "bands": [band for band, _, _ in parts],
        "views": list(views_of(member)),
        "people": list(colleagues(member.workspace)) if member.may("assign") else [],
        "today_here": member.workspace.today(),
        "key": uuid4().hex,
        "rows": Rows(
            request.language,
            member.workspace.currency,
            shown.columns,
            reverse("accounts:account", args=[member.workspace.slug, 0]),
            member.may("assign") or member.may("work"),
        ),
        "named": NAME,
        "more": bool(wanted.filters.keys() - FIRST),
        "words": {"head": HEADS, "mark": MARKS, "here": HERE},
    }
    around = {} if partial else {"choices": offers, "offered": offered(member), "sizes": SIZES, "blank": BLANK}
    answer = render(request, f"portfolio/{'results' if partial else 'accounts'}.html", context | around)
    patch_vary_headers(answer, ("HX-Request",))
    if partial:
        query = wanted.query(page=wanted.page)
        answer["HX-Push-Url"] = reverse("portfolio:accounts", args=[member.workspace.slug]) + (
            f"?{query}" if query else ""
        )
    return answer
