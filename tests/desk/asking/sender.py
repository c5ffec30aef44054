"""A sending process beside a test, to be killed: `python -m tests.desk.asking.sender send`."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sabai.desk.surveys.models import Survey


def fill(people: str) -> None:
    """A workspace, so many people, a survey that runs, and its wave."""
    import msgspec
    from django.utils import timezone

    from sabai.desk.asking.actions.plan import plan
    from sabai.desk.people.models import Workspace
    from sabai.desk.scoring.models import Account, Contact
    from sabai.desk.surveys.models import Survey, Version
    from sabai.desk.surveys.shipped.relationship import NPS
    from tests.desk.bare import tables

    tables()
    workspace = Workspace.objects.create(slug="lanna", name="ลานนาคอฟฟี่", time_zone="Asia/Bangkok")
    account = Account.everywhere.create(workspace=workspace, account_id="A-1", name="Baan")
    Contact.everywhere.bulk_create(
        Contact(
            workspace=workspace, account=account, contact_id=f"C-{at}", person=f"{at:032x}", email=f"p{at}@example.com"
        )
        for at in range(int(people))
    )
    now = timezone.now()
    survey = Survey.everywhere.create(
        workspace=workspace, name="NPS", kind="nps", state="running", quiet_from=0, quiet_until=0
    )
    form = msgspec.to_builtins(NPS)
    Version.everywhere.create(workspace=workspace, survey=survey, number=1, form=form, published_at=now)
    print(plan(survey, now - timedelta(minutes=1), 7, None).asked)


def send() -> None:
    """As the job does."""
    from sabai.desk.asking.jobs import send_workspace
    from sabai.desk.people.models import Workspace

    send_workspace.call_local(Workspace.objects.get().pk)


def at_once(survey: str) -> None:
    """One of two that plan the same people at the same time; how many are ours."""
    from django.utils import timezone

    from sabai.desk.asking.actions.plan import plan
    from sabai.desk.surveys.models import Survey

    found = Survey.everywhere.select_related("workspace").get(name=survey)
    print(plan(found, timezone.now(), 7, None).asked)


def again() -> None:
    """Another survey asks the same people, before they have rested; how many it gets past the look before."""
    from unittest.mock import patch

    from django.utils import timezone

    from sabai.desk.asking.actions.plan import plan
    from sabai.desk.asking.rules import Known

    with patch("sabai.desk.asking.queries.known", lambda *_: Known()):
        print(plan(_another("A"), timezone.now(), 7, None).asked)


def forget() -> None:
    """Nobody was asked; two surveys stand ready."""
    from sabai.desk.asking.models import Ask

    Ask.everywhere.all().delete()
    _another("B")


def twice() -> None:
    """How many people have two asks."""
    from django.db.models import Count

    from sabai.desk.asking.models import Ask

    print(Ask.everywhere.values("person").annotate(asks=Count("pk")).filter(asks__gt=1).count())


def overlap() -> None:
    """What the database says of a second row that comes too early, and of one in a bulk; how many stay."""
    from django.db import IntegrityError, transaction

    from sabai.desk.asking.models import Ask

    Ask.everywhere.exclude(pk=Ask.everywhere.earliest("pk").pk).delete()
    ask = Ask.everywhere.get()
    ask.pk, ask.survey, ask.asked_on = None, _another("C"), ask.asked_on + timedelta(days=89)
    ask.rests_until = ask.asked_on + timedelta(days=90)
    Ask.everywhere.bulk_create([ask], ignore_conflicts=True)
    try:
        with transaction.atomic():
            ask.save(force_insert=True)
    except IntegrityError as error:
        print(type(error).__name__, Ask.everywhere.count())


def _another(name: str) -> Survey:
    from django.utils import timezone

    from sabai.desk.surveys.models import Survey, Version

    first = Version.everywhere.earliest("pk")
    made = Survey.everywhere.create(workspace=first.workspace, name=name, kind="nps", state="running")
    Version.everywhere.create(
        workspace=first.workspace, survey=made, number=1, form=first.form, published_at=timezone.now()
    )
    return made


VERBS = (fill, send, at_once, again, forget, twice, overlap)

if __name__ == "__main__":
    import django

    django.setup()
    next(verb for verb in VERBS if verb.__name__ == sys.argv[1])(*sys.argv[2:])
