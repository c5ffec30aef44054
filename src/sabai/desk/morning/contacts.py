"""Whom to call at a customer."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import msgspec

from sabai.desk.scoring.models import Told
from sabai.desk.scoring.story import Person


class People(msgspec.Struct, frozen=True):
    """The part of a story that says who is there; the rest is not read."""

    people: tuple[Person, ...] = ()


def contacts(accounts: Iterable[int]) -> dict[int, Person]:
    """The contact to call of each of these accounts (primary keys), where one is known."""
    told = Told.objects.filter(account__in=list(accounts)).values_list("account_id", "packed")
    found = {pk: to_call(_people(packed)) for pk, packed in told}
    return {pk: person for pk, person in found.items() if person is not None}


def to_call(people: Iterable[Person]) -> Person | None:
    """Who decides, if they are still about; else who was seen last."""
    named = [person for person in people if person.name or person.email]
    return max(named, key=lambda person: (not person.quiet, person.decides, person.seen_on or 0), default=None)


def _people(packed: bytes | memoryview) -> tuple[Person, ...]:
    return msgspec.msgpack.decode(zlib.decompress(packed), type=People).people
