"""What goes on by itself: waves of surveys whose occasion has come, and mails that are due."""

from __future__ import annotations

import logging
from datetime import timedelta
from secrets import randbits

from django.conf import settings
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from sabai.desk.asking.actions.bounce import came_back
from sabai.desk.asking.actions.plan import plan
from sabai.desk.asking.actions.send import send_due
from sabai.desk.asking.claims import is_due
from sabai.desk.asking.mailbox import Mailbox, Unreachable, opened, read, reports
from sabai.desk.asking.queries import candidates, place_of, was_planned
from sabai.desk.asking.returned import returned
from sabai.desk.people.models import User, Workspace
from sabai.desk.scoring.alone import alone
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.queries import running

LONGEST = timedelta(seconds=50)  # then other jobs have their turn
log = logging.getLogger("sabai.desk.asking")


@db_task()
def plan_survey(survey_id: int, user_id: int) -> None:
    """A wave now, because somebody said so; begins to send it."""
    survey = Survey.everywhere.select_related("workspace").get(pk=survey_id)
    plan(survey, timezone.now(), randbits(31), User.objects.filter(pk=user_id).first())
    send_workspace(survey.workspace_id)


@db_periodic_task(crontab(minute="20"))
def plan_all() -> None:
    """Once a day, as soon as somebody's turn has come."""
    for workspace in Workspace.objects.all():
        for survey in running(workspace):
            try:
                _plan_due(survey)
            except Exception:
                log.exception("a wave could not be planned")


@db_periodic_task(crontab())
def send_all() -> None:
    """Each minute."""
    for workspace in Workspace.objects.all():
        if is_due(workspace, timezone.now()):
            send_workspace(workspace.pk)


@db_periodic_task(crontab(minute="*/10"))
def read_returned() -> None:
    """What the mailbox says came back since; nothing where the settings name none."""
    address = settings.SABAI["SABAI_BOUNCE_IMAP"]
    if not address:
        return
    try:
        with opened(Mailbox.at(address)) as server:
            for number, raw in reports(server):
                if report := returned(raw):
                    came_back(report)
                read(server, number)
    except Unreachable as unreachable:
        log.warning("the mailbox of returned mails cannot be read: %s", unreachable)


@db_task()
def send_workspace(workspace_id: int) -> None:
    """Sends for a while; what is left then is sent after whatever else waits. Whoever comes second leaves it."""
    workspace = Workspace.objects.get(pk=workspace_id)
    with alone(place_of(workspace)) as ours:
        sent = send_due(workspace, timezone.now() + LONGEST) if ours else 0
    if sent and is_due(workspace, timezone.now()):
        send_workspace(workspace_id)


def _plan_due(survey: Survey) -> None:
    now = timezone.now()
    if survey.occasion == "once" or was_planned(survey, survey.workspace.day_of(now)):
        return
    if candidates(survey, survey.workspace.day_of(now)):
        plan(survey, now, randbits(31), None)
