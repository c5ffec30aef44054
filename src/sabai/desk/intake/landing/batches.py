"""What has come and not yet landed: into the company's folder of incoming lines, source by source."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from sabai.desk.intake.actions.receive import unpacked
from sabai.desk.intake.checking import CONTEXT, MESSAGE, OBJECT
from sabai.desk.intake.landing.lines import lines, people_of, stamp
from sabai.desk.intake.landing.people import Memory, Row
from sabai.desk.intake.models import Batch, Known, Source
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.sources import put

AT_ONCE = 200  # batches that are unpacked at the same time

Tables = dict[str, list[Row]]


def bring_in(workspace: Workspace) -> int:
    """Writes the lines of everything that waits; returns how many batches that were.

    A batch counts as landed only when its lines are on the disk. Where this dies in between, the same lines are
    written again, and the store knows them by their keys.
    """
    company = Company.of(workspace)
    waiting = Batch.of(workspace).filter(landed_at=None).select_related("source").order_by("source", "pk")
    batches = list(waiting[:AT_ONCE])
    for source, theirs in groupby(batches, key=lambda batch: batch.source):
        _source(company, source, list(theirs))
    return len(batches)


def _source(company: Company, source: Source, batches: list[Batch]) -> None:
    memory = Memory(source)
    tables: Tables = defaultdict(list)
    for batch in batches:
        _unfold(batch, memory, tables)
    for table, rows in tables.items():
        put(company, table, source.name, rows, f"{batches[-1].pk:015d}-{secrets.token_hex(4)}")
    with transaction.atomic():
        memory.keep()
        Batch.everywhere.filter(pk__in=[batch.pk for batch in batches]).update(landed_at=timezone.now())


def _unfold(batch: Batch, memory: Memory, tables: Tables) -> None:
    kept = unpacked(bytes(batch.blob))
    if batch.table:
        received = stamp(batch.received_at)
        tables[batch.table] += [OBJECT.decode(raw) | {"received_at": received} for raw in kept.items]
        return
    around = CONTEXT.decode(kept.context)
    messages = [MESSAGE.decode(raw) for raw in kept.items]
    people = set[str]().union(*(people_of(message) for message in messages))
    groups = {str(message.group_id) for message in messages if message.type == "group"}
    memory.recall("contacts", people)
    memory.recall("alias", people)
    memory.recall("accounts", groups)
    others = _told_by_others(memory, groups)
    for message in messages:
        for table, row in lines(message, around, batch.received_at, batch.sent_at, memory, others):
            tables[table].append(row)


def _told_by_others(memory: Memory, groups: Iterable[str]) -> set[str]:
    """Accounts of the company that did not come in by this source's own messages."""
    workspace = memory.source.workspace_id
    strange = [group for group in groups if not memory.of("accounts", group)]
    here = Account.everywhere.filter(workspace=workspace, account_id__in=strange).values_list("account_id", flat=True)
    told = Known.everywhere.filter(workspace=workspace, kind="accounts", key__in=strange).values_list("key", flat=True)
    return {*here, *told}
