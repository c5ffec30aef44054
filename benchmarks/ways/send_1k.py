"""A thousand invitations of a survey, each its own, to a mail server that takes everything."""

from __future__ import annotations

from pathlib import Path

from benchmarks.desk_plan import MAILS, filled, planned, sent
from benchmarks.mail_server import taking_everything
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    wave, _ = planned(filled(2 * MAILS))
    with taking_everything():
        took = sent(wave, MAILS)
    return Answer(took.done, seconds=took.seconds, note=f"{took.worked:.1f} s of processor")
