"""One source: what came, what did not, and its key."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sabai.desk.intake.actions import sources as actions
from sabai.desk.intake.models import Batch, Quarantined, Refused, Source
from sabai.desk.intake.queries import SHOWN, days_of
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership

PYTHON = """import segment.analytics as analytics

analytics.write_key = "{key}"
analytics.host = "{url}"
analytics.track("user-17", "Report opened", context={{"groupId": "A-1"}})"""
CURL = """curl {url}/v1/facts/tickets -u "{key}:" \\
  -H "Content-Type: application/json" \\
  -d '[{{"ticket_id": "T-1", "account_id": "A-1", "opened_at": "2026-06-29T08:15:00Z"}}]'"""


@page("connect")
def source(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    """The last days as bars, the last requests, and reasons."""
    found = access(member, Source, pk=pk)
    return render(request, "intake/source.html", {
        "source": found,
        "zone": ZoneInfo(member.workspace.time_zone),
        "days": days_of(found),
        "batches": Batch.of(member.workspace).filter(source=found).defer("blob").order_by("-pk")[:SHOWN],
        "refused": Refused.of(member.workspace).filter(source=found)[:SHOWN],
        "quarantined": Quarantined.of(member.workspace).filter(source=found)[:SHOWN],
        "snippets": snippets(found, "…"),
    })  # fmt: skip


@page("connect")
@require_POST
def renew(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    """Another key; it is shown once, as the first one was."""
    found = access(member, Source, pk=pk)
    key = actions.renew(found, member.user)
    return render(request, "intake/key.html", {"source": found, "key": key, "snippets": snippets(found, key)})


@page("connect")
@require_POST
def revoke(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    """The key opens nothing from now on."""
    found = access(member, Source, pk=pk)
    actions.revoke(found, member.user)
    gettext = request.language.gettext
    messages.success(request, gettext("The key of %(name)s opens nothing any more.", name=found.name))
    return redirect("intake:source", member.workspace.slug, found.pk)


def snippets(found: Source, key: str) -> str:
    """How to send, to be copied."""
    shown = CURL if found.kind == "facts" else PYTHON
    return shown.format(key=key, url=settings.SABAI["SABAI_URL"])
