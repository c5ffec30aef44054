"""Taking what came: in one transaction, known again for good, and said to be there only once it is."""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b

import msgspec

from sabai.desk.intake import refusals
from sabai.desk.intake.actions import again
from sabai.desk.intake.actions.again import Earlier, Settled
from sabai.desk.intake.actions.together import Line
from sabai.desk.intake.checking import Item
from sabai.desk.intake.limits import ID_CHARACTERS, KEEP_CHARACTERS, KEEP_TOLD
from sabai.desk.intake.messages import Kept
from sabai.desk.intake.models import Batch, Quarantined, Refused, Source
from sabai.desk.intake.refusals import Refusal

NOTED_EVERY = timedelta(minutes=1)  # when a key was used; not at each of its requests
LEVEL = 1  # packing well costs more processor than the disk that it saves


@dataclass(frozen=True, slots=True)
class Bad:
    """An item that was refused: its number in the request, why, and its text."""

    index: int
    why: Refusal
    raw: bytes


@dataclass(frozen=True, slots=True)
class Brought:
    """What a request brought for one source. `table` is empty for messages; `context` surrounds all of them."""

    source: Source
    received_at: datetime
    items: Sequence[Item]
    bad: list[Bad] = field(default_factory=list)
    table: str = ""
    sent_at: datetime | None = None
    context: bytes = b"null"


class Print(msgspec.Struct, frozen=True, gc=False):
    """An item with what it is known again by."""

    item: Item
    digest: bytes
    body: bytes


Prints = dict[bytes, Print]

Written = tuple[int, list[Bad]]
"""How many items were new, and what was set aside."""

_line = Line[Written](again.unremember)


@dataclass(frozen=True, slots=True)
class Conflict:
    """An item with the id of another one, and the other one's text; empty where that is gone."""

    again: Print
    first: bytes


def receive(brought: Brought) -> int:
    """Keeps what is good, and why the rest is not; returns how many items are new. `brought.bad` grows by conflicts.

    Whoever calls says nothing to the sender before this has returned: then it is on the disk.
    """
    prints, conflicts = _apart(_printed(brought))
    settled = again.settled(brought.source, prints)
    packed = _packed(brought, _but(prints, settled.found))
    new, aside = _line.commit(lambda: _write(brought, prints, conflicts, settled, packed))
    brought.bad.extend(aside)
    return new


def _write(brought: Brought, prints: Prints, conflicts: Sequence[Conflict], settled: Settled, packed: bytes) -> Written:
    """`packed` holds what is new as far as was known before."""
    earlier = again.earlier(brought.source, prints, settled)
    new = _but(prints, earlier)
    if new:
        _keep(brought, new, packed if earlier == settled.found else _packed(brought, new))
    aside = [_set_aside(brought, one) for one in (*conflicts, *_conflicts(brought.source, prints, earlier))]
    _noted(brought, [*brought.bad, *aside])
    return len(new), aside


def _printed(brought: Brought) -> list[Print]:
    prefix = brought.table + "\0"
    return [
        Print(
            item,
            blake2b((prefix + item.id).encode(), digest_size=16).digest(),
            blake2b(item.raw, digest_size=8).digest(),
        )
        for item in brought.items
    ]


def _apart(prints: Iterable[Print]) -> tuple[Prints, list[Conflict]]:
    """By digest, in the order in which they came; and those that contradict another one of the request."""
    first: dict[bytes, Print] = {}
    conflicts = [
        Conflict(one, first[one.digest].item.raw)
        for one in prints
        if first.setdefault(one.digest, one).body != one.body
    ]
    return first, conflicts


def _but(prints: Prints, earlier: Container[bytes]) -> Prints:
    return {digest: one for digest, one in prints.items() if digest not in earlier}


def _packed(brought: Brought, prints: Prints) -> bytes:
    items = b",".join([one.item.raw for one in prints.values()])
    return zlib.compress(b'{"context":' + brought.context + b',"items":[' + items + b"]}", LEVEL)


def _keep(brought: Brought, new: Prints, packed: bytes) -> None:
    source = brought.source
    batch = Batch.everywhere.create(
        workspace_id=source.workspace_id,
        source=source,
        received_at=brought.received_at,
        sent_at=brought.sent_at,
        table=brought.table,
        count=len(new),
        blob=packed,
    )
    again.remember(source, batch.pk, ((one.digest, one.body) for one in new.values()))


def _conflicts(source: Source, prints: Prints, earlier: Mapping[bytes, Earlier]) -> Iterator[Conflict]:
    """Those that came before with another body."""
    for digest, (body, batch) in earlier.items():
        if prints[digest].body != body:
            yield Conflict(prints[digest], _of_id(source, batch, prints[digest].item.id))


def _of_id(source: Source, batch: int, message_id: str) -> bytes:
    """The text of the message in that batch which has this id; empty where the batch is gone."""
    found = Batch.everywhere.filter(pk=batch, source=source).first()
    wanted = message_id.partition("\x1f")[0].encode()
    raws = map(bytes, unpacked(bytes(found.blob)).items) if found else ()
    return next((raw for raw in raws if wanted in raw), b"")


def _set_aside(brought: Brought, conflict: Conflict) -> Bad:
    item = conflict.again.item
    Quarantined.everywhere.create(
        workspace_id=brought.source.workspace_id,
        source=brought.source,
        at=brought.received_at,
        table=brought.table,
        message_id=item.id[:ID_CHARACTERS],
        first=_shown(conflict.first),
        second=_shown(item.raw),
    )
    return Bad(item.index, refusals.quarantined(item.id), item.raw)


def unpacked(blob: bytes) -> Kept:
    """The items of a stored batch."""
    return msgspec.json.decode(zlib.decompress(blob), type=Kept)


def _noted(brought: Brought, bad: Sequence[Bad]) -> None:
    """What was refused, and that the key is in use."""
    source = brought.source
    if bad:
        refuse(source, brought.received_at, bad)
    if source.last_used_at is None or brought.received_at - source.last_used_at >= NOTED_EVERY:
        Source.everywhere.filter(pk=source.pk).update(last_used_at=brought.received_at)


def refuse(source: Source, at: datetime, bad: Sequence[Bad]) -> None:
    """Keeps why something was refused, for the page of the source."""
    told = [one.why.told_of(one.index) | {"text": _shown(one.raw)} for one in bad[:KEEP_TOLD]]
    Refused.everywhere.create(workspace_id=source.workspace_id, source=source, at=at, count=len(bad), told=told)


def _shown(raw: bytes) -> str:
    """As a database takes it: a beginning, without NUL."""
    return raw[: 4 * KEEP_CHARACTERS].decode(errors="replace").replace("\0", "\ufffd")[:KEEP_CHARACTERS]
