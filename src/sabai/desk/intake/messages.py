"""The messages of Segment's HTTP API, as far as we read them; other fields are let through and kept."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

KINDS = ("track", "identify", "group", "page", "screen", "alias")
Id = Annotated[str, Meta(max_length=300)] | int | None
Told = dict[str, Any] | None


class Context(msgspec.Struct, rename="camel", frozen=True, gc=False):
    """What surrounded the message: the account by `groupId`, the person's traits."""

    group_id: Id = None
    traits: Told = None


class Message(msgspec.Struct, rename="camel", frozen=True, kw_only=True, gc=False):
    """One thing that somebody's program told. It names a person (`userId` or `anonymousId`)."""

    type: str = ""
    message_id: Annotated[str, Meta(max_length=300)] | None = None
    user_id: Id = None
    anonymous_id: Id = None
    group_id: Id = None
    previous_id: Id = None
    event: Annotated[str, Meta(max_length=300)] | None = None
    name: Annotated[str, Meta(max_length=300)] | None = None
    timestamp: datetime | None = None
    original_timestamp: datetime | None = None
    traits: Told = None
    properties: Told = None
    context: Context | None = None


class Envelope(msgspec.Struct, rename="camel", frozen=True, kw_only=True, gc=False):
    """A request of many messages; `context` is that of each message which says none."""

    batch: list[msgspec.Raw]
    sent_at: datetime | None = None
    write_key: str | None = None
    context: msgspec.Raw = msgspec.Raw(b"null")


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a stored batch unpacks to."""

    items: list[msgspec.Raw]
    context: msgspec.Raw = msgspec.Raw(b"null")


def text(value: str | int | None) -> str:
    """An id as text; blank where there is none.

    >>> text(7), text(" u-1 "), text(None)
    ('7', 'u-1', '')
    """
    return "" if value is None else str(value).strip()
