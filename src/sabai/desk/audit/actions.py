"""Writing down what somebody did, in the same transaction in which they did it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.models import FIRST, Entry
from sabai.desk.people.models import User, Workspace

Told = Mapping[str, Any]


def write(
    workspace: Workspace, user: User | None, verb: str, kind: str, thing: object,
    before: Told | None = None, after: Told | None = None,
) -> Entry:  # fmt: skip
    """Adds one entry; must stand in the transaction of the change that it tells of.

    `verb` is what was done (create, change, remove, sign in …), `kind` and `thing` to what.
    """
    (entry,) = write_each(workspace, user, verb, kind, [(thing, before, after)])
    return entry


def write_each(
    workspace: Workspace,
    user: User | None,
    verb: str,
    kind: str,
    changes: Iterable[tuple[object, Told | None, Told | None]],
) -> list[Entry]:
    """Adds an entry for each (thing, before, after), as if they were written one after the other."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an entry of the audit trail belongs to the change it tells of")
    Workspace.objects.select_for_update().get(pk=workspace.pk)  # entries of a workspace are written in turn
    last = Entry.of(workspace).first()
    first, sealed = (last.number + 1, last.sealed) if last else (1, FIRST)
    at, who, entries = timezone.now(), str(user) if user else "", []
    for number, (thing, before, after) in enumerate(changes, first):
        entry = Entry(workspace=workspace, number=number, at=at, user=user, who=who, verb=verb, kind=kind)
        entry.thing, entry.before, entry.after = str(thing), _plain(before), _plain(after)
        entry.sealed = sealed = entry.seal(sealed)
        entries.append(entry)
    return Entry.everywhere.bulk_create(entries, batch_size=500)


def _plain(told: Told | None) -> Any:
    return None if told is None else json.loads(json.dumps(dict(told), cls=DjangoJSONEncoder))
