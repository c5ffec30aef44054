"""Knowing again what came before: what lies settled in `Seen`, and what came lately, which each process remembers.

Both are asked by whoever holds the source. Nobody else takes anything in or settles anything then, so that an item is
new to one request only, in however many processes they are answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from struct import Struct
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from sabai.desk.intake.models import LatelySeen, Source

PRINT = Struct("16s8s")  # the digest of an id, and that of a body
DIGEST = Struct("16s8x")

# Written out, because each is asked for every request, and Django takes longer to write them than databases to answer.
HOLD = "SELECT settled FROM intake_source WHERE id = %s"
SINCE = "SELECT id, prints FROM intake_latelyseen WHERE source_id = %s AND id > %s ORDER BY id"
REMEMBER = "INSERT INTO intake_latelyseen (source_id, batch, prints) VALUES (%s, %s, %s)"
IN_SEEN = """WITH RECURSIVE place (start) AS (SELECT 1 UNION ALL SELECT start + 16 FROM place WHERE start + 16 < %s)
SELECT digest, body, batch FROM place CROSS JOIN intake_seen WHERE source_id = %s AND digest = substr(%s, start, 16)"""


class Earlier(NamedTuple):
    """What came before under an id: the digest of its body, and the batch that it came in."""

    body: bytes
    batch: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What of a request lies in `Seen`, into which rows of LatelySeen had been settled as far as `upto` at least."""

    upto: int
    found: dict[bytes, Earlier]


@dataclass(slots=True)
class Lately:
    """In which row of LatelySeen a digest lies, as far as this process has read them; only what is committed is read.

    A digest takes about 110 bytes, until it is settled.
    """

    settled: int = 0
    read: int = 0
    rows: dict[bytes, int] = field(default_factory=dict)

    def catch_up(self, source: Source, settled: int) -> None:
        """Forgets what was settled, and reads what other requests have written since."""
        if settled != self.settled:
            self.settled, self.read, self.rows = settled, settled, {}
        for row, packed in _asked(SINCE, source.pk, self.read):
            self.rows |= dict.fromkeys(chain.from_iterable(DIGEST.iter_unpack(packed)), row)
            self.read = row


_remembered: dict[tuple[int, datetime], Lately] = {}


def unremember() -> None:
    """After something was rolled back, which may have been read already by others of its transaction."""
    _remembered.clear()


def held(source: Source) -> int:
    """The last row of LatelySeen that is settled; until the transaction ends nobody else holds the source.

    On SQLite nobody else writes then anyway.
    """
    for (settled,) in _asked(HOLD if settings.ON_SQLITE else HOLD + " FOR NO KEY UPDATE", source.pk):
        return int(settled)
    raise Source.DoesNotExist


def settled(source: Source, digests: Collection[bytes]) -> Settled:
    """Asked before the source is held, because it takes longest; it is true still if nothing was settled since."""
    return Settled(source.settled, dict(_in_seen(source, digests)))


def earlier(source: Source, digests: Collection[bytes], before: Settled) -> dict[bytes, Earlier]:
    """Which of these came before. Holds the source from here on."""
    upto = held(source)
    found = before.found if before.upto == upto else dict(_in_seen(source, digests))
    lately = _remembered.setdefault((source.pk, source.created_at), Lately())
    lately.catch_up(source, upto)
    again = lately.rows.keys() & digests
    rows = {lately.rows[digest] for digest in again}
    return found | dict(_in_rows(rows, again)) if again else found


def remember(source: Source, batch: int, prints: Iterable[tuple[bytes, bytes]]) -> None:
    """Has these known again. Whoever calls holds the source."""
    packed = b"".join([digest + body for digest, body in prints])
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [source.pk, batch, packed])


def prints_of(packed: bytes | memoryview) -> Iterator[tuple[bytes, bytes]]:
    """
    >>> list(prints_of(b"an id of sixteen" + b"its body"))
    [(b'an id of sixteen', b'its body')]
    """
    return PRINT.iter_unpack(packed)


def _in_rows(rows: Collection[int], wanted: Collection[bytes]) -> Iterator[tuple[bytes, Earlier]]:
    found = LatelySeen.objects.filter(pk__in=rows).order_by("pk").values_list("batch", "prints")
    for batch, packed in found:
        yield from ((digest, Earlier(body, batch)) for digest, body in prints_of(packed) if digest in wanted)


def _in_seen(source: Source, digests: Collection[bytes]) -> Iterator[tuple[bytes, Earlier]]:
    """Asked in order, in which neighbours lie on one page, and as one value: hundreds take longer than the answer."""
    joined = b"".join(sorted(digests))
    for digest, body, batch in _asked(IN_SEEN, len(joined), source.pk, joined):
        yield bytes(digest), Earlier(bytes(body), batch)


def _asked(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
