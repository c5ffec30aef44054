"""What the trail forgets: entries that are too old, and words that name somebody who was erased.

It says so itself, in entries of its own, as `forgotten.py` reads them. Nobody needs to seal the past anew, so a seal
that was noted elsewhere stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from sabai.desk.audit.actions import write
from sabai.desk.audit.forgotten import CUT, ERASED, TRAIL, forgotten
from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Workspace


@transaction.atomic
def cut(workspace: Workspace, before: datetime) -> int:
    """Removes the entries from before that time; how many there were."""
    young = Entry.of(workspace).filter(at__gte=before).order_by("number").first()
    old = Entry.of(workspace).filter(number__lt=young.number) if young else Entry.of(workspace)
    last = old.first()
    if last is None:
        return 0
    write(workspace, None, CUT, TRAIL, f"…{last.number}", after={"upto": last.number, "seal": last.sealed})
    return int(Entry.of(workspace).filter(number__lte=last.number).delete()[0])


@transaction.atomic
def blank(workspace: Workspace, without: Callable[[Any], Any]) -> int:
    """Puts what `without` leaves of thing, before and after in their place; how many entries it changed."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    changed = {entry.number: (entry, now) for entry, now in _blanked(workspace, without)}
    if changed:
        entries = [entry for entry, _ in changed.values()]
        Entry.everywhere.bulk_update(entries, ["thing", "before", "after"], batch_size=200)
        told = {"entries": {str(number): now for number, (_, now) in changed.items()}}
        write(workspace, None, ERASED, TRAIL, str(len(changed)), after=told)
    return len(changed)


def _blanked(workspace: Workspace, without: Callable[[Any], Any]) -> Iterator[tuple[Entry, str]]:
    before = forgotten(workspace).seal
    for entry in Entry.of(workspace).order_by("number").iterator(2_000):
        told = (entry.thing, entry.before, entry.after)
        if (entry.kind, entry.verb) != (TRAIL, ERASED) and (rest := tuple(map(without, told))) != told:
            entry.thing, entry.before, entry.after = rest[0][:200], *rest[1:]
            yield entry, entry.seal(before)
        before = entry.sealed
