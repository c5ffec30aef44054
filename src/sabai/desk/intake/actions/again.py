"""Knowing again what came before: what lies settled in `Seen`, and what came lately, which each process remembers.

Both are asked by whoever holds the source. Nobody else takes anything in or settles anything then, so that an item is
new to one request only, in however many processes they are answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from struct import Struct
from typing import NamedTuple

from django.db import connection

from sabai.desk.intake.models import LatelySeen, Source

PRINT = Struct("16s8s")  # the digest of an id, and that of a body
AT_ONCE = 500  # values in one question, below what every database takes


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
        since = LatelySeen.objects.filter(source=source, pk__gt=self.read).order_by("pk")
        for row, packed in since.values_list("pk", "prints"):
            self.rows.update((digest, row) for digest, _ in prints_of(packed))
            self.read = row


_remembered: dict[tuple[int, datetime], Lately] = {}


def held(source: Source) -> int:
    """The last row of LatelySeen that is settled; until the transaction ends nobody else holds the source.

    On SQLite nobody else writes then anyway.
    """
    return Source.everywhere.select_for_update(no_key=True).values_list("settled", flat=True).get(pk=source.pk)


def settled(source: Source, digests: Collection[bytes]) -> Settled:
    """Asked before the source is held, because it takes longest; it is true still if nothing was settled since."""
    return Settled(source.settled, dict(_in_seen(source, digests)))


def earlier(source: Source, digests: Collection[bytes], before: Settled) -> dict[bytes, Earlier]:
    """Which of these came before. Holds the source from here on."""
    upto = held(source)
    found = before.found if before.upto == upto else dict(_in_seen(source, digests))
    lately = _remembered.setdefault((source.pk, source.created_at), Lately())
    lately.catch_up(source, upto)
    rows = {lately.rows[digest] for digest in digests if digest in lately.rows}
    return found | dict(_in_rows(rows, frozenset(digests))) if rows else found


def remember(source: Source, batch: int, prints: Iterable[tuple[bytes, bytes]]) -> None:
    """Has these known again. Whoever calls holds the source."""
    packed = b"".join([digest + body for digest, body in prints])
    LatelySeen.objects.create(source=source, batch=batch, prints=packed)


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


def _in_seen(source: Source, digests: Iterable[bytes]) -> Iterator[tuple[bytes, Earlier]]:
    """Asked in order, in which neighbours lie on one page."""
    left = iter(sorted(digests))
    while some := list(islice(left, AT_ONCE)):
        places = ",".join(["%s"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT digest, body, batch FROM intake_seen WHERE source_id = %s AND digest IN ({places})",
                [source.pk, *some],
            )
            yield from ((bytes(digest), Earlier(bytes(body), batch)) for digest, body, batch in cursor.fetchall())
