"""A mail server on this machine that counts what it is given, and can be as bad as real ones."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Says = Callable[[str], str]


def takes(address: str) -> str:
    return "250 ok"


class Server:
    """`recipient` and `data` say what it answers about an address; `slow`: so long it thinks about each mail."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, EmailMessage]] = []
        self.recipient: Says = takes
        self.data: Says = takes
        self.slow = 0.0
        self.hangs_up = False

    @property
    def counts(self) -> Counter[str]:
        """Address -> how many mails came for it."""
        return Counter(address for address, _ in self.mails)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.recipient(address)
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.slow)
        address, content = envelope.rcpt_tos[0], envelope.content
        assert isinstance(content, bytes)
        said = self.data(address)
        if said.startswith("250"):
            mail = message_from_bytes(content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append((address, mail))
        if self.hangs_up:
            assert server.transport is not None
            server.transport.abort()
        return said


@contextmanager
def serving(server: Server) -> Iterator[int]:
    """It listens until the block ends; its port."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
