"""What goes on by itself: landing what came in, scoring every night, live scores in between."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock, Thread

from django.db import connection
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, on_startup

from sabai.desk.people.models import Workspace
from sabai.desk.scoring import door
from sabai.desk.scoring.actions import begin, end, fail, fail_again, refresh_live
from sabai.desk.scoring.alone import while_there_is
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.models import Account
from sabai.errors import Issue, SabaiError

log = logging.getLogger("sabai.desk.scoring")
_getting_ready = Lock()


@db_task()
def score_workspace(workspace_id: int) -> None:
    """Scores all accounts; asked for while it runs, it runs once more."""
    workspace = Workspace.objects.get(pk=workspace_id)
    company = Company.of(workspace)
    company.out.mkdir(parents=True, exist_ok=True)
    company.wanted.touch()
    while_there_is(company.wanted.exists, company.out, partial(_score, workspace))


@db_task()
def land_incoming(workspace_id: int) -> None:
    """Lands what the desk took in, until nothing waits, and refreshes the live scores of the accounts it speaks of."""
    from sabai.desk.scoring.ours import are_waiting
    from sabai.desk.scoring.tray import is_waiting

    workspace = Workspace.objects.get(pk=workspace_id)
    company = Company.of(workspace)
    if not company.definitions.exists():
        return  # it waits for them
    company.incoming.mkdir(parents=True, exist_ok=True)
    stopped: list[SabaiError] = []

    def waits() -> bool:
        return not stopped and (is_waiting(company) or are_waiting(workspace))

    while_there_is(waits, company.incoming, lambda: _land(workspace, stopped))


@db_task()
def land_touchpoints(workspace_id: int) -> None:
    """The same; asked for when somebody has logged a contact."""
    land_incoming.call_local(workspace_id)


@db_task()
def land_folder(workspace_id: int, folder: str) -> None:
    """Lands exports by the sources of sabai.yaml, and scores."""
    workspace = Workspace.objects.get(pk=workspace_id)
    scoring = begin(workspace)
    try:
        door.land(workspace, Path(folder), timezone.now())
    except SabaiError as error:
        fail(scoring, error)
    else:
        scoring.delete()
        score_workspace.call_local(workspace_id)


@db_periodic_task(crontab(hour="2", minute="10"))
def score_all() -> None:
    """Every night."""
    for workspace in Workspace.objects.all():
        if Company.of(workspace).store.exists():
            score_workspace(workspace.pk)


@db_periodic_task(crontab(minute="*/5"))
def land_all() -> None:
    """What a stopped process left behind."""
    for workspace in Workspace.objects.all():
        land_incoming(workspace.pk)


@on_startup()
def get_ready() -> None:
    """Once a process, beside its work: what is compiled and opened for the first live score takes seconds."""
    if _getting_ready.acquire(blocking=False):
        Thread(target=_ready, daemon=True).start()


def _ready() -> None:
    try:
        for workspace in Workspace.objects.all():
            account = Account.of(workspace).filter(here=True).order_by("pk").first()
            if account is not None and Company.of(workspace).store.exists():
                with suppress(SabaiError):  # whoever lands or scores says it
                    door.live(workspace, [account.account_id], timezone.now())
    finally:
        connection.close()


def _score(workspace: Workspace) -> None:
    Company.of(workspace).wanted.unlink(missing_ok=True)
    scoring = begin(workspace)
    try:
        scored = door.score(workspace, timezone.now())
    except SabaiError as error:
        fail(scoring, error)
    except Exception:
        fail(scoring, SabaiError(_broke()))
        log.exception("a scoring broke")
        raise
    else:
        end(scoring, scored)


def _land(workspace: Workspace, stopped: list[SabaiError]) -> None:
    at = timezone.now()
    try:
        landed = door.land_incoming(workspace, at)
        if landed.accounts:
            refresh_live(workspace, door.live(workspace, landed.accounts, at))
    except SabaiError as error:
        stopped.append(error)
        fail_again(workspace, error)


def _broke() -> Issue:
    return Issue(
        "DSK-032",
        "The scores could not be computed.",
        why="The pages show what the last scoring found.",
        hint="The log of the jobs says what broke.",
    )
