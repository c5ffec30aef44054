"""Addresses in the mails that ask: signed, of one ask and one purpose each.

A link with a score is opened by whoever reads the mail, and by machines that look what it leads to. So that it was
opened says only that somebody may have chosen that score: an answer stands when a person sends the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils import timezone

from sabai.desk.asking.models import Ask

Purpose = Literal["answer", "score", "stop", "mail"]
LATE = timedelta(days=90)
"""So long after the close an answer is still taken, marked as late; then the link leads nowhere."""


class Forged(Exception):
    """Nobody was sent that link, or not for this purpose, or whom it was sent to is gone."""


class Expired(Exception):
    """The link was good; it is too late even for a late answer."""

    def __init__(self, ask: Ask) -> None:
        super().__init__("the link has expired")
        self.ask = ask


@dataclass(frozen=True, slots=True)
class Opened:
    """`score` is that of the button in the mail, which the form of the ask's version may or may not know."""

    ask: Ask
    score: int | None = None


def link(ask: Ask, score: int | None = None) -> str:
    """The page on which this ask is answered, with that answer to the first question already chosen."""
    if score is None:
        return _address("ask", "answer", f"{ask.pk}.{ask.nonce}")
    return _address("ask", "score", f"{ask.pk}.{ask.nonce}.{score}")


def stop_link(ask: Ask) -> str:
    """Where whoever was asked says that they do not want to be asked again, ever. It does not expire."""
    return _address("stop", "stop", f"{ask.pk}.{ask.nonce}")


def opened(signed: str, at: datetime | None = None) -> Opened:
    """What a link of `link` leads to; Forged or Expired otherwise. After `ask.closes_at` an answer is late."""
    ask, score = _found(signed, "answer", "score")
    if (at or timezone.now()) > ask.closes_at + LATE:
        raise Expired(ask)
    return Opened(ask, score)


def asked(signed: str, at: datetime | None = None) -> Ask:
    """The ask alone."""
    return opened(signed, at).ask


def stopped(signed: str) -> Ask:
    """The ask whose link this is by which one leaves; Forged otherwise."""
    return _found(signed, "stop")[0]


def mail_id(ask: Ask, *, reminder: bool) -> str:
    """What a mail is called, without its host: the same however often it is sent, and found again by `mailed`."""
    return "ask." + _signer("mail").sign(f"{ask.pk}.{ask.nonce}.{int(reminder)}")


def mailed(known_as: str) -> Ask:
    """The ask whose mail it was that has the id of `mail_id`; Forged otherwise."""
    return _found(known_as.removeprefix("ask."), "mail")[0]


def _address(place: str, purpose: Purpose, what: str) -> str:
    host: str = settings.SABAI["SABAI_URL"]
    return f"{host}/{place}/{_signer(purpose).sign(what)}/"


def _found(signed: str, *purposes: Purpose) -> tuple[Ask, int | None]:
    key, nonce, *score = _unsigned(signed, *purposes).split(".")
    asks = Ask.everywhere.select_related("survey", "version", "workspace", "account", "contact")
    ask = asks.filter(pk=key, nonce=nonce).first()
    if ask is None:
        raise Forged
    return ask, int(score[0]) if score else None


def _unsigned(signed: str, *purposes: Purpose) -> str:
    for purpose in purposes:
        try:
            return _signer(purpose).unsign(signed)
        except BadSignature:
            continue
    raise Forged


def _signer(purpose: Purpose) -> Signer:
    return Signer(sep="~", salt=f"sabai.desk.asking.{purpose}")
