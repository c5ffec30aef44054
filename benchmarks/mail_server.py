"""A mail server that takes everything, in a process beside."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from multiprocessing import get_context

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

PORT = 18_725
PATIENCE = 30.0  # seconds until it is there


@contextmanager
def taking_everything() -> Iterator[None]:
    server = get_context("spawn").Process(target=_serve, daemon=True)
    server.start()
    try:
        _until_there()
        yield
    finally:
        server.terminate()
        server.join()


def sent_bare(mails: int) -> None:
    """So many short mails by one connection, and nothing else."""
    with smtplib.SMTP("127.0.0.1", PORT) as post:
        for number in range(mails):
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = "a@example.com", f"p{number}@example.com", "How do you like it?"
            mail.set_content("How likely are you to recommend us?")
            post.send_message(mail)


def _until_there() -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            smtplib.SMTP("127.0.0.1", PORT).quit()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _serve() -> None:
    Controller(Sink(), hostname="127.0.0.1", port=PORT).start()
    time.sleep(3_600)
