"""Who of those in sight of a wave may be asked, and why not the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

ORDINARY = re.compile(r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*@(?:[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*\.)+[A-Za-z]{2,24}")
"""Most addresses; whether one of the others is good takes ten times as long to say."""


class Candidate(NamedTuple):
    """A contact in sight; `reason` says why the survey is not for them, "" where it is."""

    contact: int
    account: int
    person: str
    email: str
    language: str
    time_zone: str
    decides: bool
    reason: str
    occasion: str = ""


class Refused(NamedTuple):
    """Why a candidate is not asked; from when on they might be, where that is known."""

    candidate: Candidate
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of persons: why they are suppressed, until when they rest, what they were asked and answered."""

    suppressed: Mapping[str, str] = field(default_factory=dict)
    resting: Mapping[str, date] = field(default_factory=dict)
    asked: Set[tuple[str, str]] = frozenset()
    answered: Set[str] = frozenset()


@dataclass(slots=True)
class Sorted:
    """`drawn` are to be asked; everybody else stands in `refused`."""

    audience: int
    drawn: list[Candidate]
    refused: list[Refused]


def sorted_out(candidates: Iterable[Candidate], known: Known, sample: int | None, seed: int) -> Sorted:
    """Each person at most once; of more than `sample` those whom the lot of `seed` takes, in any order."""
    audience, refused = 0, list[Refused]()
    chosen: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=_foremost):
        audience += not candidate.reason
        if why := _why_not(candidate, known, chosen):
            refused.append(why)
        else:
            chosen[candidate.person] = candidate
    lots = sorted(chosen.values(), key=lambda candidate: _lot(seed, candidate.person))
    drawn = lots if sample is None else lots[:sample]
    refused += (Refused(candidate, "not drawn") for candidate in lots[len(drawn) :])
    return Sorted(audience, drawn, refused)


def _foremost(candidate: Candidate) -> tuple[bool, int]:
    """Whoever decides is asked rather than the same person elsewhere."""
    return not candidate.decides, candidate.contact


def _why_not(candidate: Candidate, known: Known, chosen: Mapping[str, Candidate]) -> Refused | None:
    return next(_reasons(candidate, known, chosen), None)


def _reasons(candidate: Candidate, known: Known, chosen: Mapping[str, Candidate]) -> Iterator[Refused]:
    person = candidate.person
    if candidate.reason:
        yield Refused(candidate, candidate.reason)
    if why := known.suppressed.get(person):
        yield Refused(candidate, why)
    if not reachable(candidate.email):
        yield Refused(candidate, "no address")
    if (person, candidate.occasion) in known.asked:
        yield Refused(candidate, "asked already")
    if person in known.answered:
        yield Refused(candidate, "answered already")
    if until := known.resting.get(person):
        yield Refused(candidate, "asked lately", until)
    if person in chosen:
        yield Refused(candidate, "same person")


def reachable(email: str) -> bool:
    """Whether a mail server would take that address; nothing that could end a header.

    >>> reachable("noi@example.com"), reachable("noi"), reachable("a@b.c\\nBcc: all@example.com")
    (True, False, False)
    """
    if ORDINARY.fullmatch(email):
        return True
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _lot(seed: int, person: str) -> bytes:
    return blake2b(person.encode(), key=str(seed).encode(), digest_size=8).digest()
