"""Where facts come from."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render

from sabai.desk.intake.models import Upload
from sabai.desk.intake.queries import SHOWN, arrivals
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.noticed import notices, problem
from sabai.desk.scoring.origins import origins


@page("connect")
def sources(request: Speaking, member: Membership) -> HttpResponse:
    """All sources and files, with what came by them lately."""
    uploads = Upload.of(member.workspace).select_related("by")[:SHOWN]
    zone = ZoneInfo(member.workspace.time_zone)
    said: dict[str, Any] = {"arrivals": arrivals(member.workspace), "uploads": uploads, "zone": zone}
    said |= {"origins": origins(Company.of(member.workspace))}
    said |= {
        "notices": notices(member.workspace, request.language),
        "stopped": problem(member.workspace, request.language),
    }
    return render(request, "intake/sources.html", said)
