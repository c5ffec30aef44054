"""Settling what was seen lately: into `Seen`, sorted, so that neighbours share the pages that are written."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import connection, transaction
from django.db.models import QuerySet

from sabai.desk.intake.actions.again import held, prints_of
from sabai.desk.intake.actions.turn import turn
from sabai.desk.intake.models import LatelySeen, Seen, Source

ROWS = 500  # of LatelySeen that are sorted together
AT_ONCE = 500  # values in one question, below what every database takes
SLICE = 2_000  # digests for which requests have to wait
PUT = """INSERT INTO intake_seen (source_id, digest, body, batch) VALUES (%s, %s, %s, %s)
ON CONFLICT (source_id, digest) DO NOTHING"""

Value = tuple[int, bytes, bytes, int]
"""Source, digest of the id, digest of the body, batch."""


def settle(source: Source) -> None:
    """All that waits, a slice at a time; until its last slice is there, both places know it and say the same."""
    while _some(source):
        pass


def unsee(source: Source, digests: Sequence[bytes]) -> None:
    """Has these known no longer. Whoever calls is in a transaction, which holds the source until its end."""
    held(source)
    rows = list(_waiting(source))
    if rows:
        _put(_sorted(rows))
        _move(source, rows)
    for start in range(0, len(digests), AT_ONCE):
        Seen.objects.filter(source=source, digest__in=digests[start : start + AT_ONCE]).delete()


def _some(source: Source) -> bool:
    """Whether it settled any. Where somebody else did meanwhile, what is left of these is not put again."""
    upto = Source.everywhere.values_list("settled", flat=True).get(pk=source.pk)
    rows = list(_waiting(source)[:ROWS])
    if not rows:
        return False
    values = _sorted(rows)
    for start in range(0, len(values), SLICE):
        with turn(), transaction.atomic():
            if held(source) != upto:
                return True
            _put(values[start : start + SLICE])
    with turn(), transaction.atomic():
        if held(source) == upto:
            _move(source, rows)
    return True


def _waiting(source: Source) -> QuerySet[LatelySeen]:
    return LatelySeen.objects.filter(source=source).order_by("pk")


def _sorted(rows: Collection[LatelySeen]) -> list[Value]:
    return sorted((row.source_id, digest, body, row.batch) for row in rows for digest, body in prints_of(row.prints))


def _put(values: Sequence[Value]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(PUT, values)


def _move(source: Source, rows: Sequence[LatelySeen]) -> None:
    last = rows[-1].pk
    LatelySeen.objects.filter(source=source, pk__lte=last).delete()
    Source.everywhere.filter(pk=source.pk).update(settled=last)
