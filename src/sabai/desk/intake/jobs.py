"""What is done with what came, after the sender has been answered."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Lock

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from sabai.desk.intake.actions.forget import forget_older_than
from sabai.desk.intake.actions.settle import settle
from sabai.desk.intake.landing.batches import bring_in
from sabai.desk.intake.models import Batch, LatelySeen, Source, Upload
from sabai.desk.people.models import Workspace

DELAY = 1.0  # seconds in which what comes lands together
MANY = 400  # requests; of 500 messages each they take 20 MB in every web process
_asked: dict[int, float] = {}
_asking = Lock()


def land_soon(workspace: int) -> None:
    """Has the batches of a workspace land in a second, however many requests ask in the meantime.

    A batch that is committed before the task runs is taken along, so that one asked-for task serves all until then.
    """
    now = time.monotonic()
    with _asking:
        if now - _asked.get(workspace, -DELAY) < DELAY:
            return
        _asked[workspace] = now
    land.schedule((workspace,), delay=DELAY)


@db_task()
def land(workspace: int) -> None:
    """Brings in everything that waits, and has the company's store take it."""
    from sabai.desk.scoring.jobs import land_incoming

    found = Workspace.objects.filter(pk=workspace).first()
    brought = 0
    while found is not None and (more := bring_in(found)):
        brought += more
    if brought:
        land_incoming(workspace)
        settle_many(workspace)


def settle_many(workspace: int) -> None:
    """Has sources settled of which so much was seen that it is a burden to remember it until the next minute."""
    waiting = LatelySeen.objects.filter(source__workspace=workspace).values_list("source").annotate(Count("pk"))
    for source, rows in waiting.order_by():
        if rows >= MANY:
            settle_seen(source)


@db_task()
def settle_seen(source: int) -> None:
    """Puts what was seen lately of a source where it is known again for good."""
    found = Source.everywhere.filter(pk=source).first()
    if found is not None:
        settle(found)


@db_periodic_task(crontab(minute="*"))
def sweep() -> None:
    """What a process took and died before it could ask, and what was seen lately."""
    for workspace in Batch.everywhere.filter(landed_at=None).values_list("workspace", flat=True).distinct():
        land(workspace)
    for source in LatelySeen.objects.order_by().values_list("source", flat=True).distinct():
        settle_seen(source)


@db_periodic_task(crontab(hour="2", minute="10"))
def forget() -> None:
    """Batches that landed, and what was refused, are kept for so many days; that something was seen, for good."""
    forget_older_than(timezone.now() - timedelta(days=settings.SABAI["SABAI_KEEP_INTAKE_DAYS"]))


@db_task()
def look(upload: int) -> None:
    """Looks into a file that somebody brought."""
    from sabai.desk.intake.files.look import look_into

    found = Upload.everywhere.select_related("workspace").filter(pk=upload, state="looking").first()
    if found is not None:
        look_into(found)


@db_task()
def land_upload(upload: int) -> None:
    """Lands a file as the person said what it is."""
    from sabai.desk.intake.files.look import bring_in as bring_file_in
    from sabai.desk.scoring.jobs import land_incoming

    found = Upload.everywhere.select_related("workspace").filter(pk=upload, state="landing").first()
    if found is not None:
        bring_file_in(found)
        land_incoming(found.workspace_id)
