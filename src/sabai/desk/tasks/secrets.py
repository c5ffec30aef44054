"""Addresses that work without signing in: signed, of one member each, and closed when that member leaves."""

from __future__ import annotations

from typing import Literal

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.urls import reverse

from sabai.desk.people.models import Membership
from sabai.desk.tasks.models import OpenCalendar

Purpose = Literal["calendar_file", "unsubscribe"]


def address(member: Membership, purpose: Purpose, nonce: str = "") -> str:
    """The whole address, as a calendar or a mail reader needs it."""
    signed = _signer(purpose).sign(f"{member.pk}-{nonce}")
    host: str = settings.SABAI["SABAI_URL"]
    return host + reverse(purpose, args=[member.workspace.slug, signed])


def whose(slug: str, secret: str, purpose: Purpose) -> Membership:
    """The member of that address; Http404 where it was forged or closed, or they are not here any more."""
    try:
        key, _, nonce = _signer(purpose).unsign(secret).partition("-")
    except BadSignature:
        raise Http404 from None
    members = Membership.everywhere.select_related("user", "workspace")
    member = members.filter(pk=key, workspace__slug=slug, left_at=None, user__is_active=True).first()
    if member is None or (purpose == "calendar_file" and not _open(member, nonce)):
        raise Http404
    return member


def _open(member: Membership, nonce: str) -> bool:
    return OpenCalendar.of(member.workspace).filter(user=member.user, nonce=nonce).exists()


def _signer(purpose: Purpose) -> Signer:
    return Signer(sep="~", salt=f"sabai.desk.tasks.{purpose}")
