"""Answering the questions anew: every night, and when somebody asks."""

from __future__ import annotations

from datetime import UTC, datetime

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from sabai.desk.insight.queries import folder_of, people_of
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.alone import alone
from sabai.desk.scoring.company import Company


@db_task()
def make_sheets(workspace_id: int) -> None:
    """Computes every sheet of a workspace that has facts; whoever asks while that goes on need not."""
    workspace = Workspace.objects.get(pk=workspace_id)
    if not Company.of(workspace).store.exists():
        return
    from sabai.desk.insight.sheets import write_sheets
    from sabai.desk.scoring.door import request_of

    with alone(folder_of(workspace)) as ours:
        if ours:
            write_sheets(request_of(workspace), folder_of(workspace), datetime.now(UTC), people_of(workspace))


@db_periodic_task(crontab(hour="3", minute="30"))
def make_all_sheets() -> None:
    for workspace in Workspace.objects.all():
        make_sheets(workspace.pk)
