"""What the trail says that it has forgotten, by which its chain can be checked all the same.

An entry that tells of a cut has the seal of the last one that is gone, and one that tells of an erasure has what the
blanked entries would be sealed with now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sabai.desk.audit.models import FIRST, Entry
from sabai.desk.people.models import Workspace

TRAIL = "audit trail"
CUT, ERASED = "remove", "erase"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The number and the seal of the last entry that is gone, and what blanked entries would be sealed with."""

    number: int = 0
    seal: str = FIRST
    blanked: Mapping[int, str] = field(default_factory=dict)


def forgotten(workspace: Workspace) -> Forgotten:
    """What the trail says that it has forgotten; later cuts and erasures count."""
    number, seal, blanked = 0, FIRST, dict[int, str]()
    for entry in Entry.of(workspace).filter(kind=TRAIL, verb__in=(CUT, ERASED)).order_by("number"):
        told = entry.after or {}
        if entry.verb == CUT:
            number, seal = told["upto"], told["seal"]
        else:
            blanked |= {int(each): now for each, now in told["entries"].items()}
    return Forgotten(number, seal, blanked)
