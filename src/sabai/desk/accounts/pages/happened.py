"""The timeline on the page of an account, and the part of it that its address asks for."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest

from sabai.desk.accounts import queries, words
from sabai.desk.accounts.timeline import Written, counted, moments
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.story import Story
from sabai.desk.tasks.words import OUTCOME_WORDS

EACH = 30  # moments on one page
PART = "happened"  # what htmx asks for by itself


def written_of(account: Account) -> Written:
    """What was written down at the desk; its rows are read when they are first needed, and once."""
    return Written(
        ZoneInfo(account.workspace.time_zone),
        tasks=queries.tasks_of(account),
        touchpoints=queries.touchpoints_of(account),
        notes=queries.notes_of(account),
        opinions=queries.opinions_of(account),
    )


def happened(
    request: HttpRequest, member: Membership, account: Account, story: Story | None, written: Written
) -> dict[str, Any]:
    """What its template needs; `kind` and `page` come from the address, and what cannot be meant is left out."""
    everything = moments(story, written, member.may("money"))
    kinds = counted(everything)
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    chosen = [moment for moment in everything if not kind or moment.kind == kind]
    return {
        "account": account,
        "kinds": kinds,
        "kind": kind,
        "everything": len(everything),
        "happened": Paginator(chosen, EACH).get_page(request.GET.get("page")),
        "currency": member.workspace.currency,
        "words": words,
        "outcome_words": OUTCOME_WORDS,
    }
