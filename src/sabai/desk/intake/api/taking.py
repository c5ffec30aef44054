"""From a request to what is kept of it: the same steps whatever is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from sabai.desk.intake import refusals
from sabai.desk.intake.actions.receive import Bad, Brought, receive, refuse
from sabai.desk.intake.checking import Item
from sabai.desk.intake.jobs import land_soon
from sabai.desk.intake.keys import paced
from sabai.desk.intake.limits import ITEMS
from sabai.desk.intake.models import Source
from sabai.desk.intake.refusals import Refusal
from sabai.desk.keeping.measures import EVENTS


def admitted(source: Source, items: int) -> None:
    """Refuses too many items at once, or in a second."""
    if items > ITEMS:
        raise refusals.too_many(ITEMS)
    paced(source, items)


def sorted_out(raws: Iterable[bytes], check: Callable[[int, bytes], Item]) -> tuple[list[Item], list[Bad]]:
    """What can be taken, and what cannot; bad items spare their neighbours."""
    good: list[Item] = []
    bad: list[Bad] = []
    for index, raw in enumerate(raws):
        try:
            good.append(check(index, raw))
        except Refusal as why:
            bad.append(Bad(index, why, raw))
    return good, bad


def taken(brought: Brought) -> dict[str, Any]:
    """Keeps it, has it landed soon, and says what became of it."""
    new = receive(brought)
    if new:
        transaction.on_commit(lambda: land_soon(brought.source.workspace_id))
    EVENTS.labels("taken").inc(new)
    EVENTS.labels("refused").inc(len(brought.bad))
    rejected = [one.why.told_of(one.index) for one in sorted(brought.bad, key=lambda one: one.index)]
    return {"success": True, "new": new, "rejected": rejected}


def taken_alone(
    source: Source, at: datetime, raw: bytes, check: Callable[[int, bytes], Item], sent: datetime | None
) -> None:
    """Keeps a single item, or raises why not; that is noted too."""
    good, bad = sorted_out([raw], check)
    if bad:
        refuse(source, at, bad)
        raise bad[0].why
    brought = Brought(source, at, good, sent_at=sent)
    taken(brought)
    if brought.bad:
        raise brought.bad[0].why
