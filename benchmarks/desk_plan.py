"""How long it takes to settle who of 100,000 contacts is asked, and to send a thousand mails.

    python -m benchmarks.desk_plan [CONTACTS]

On SQLite in a folder of its own, and to a mail server in a process beside that takes everything.
"""

# ruff: noqa: PLC0415  # Django is imported once its folder is known
from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import timedelta
from multiprocessing import get_context

CONTACTS, MAILS = 100_000, 1_000
PORT = 18_725
GOAL_SECONDS, GOAL_A_SECOND = 10.0, 200.0
ZONES = ("", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Nowhere")


def main(contacts: int) -> None:
    """Prints seconds of the clock and of the processor: on a machine that others use, only the latter say anything."""
    with tempfile.TemporaryDirectory(prefix="sabai-plan-") as folder:
        os.environ |= {
            "SABAI_DATA": folder, "SABAI_MAIL": f"smtp://127.0.0.1:{PORT}", "DJANGO_SETTINGS_MODULE": "sabai.desk.conf",
        }  # fmt: skip
        import django

        django.setup()
        server = get_context("spawn").Process(target=_serve, daemon=True)
        server.start()
        try:
            _measure(contacts)
        finally:
            server.terminate()


def _measure(contacts: int) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from sabai.desk.asking.actions.plan import plan
    from sabai.desk.asking.actions.send import send_due
    from sabai.desk.asking.models import Ask

    call_command("migrate", verbosity=0, skip_checks=True)
    survey = _filled(contacts)
    now = timezone.now()
    wall, worked = time.perf_counter(), time.process_time()
    wave = plan(survey, now - timedelta(days=1), 7, None)
    print(
        f"plan_100k: {wave.asked:,} asked in {_took(wall):.1f} s, {time.process_time() - worked:.1f} s of processor",
        end="",
    )
    print(f" (goal {GOAL_SECONDS:g} s)")
    keys = list(Ask.everywhere.values_list("pk", flat=True)[:MAILS])
    Ask.everywhere.exclude(pk__in=keys).update(send_after=now + timedelta(days=9))
    Ask.everywhere.filter(pk__in=keys).update(send_after=now)
    wall, worked = time.perf_counter(), time.process_time()
    sent = send_due(survey.workspace, timezone.now() + timedelta(minutes=5))
    print(
        f"send_1k: {sent / _took(wall):.0f} mails a second, {sent / (time.process_time() - worked):.0f} of processor",
        end="",
    )
    print(f" (goal {GOAL_A_SECOND:g})")


def _took(since: float) -> float:
    return time.perf_counter() - since


def _filled(contacts: int):  # type: ignore[no-untyped-def]
    """A survey that runs, and people in four languages and five time zones."""
    import msgspec
    from django.utils import timezone

    from sabai.desk.people.models import Workspace
    from sabai.desk.scoring.models import Account, Contact
    from sabai.desk.surveys.models import Survey, Version
    from sabai.desk.surveys.shipped.relationship import NPS

    workspace = Workspace.objects.create(slug="made", name="Made & Co", time_zone="Asia/Bangkok")
    accounts = [Account(workspace=workspace, account_id=f"A-{at}", name=f"Made {at}") for at in range(contacts // 5)]
    accounts = Account.everywhere.bulk_create(accounts, batch_size=500)
    Contact.everywhere.bulk_create(
        (
            Contact(
                workspace=workspace, account=accounts[at % len(accounts)], contact_id=f"C-{at}", name="สมชาย ใจดี",
                person=f"{at:032x}", email=f"p{at}@example.com", language=("th", "ja", "ar", "en")[at % 4],
                time_zone=ZONES[at % 5],
            )
            for at in range(contacts)
        ),
        batch_size=500,
    )  # fmt: skip
    survey = Survey.everywhere.create(
        workspace=workspace, name="NPS", kind="nps", state="running", quiet_from=0, quiet_until=0
    )
    form = msgspec.to_builtins(NPS)
    Version.everywhere.create(workspace=workspace, survey=survey, number=1, form=form, published_at=timezone.now())
    return survey


def _serve() -> None:
    from aiosmtpd.controller import Controller
    from aiosmtpd.handlers import Sink

    Controller(Sink(), hostname="127.0.0.1", port=PORT).start()
    time.sleep(3_600)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CONTACTS)
