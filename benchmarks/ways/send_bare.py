"""The same mail server under a loop that sends a thousand mails and does nothing else."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.mail_server import sent_bare, taking_everything
from benchmarks.work import Answer, Work

MAILS = 1_000


def run(work: Work, out: Path) -> Answer:
    with taking_everything():
        begun = time.perf_counter()
        sent_bare(MAILS)
        return Answer(MAILS, seconds=time.perf_counter() - begun)
