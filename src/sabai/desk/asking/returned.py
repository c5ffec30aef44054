"""Reports that a mail could not be delivered (RFC 3464), and which of our mails they speak of. Pure: no database.

What a report says counts for our mails alone, and those are known by an id that only their receivers have seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from typing import Literal

NAMED = ("Message-ID", "In-Reply-To", "References")
CODE = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
OURS = re.compile(r"<(ask\.[A-Za-z0-9._~-]{1,200})@[^<>\s@]+>")
TODAY = {("2", "2"), ("3", "1")}
"""A mailbox or a system that is full: it says 5, and may take the next mail all the same."""
ADDRESS = {"1", "2"}  # subjects of a code: about the address, about the mailbox


@dataclass(frozen=True, slots=True)
class Returned:
    """`ours` is the id of a mail of ours without its host; `became` is `gone` where nobody is at the address,
    `for now` where it was not delivered this time, `refused` where it was for another reason than the address."""

    ours: str
    became: Literal["gone", "for now", "refused"]
    code: str


def returned(raw: bytes) -> Returned | None:
    """What one mail reports; None where it reports no failure of a mail of ours, whatever else it is.

    A report that a mail is late is none yet.
    """
    mail = message_from_bytes(raw, policy=policy.compat32)
    ours = next(_ours(mail), "")
    codes = list(_failures(mail))
    if not ours or not codes:
        return None
    return Returned(ours, _became(codes[0]), codes[0])


def _failures(mail: Message) -> Iterator[str]:
    """The code of each recipient to whom it was not delivered."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.walk():
                code = CODE.search(_text(block, "Status"))
                if _text(block, "Action").strip().lower() == "failed" and code and code[1] != "2":
                    yield code[0]


def _became(code: str) -> Literal["gone", "for now", "refused"]:
    """
    >>> _became("5.1.1"), _became("4.4.7"), _became("5.2.2"), _became("5.7.1")
    ('gone', 'for now', 'for now', 'refused')
    """
    kind, subject, detail = code.split(".")
    if kind == "4" or (subject, detail) in TODAY:
        return "for now"
    return "gone" if subject in ADDRESS else "refused"


def _ours(mail: Message) -> Iterator[str]:
    """Ids of our mails, in what came back of the mail and in the heads of the report."""
    for part in reversed(list(mail.walk())):
        for name in NAMED:
            yield from OURS.findall(_text(part, name))
        if part.get_content_type() in ("text/rfc822-headers", "text/plain"):
            yield from OURS.findall(_body(part))


def _text(part: Message, name: str) -> str:
    return " ".join(str(value) for value in part.get_all(name, []))


def _body(part: Message) -> str:
    found = part.get_payload(decode=True)
    return found.decode("latin-1") if isinstance(found, bytes) else ""
