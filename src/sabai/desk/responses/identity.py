"""Who sits before the widget, as the company's own server vouches for: a signature with the survey's secret.

The page names the account, the contact and until when it holds, and the hexadecimal HMAC-SHA256 over the three, one a
line. So nobody answers in another's name, and a page that was kept opens nothing for ever.
"""

from __future__ import annotations

import hashlib
import hmac

import msgspec
from django.utils.crypto import salted_hmac

from sabai.desk.scoring.models import Contact
from sabai.desk.surveys.models import Survey


class Who(msgspec.Struct, frozen=True):
    """`until` is seconds since 1970."""

    account: str
    contact: str
    until: int
    signed: str


class Unproved(Exception):
    """The signature is not ours, or too old."""


def secret_of(survey: Survey) -> str:
    """What the company's server signs with; another for each survey."""
    return salted_hmac("sabai.desk.responses.widget", survey.key, algorithm="sha256").hexdigest()


def signature(secret: str, account: str, contact: str, until: int) -> str:
    """
    >>> signature("s", "A-1", "c-1", 1_800_000_000)[:16]
    '120f8eb5f149a23e'
    """
    return hmac.new(secret.encode(), f"{account}\n{contact}\n{until}".encode(), hashlib.sha256).hexdigest()


def vouched(survey: Survey, who: Who, now: float) -> Contact | None:
    """The contact that is meant, None where nobody here goes by that; Unproved where anybody could have said so."""
    right = signature(secret_of(survey), who.account, who.contact, who.until)
    if not hmac.compare_digest(right.encode(), who.signed.encode()) or who.until < now:
        raise Unproved
    found = Contact.of(survey.workspace).select_related("account").filter(
        account__account_id=who.account, contact_id=who.contact, here=True
    )  # fmt: skip
    contact: Contact | None = found.first()
    return contact
