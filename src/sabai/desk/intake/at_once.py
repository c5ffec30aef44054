"""Whether all messages of a request can be taken: one look at the whole, since nearly every request is good throughout.

It takes a fifth of the time of `checked` for each of them, and says nothing of what is bad.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count

import msgspec

from sabai.desk.intake.checking import NEEDS, Item
from sabai.desk.intake.clocks import aware, happened_at
from sabai.desk.intake.limits import DEPTH, ITEM_BYTES
from sabai.desk.intake.messages import KINDS, Message, text
from sabai.desk.intake.refusals import Refusal

MESSAGES = msgspec.json.Decoder(list[Message])


def all_good(raws: Sequence[bytes], sent: datetime | None, received: datetime) -> list[Item] | None:
    """What `checked` makes of each, where it plainly takes them all as they are; None where one has to look closer."""
    joined = b"[" + b",".join(raws) + b"]"
    try:
        messages = MESSAGES.decode(joined)
        for time in _ends(messages):
            happened_at(time, sent, received)
    except (msgspec.DecodeError, RecursionError, Refusal):
        return None
    ids = [message.message_id or "" for message in messages]
    if all(ids) and _whole(messages) and _harmless(raws, joined):
        return list(map(Item, count(), ids, raws))
    return None


def _ends(messages: Sequence[Message]) -> tuple[datetime, ...]:
    """The first and the last of their times, which are the first and the last by any clock."""
    told = [message.original_timestamp or message.timestamp for message in messages]
    times = [aware(time) for time in told if time]
    return (min(times), max(times)) if times else ()


def _whole(messages: Sequence[Message]) -> bool:
    """Whether all say who and what; many say the same, which is looked at once."""
    named = {message.user_id or message.anonymous_id for message in messages}
    for kind, field in NEEDS.items():
        named |= {getattr(message, field) for message in messages if message.type == kind}
    return all(map(text, named)) and {message.type for message in messages} <= set(KINDS)


def _harmless(raws: Sequence[bytes], joined: bytes) -> bool:
    """Whether none is large, or has so many brackets that it could be deep, or so much as looks as if it held NUL."""
    braces = max([raw.count(b"{") for raw in raws], default=0)
    brackets = max([raw.count(b"[") for raw in raws], default=0)
    size = max(map(len, raws), default=0)
    return size <= ITEM_BYTES and braces + brackets <= DEPTH and b"\\u0000" not in joined
