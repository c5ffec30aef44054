"""How long it takes to settle who of 100,000 contacts is asked, and to send a thousand mails.

    python -m benchmarks.desk_plan [CONTACTS]

On SQLite in a folder of its own, and to a mail server in a process beside that takes everything.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import timedelta

import msgspec
from django.core.management import call_command
from django.utils import timezone

from benchmarks.desk_begun import FOLDER
from benchmarks.mail_server import taking_everything
from sabai.desk.asking.actions.plan import plan
from sabai.desk.asking.actions.send import send_due
from sabai.desk.asking.models import Ask, Wave
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.surveys.models import Survey, Version
from sabai.desk.surveys.shipped.relationship import NPS

CONTACTS, MAILS = 100_000, 1_000
ZONES = ("", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Nowhere")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of the clock and of the processor: on a machine that others use, only the latter say anything."""

    seconds: float
    worked: float
    done: int


def planned(survey: Survey) -> tuple[Wave, Took]:
    """Who is asked, and who is not and why."""
    now = timezone.now()
    wall, worked = time.perf_counter(), time.process_time()
    wave = plan(survey, now - timedelta(days=1), 7, None)
    return wave, Took(time.perf_counter() - wall, time.process_time() - worked, wave.asked)


def sent(wave: Wave, mails: int) -> Took:
    """So many of them, to the mail server."""
    now, theirs = timezone.now(), Ask.everywhere.filter(wave=wave)
    keys = list(theirs.values_list("pk", flat=True)[:mails])
    theirs.exclude(pk__in=keys).update(send_after=now + timedelta(days=9))
    theirs.filter(pk__in=keys).update(send_after=now)
    wall, worked = time.perf_counter(), time.process_time()
    done = send_due(wave.workspace, timezone.now() + timedelta(minutes=5))
    return Took(time.perf_counter() - wall, time.process_time() - worked, done)


def filled(contacts: int) -> Survey:
    """A survey that runs, and people in four languages and five time zones; nothing else is there."""
    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("flush", verbosity=0, interactive=False)
    workspace = Workspace.objects.create(slug="made", name="Made & Co", time_zone="Asia/Bangkok")
    accounts = [Account(workspace=workspace, account_id=f"A-{at}", name=f"Made {at}") for at in range(contacts // 5)]
    accounts = Account.everywhere.bulk_create(accounts, batch_size=500)
    people = (_contact(workspace, accounts[at % len(accounts)], at) for at in range(contacts))
    Contact.everywhere.bulk_create(people, batch_size=500)
    survey = Survey.everywhere.create(
        workspace=workspace, name="NPS", kind="nps", state="running", quiet_from=0, quiet_until=0
    )
    form = msgspec.to_builtins(NPS)
    Version.everywhere.create(workspace=workspace, survey=survey, number=1, form=form, published_at=timezone.now())
    return survey


def _contact(workspace: Workspace, account: Account, at: int) -> Contact:
    return Contact(
        workspace=workspace, account=account, contact_id=f"C-{at}", name="สมชาย ใจดี", person=f"{at:032x}",
        email=f"p{at}@example.com", language=("th", "ja", "ar", "en")[at % 4], time_zone=ZONES[at % 5],
    )  # fmt: skip


def main(contacts: int = CONTACTS) -> None:
    with taking_everything():
        wave, took = planned(filled(contacts))
        print(f"{took.done:,} asked in {took.seconds:.1f} s, {took.worked:.1f} s of processor")
        post = sent(wave, MAILS)
        print(f"{post.done / post.seconds:.0f} mails a second, {post.done / post.worked:.0f} of processor")


if __name__ == "__main__":
    with FOLDER:
        main(*(int(number) for number in sys.argv[1:2]))
