"""What a new day does to accounts by itself."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from sabai.desk.accounts.actions.opinions import settle_all
from sabai.desk.people.models import Workspace


@db_periodic_task(crontab(minute="5"))
def overrides_end() -> None:
    """Every hour, for it is midnight somewhere: overrides whose time is over fall off."""
    for workspace in Workspace.objects.all():
        settle_all(workspace, workspace.today())
