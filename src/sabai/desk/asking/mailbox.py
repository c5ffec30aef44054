"""The mailbox to which mails come back, read by IMAP: reports alone, each once."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote, urlsplit

MOST = 200  # of one round; what is left comes with the next
LARGEST = 1_000_000  # bytes: what came back may have all of the mail in it
SECONDS = 20.0


class Unreachable(Exception):
    """The mailbox cannot be opened; the text names no password."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where it is. `secure`: TLS from the start; otherwise it begins with STARTTLS, but on this machine itself."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    secure: bool

    @classmethod
    def at(cls, address: str) -> Mailbox:
        """
        >>> box = Mailbox.at("imaps://bounces%40example.com:secret@mail.example.com/Returned")
        >>> box.user, box.host, box.port, box.folder
        ('bounces@example.com', 'mail.example.com', 993, 'Returned')
        """
        parts = urlsplit(address)
        secure = parts.scheme == "imaps"
        return cls(
            parts.hostname or "",
            parts.port or (993 if secure else 143),
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            unquote(parts.path.strip("/")) or "INBOX",
            secure,
        )


@contextmanager
def opened(box: Mailbox) -> Iterator[imaplib.IMAP4]:
    """Unreachable where it is not there, or does not let us in."""
    try:
        server = _connected(box)
    except (OSError, imaplib.IMAP4.error) as error:
        raise Unreachable(type(error).__name__) from error
    try:
        server.login(box.user, box.password)
        _well(server.select(_quoted(box.folder)))
        yield server
    except (OSError, imaplib.IMAP4.error) as error:
        raise Unreachable(type(error).__name__) from error
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def reports(server: imaplib.IMAP4) -> Iterator[tuple[str, bytes]]:
    """(its number, the mail) of reports that nobody has read; too large ones are cut."""
    found = _well(server.uid("SEARCH", "UNSEEN", "HEADER", "Content-Type", '"multipart/report"'))
    for number in found[0].split()[:MOST] if found and found[0] else ():
        answer = _well(server.uid("FETCH", number.decode(), f"(BODY.PEEK[]<0.{LARGEST}>)"))
        for part in answer:
            if isinstance(part, tuple):
                yield number.decode(), part[1]


def read(server: imaplib.IMAP4, number: str) -> None:
    """Marks it, so that it is not looked at again; it stays where it is."""
    _well(server.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)"))


def _connected(box: Mailbox) -> imaplib.IMAP4:
    safe = ssl.create_default_context()
    if box.secure:
        return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=safe, timeout=SECONDS)
    server = imaplib.IMAP4(box.host, box.port, timeout=SECONDS)
    if not _is_here(box.host):
        server.starttls(safe)
    return server


def _is_here(host: str) -> bool:
    """
    >>> _is_here("127.0.0.1"), _is_here("localhost"), _is_here("mail.example.com")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _well(answer: tuple[str, list[Any]]) -> list[Any]:
    """What was found; each a line, or (a line, what it announces)."""
    said, found = answer
    if said != "OK":
        raise imaplib.IMAP4.error(said)
    return found
