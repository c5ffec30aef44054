"""What goes on by itself: looking what happened that surveys ask about."""

from __future__ import annotations

from datetime import timedelta

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from sabai.desk.people.models import Workspace
from sabai.desk.scoring import door
from sabai.desk.surveys.actions.notice import notice_moves, notice_solved
from sabai.desk.surveys.occasions import STALE_DAYS
from sabai.desk.surveys.queries import running
from sabai.errors import SabaiError


@db_task()
def look_what_happened(workspace_id: int) -> None:
    """Into the rows of accounts; into the store only where a survey asks about tickets."""
    workspace = Workspace.objects.get(pk=workspace_id)
    today = workspace.today()
    notice_moves(workspace, today)
    if any(survey.occasion == "ticket" for survey in running(workspace)):
        try:
            notice_solved(workspace, door.solved(workspace, today - timedelta(days=STALE_DAYS)), today)
        except SabaiError:
            return  # the page of the scores says what is wrong with the store


@db_periodic_task(crontab(minute="20"))
def look_everywhere() -> None:
    """Every hour: scores may have been computed, and tickets solved."""
    for workspace in Workspace.objects.all():
        look_what_happened(workspace.pk)
