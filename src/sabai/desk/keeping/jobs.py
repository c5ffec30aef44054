"""What is done about what is kept: every night, and when somebody asked about one person."""

from __future__ import annotations

import logging

from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from sabai.desk.insight.jobs import make_sheets
from sabai.desk.keeping.models import Request
from sabai.desk.keeping.queries import TAKEN_WITHIN, exports
from sabai.desk.keeping.retention import remove_old
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.alone import while_there_is
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.jobs import land_incoming, score_workspace
from sabai.errors import Issue, SabaiError

log = logging.getLogger("sabai.desk.keeping")


@db_task()
def answer(request_id: int) -> None:
    """Does what was asked and is not done, one after the other; what was asked first comes first."""
    while_there_is(_waiting().exists, exports(), _next)


@db_periodic_task(crontab(minute="*/10"))
def answer_all() -> None:
    """What a stopped process left behind, and what broke: an erasure is tried until it is done."""
    Request.everywhere.filter(ended_at=None).exclude(problem="").update(problem="")
    if _waiting().exists():
        answer(0)


@db_periodic_task(crontab(minute="5"))
def forget_exports() -> None:
    """Files that nobody may take away any more, and whom they were about."""
    gone = Request.everywhere.filter(what="export", ended_at__lt=timezone.now() - TAKEN_WITHIN).exclude(
        value="", file=""
    )
    for name in gone.exclude(file="").values_list("file", flat=True):
        (exports() / name).unlink(missing_ok=True)
    gone.update(value="", known={}, file="")


@db_periodic_task(crontab(hour="1", minute="40"))
def remove_all_old() -> None:
    """Every night; sessions that are over go too."""
    for workspace in Workspace.objects.all():
        remove_old(workspace, timezone.now())
    call_command("clearsessions")


def _waiting() -> QuerySet[Request]:
    return Request.everywhere.filter(ended_at=None, problem="").order_by("pk")


def _next() -> None:
    request = _waiting().select_related("workspace").first()
    if request is None:
        return
    try:
        _done(request)
        request.ended_at = timezone.now()
    except SabaiError as error:
        request.ended_at, request.problem = timezone.now(), str(error)
        request.value, request.known = "", {}
    except Exception:
        request.problem = str(_broke())
        log.exception("a request about a person broke")
    request.save()


def _done(request: Request) -> None:
    from sabai.desk.keeping.person.erasing import erase
    from sabai.desk.keeping.person.exporting import export
    from sabai.desk.keeping.person.known import whom_of

    if request.what == "export":
        request.file = export(request, whom_of(request), timezone.now())
    else:
        erase(request, timezone.now())
        _make_again(request.workspace)


def _make_again(workspace: Workspace) -> None:
    """What told of them, told anew of the others."""
    company = Company.of(workspace)
    if company.definitions.exists() and company.store.exists():
        land_incoming(workspace.pk)
        score_workspace(workspace.pk)
        make_sheets(workspace.pk)


def _broke() -> Issue:
    return Issue(
        "DSK-042",
        "It could not be done yet.",
        why="Something broke; what was done stays done.",
        hint="It is tried again in ten minutes. The log of the jobs says what broke.",
    )
