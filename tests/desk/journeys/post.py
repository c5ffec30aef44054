"""The post: a mail server on this machine, and what lies in the boxes of the customers."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from tests.desk.asking.mail_server import Server, serving

PATIENCE = 90.0  # seconds


@dataclass
class Post:
    server: Server = field(default_factory=Server)
    address: str = ""

    @contextmanager
    def opened(self) -> Iterator[Post]:
        with serving(self.server) as port:
            self.address = f"smtp://127.0.0.1:{port}"
            yield self

    def letters(self, subject: str) -> list[Letter]:
        letters = (Letter(to, mail) for to, mail in self.server.mails)
        return [letter for letter in letters if letter.head("Subject") == subject]

    def brought(self, subject: str, count: int) -> list[Letter]:
        """The letters of that subject once so many have come, or all that came in a long while."""
        until = time.monotonic() + PATIENCE
        while len(self.letters(subject)) < count and time.monotonic() < until:
            time.sleep(0.2)
        return self.letters(subject)


@dataclass(frozen=True)
class Letter:
    to: str
    mail: EmailMessage

    def head(self, name: str) -> str:
        """What a head says; a long one may begin on a line of its own."""
        return str(self.mail[name]).strip()

    def text(self, kind: str = "plain") -> str:
        """The plain text or its "html" twin."""
        body = self.mail.get_body((kind,))
        assert isinstance(body, EmailMessage), kind
        return str(body.get_content())

    def link(self, shown: str) -> str:
        """Where somebody comes who clicks on these words."""
        found = re.search(rf'<a href="([^"]+)">{re.escape(shown)}</a>', self.text("html"))
        assert found, shown
        return found[1]
