"""One mail to a mail server, and what became of it: the only question is whether it may be sent again."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Literal, NamedTuple

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import EmailMessage

Became = Literal["sent", "later", "refused", "bounced", "unsure", "down"]
"""`later`: not taken now. `refused`: never, for a reason that is ours. `bounced`: there is nobody at that address.
`unsure`: the server may have taken it. `down`: nothing is taken from us at all."""
CODE = re.compile(rb"\b[245]\.(\d{1,3})\.(\d{1,3})\b")
NOBODY = (550, 551, 553)  # where the server says no more


class Outcome(NamedTuple):
    """`why` names nobody: what servers say may have addresses in it, which are left out."""

    became: Became
    why: str = ""


class Down(Exception):
    """There is no mail server to speak to."""


class Spoken(smtplib.SMTP):
    """Knows whether it began to hand over a mail: once it did, silence may mean that it was taken."""

    handing_over = False

    def data(self, msg: Any) -> Any:
        self.handing_over = True
        answer = super().data(msg)
        self.handing_over = False
        return answer


class SpokenOverTls(smtplib.SMTP_SSL, Spoken):
    """The same, with TLS from the start."""


class Connection(EmailBackend):
    """Django's, over ours."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return SpokenOverTls if self.use_ssl else Spoken


class Post:
    """A connection that is kept open from mail to mail, and opened anew after it broke."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend = backend

    def hand_over(self, mail: EmailMessage) -> Outcome:
        """Down where no server is reached; nothing was handed over then."""
        self._reach()
        try:
            self.backend.send_messages([mail])
        except smtplib.SMTPException as error:
            return self._told(error)
        except OSError as error:  # silence, or the line was cut
            return self._cut(error)
        except ValueError as error:  # what cannot be written as a mail at all
            return Outcome("refused", type(error).__name__)
        return Outcome("sent")

    def _reach(self) -> None:
        try:
            self.backend.open()
        except (OSError, smtplib.SMTPException) as error:
            raise Down(type(error).__name__) from error
        if isinstance(spoken := getattr(self.backend, "connection", None), Spoken):
            spoken.handing_over = False

    def _told(self, error: smtplib.SMTPException) -> Outcome:
        match error:
            case smtplib.SMTPServerDisconnected():
                return self._cut(error)
            case smtplib.SMTPRecipientsRefused(recipients=answers):
                code, said = next(iter(answers.values()))
                outcome = _of_recipient(code, said)
            case smtplib.SMTPResponseException(smtp_code=code):
                is_ours = isinstance(error, smtplib.SMTPSenderRefused) and code >= 500
                outcome = Outcome("down" if is_ours else "refused" if code >= 500 else "later", str(code))
            case _:
                code, outcome = 0, Outcome("refused", type(error).__name__)
        if code == 421:  # the server is about to hang up
            self._close()
        return outcome

    def _cut(self, error: Exception) -> Outcome:
        began = getattr(getattr(self.backend, "connection", None), "handing_over", False)
        self._close()
        return Outcome("unsure" if began else "later", type(error).__name__)

    def _close(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self.backend.close()
        if isinstance(self.backend, EmailBackend):
            self.backend.connection = None


@contextmanager
def post() -> Iterator[Post]:
    """The mail server of the settings; Down where there is none."""
    backend = get_connection()
    if type(backend) is EmailBackend:
        backend = Connection()
    opened = Post(backend)
    opened._reach()
    try:
        yield opened
    finally:
        opened._close()


def _of_recipient(code: int, said: bytes) -> Outcome:
    """A server that does not know us refuses everybody: that says nothing about an address.

    >>> _of_recipient(550, b"5.1.1 no such user").became, _of_recipient(554, b"5.7.1 relaying denied").became
    ('bounced', 'refused')
    >>> _of_recipient(451, b"4.7.1 greylisted").became, _of_recipient(550, b"unknown").became
    ('later', 'bounced')
    """
    found = CODE.search(said)
    told = f"{code} {found[0].decode()}" if found else str(code)
    if code < 500 or (found and found.groups() == (b"2", b"2")):  # a mailbox that is full today
        return Outcome("later", told)
    is_about_address = found[1] in {b"1", b"2"} if found else code in NOBODY
    return Outcome("bounced" if is_about_address else "refused", told)
