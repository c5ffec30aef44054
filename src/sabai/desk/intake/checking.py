"""Whether one message can be taken, and under which id."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

import msgspec

from sabai.desk.intake import refusals
from sabai.desk.intake.clocks import happened_at, in_utc
from sabai.desk.intake.messages import KINDS, Context, Message, text
from sabai.desk.intake.reading import decoded, harmless

NEEDS = {"track": "event", "group": "group_id", "alias": "previous_id"}
SPELLED = {"event": "event", "group_id": "groupId", "previous_id": "previousId"}
AROUND = ("writeKey", "sentAt")  # of a request with a single message: not of the message itself
CONTEXT = msgspec.json.Decoder(Context | None)
MESSAGE = msgspec.json.Decoder(Message)
OBJECT = msgspec.json.Decoder(dict[str, Any])
SENT = msgspec.json.Decoder(datetime | None)


class Item(msgspec.Struct, frozen=True, gc=False):
    """One thing to be taken: its number in the request, its id in its source, and its JSON."""

    index: int
    id: str
    raw: bytes


def checked(index: int, raw: bytes, sent: datetime | None, received: datetime) -> Item:
    """The message as it will be kept, or a Refusal. One without an id gets one: it cannot be known again."""
    harmless(raw)
    message = decoded(raw, MESSAGE)
    if message.type not in KINDS:
        raise refusals.of_no_kind(message.type, ", ".join(KINDS))
    _whole(message)
    happened_at(message.original_timestamp or message.timestamp, sent, received)
    if message.message_id:
        return Item(index, message.message_id, raw)
    drawn = secrets.token_hex(16)
    return Item(index, drawn, msgspec.json.encode(OBJECT.decode(raw) | {"messageId": drawn}))


def _whole(message: Message) -> None:
    if not (text(message.user_id) or text(message.anonymous_id)):
        raise refusals.lacking("userId or anonymousId")
    needed = NEEDS.get(message.type)
    if needed and not text(getattr(message, needed)):
        raise refusals.lacking(SPELLED[needed])


def alone(kind: str, raw: bytes) -> tuple[bytes, str, datetime | None]:
    """A request with one message: the message itself, the write key in it, and when it was sent."""
    told = decoded(raw, OBJECT)
    sent = in_utc(decoded(msgspec.json.encode(told.get("sentAt")), SENT))
    key = told.get("writeKey")
    message = {name: value for name, value in told.items() if name not in AROUND} | {"type": kind}
    return msgspec.json.encode(message), key if isinstance(key, str) else "", sent


def surrounding(raw: bytes) -> bytes:
    """The context of a whole batch, if it is one."""
    harmless(raw)
    decoded(raw, CONTEXT)
    return raw
