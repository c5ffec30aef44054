"""All that is known of one customer or person, in one file that another program can read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from sabai.desk.audit.models import Entry
from sabai.desk.intake.actions.receive import unpacked
from sabai.desk.intake.models import Batch, Known
from sabai.desk.keeping.models import Request
from sabai.desk.keeping.person.contacts import answers_of, asks_of, theirs
from sabai.desk.keeping.person.places import TEXTS
from sabai.desk.keeping.person.readings import readings_of
from sabai.desk.keeping.person.whom import Whom
from sabai.desk.keeping.queries import exports
from sabai.desk.people.scoped import OfWorkspace
from sabai.desk.people.secrets import drawn
from sabai.desk.portfolio.models import Ownership
from sabai.desk.scoring import door
from sabai.desk.scoring.models import Account, Told
from sabai.desk.scoring.story import unpacked as story_of
from sabai.store.aside import aside

OURS: tuple[type[OfWorkspace], ...] = (Ownership,)
Found = Iterator[tuple[str, list[Any]]]


def export(request: Request, whom: Whom, at: datetime) -> str:
    """Writes the file of this request; its name, which nobody can guess, in `queries.exports()`."""
    name = drawn("about-") + ".zip"
    path = exports() / name
    with aside(path) as unfinished, ZipFile(unfinished, "w", ZIP_DEFLATED) as archive:
        os.chmod(unfinished, 0o600)
        about = {"workspace": request.workspace.name, "asked": request.asked_at, "made": at, "about": whom}
        archive.writestr("about.json", _json(msgspec.to_builtins(about)))
        for table, rows in door.rows_about(request.workspace, whom.kind, whom.value):
            archive.writestr(f"facts/{table}.jsonl", "".join(map(_line, rows)))
        for table, rows in _in_database(request, whom):
            if rows:
                archive.writestr(f"desk/{table}.jsonl", "".join(map(_line, rows)))
    return name


def _in_database(request: Request, whom: Whom) -> Found:
    workspace = request.workspace
    for model in (*OURS, *TEXTS):
        if model is not Account or whom.accounts:
            yield model.__name__.lower(), list(_rows(model, request, whom))
    said = (("responses", answers_of), ("readings", readings_of))
    for name, rows in (("contacts", theirs), ("invitations", asks_of), *said):
        yield name, list(map(_plain, rows(workspace, whom)))
    told = Told.objects.filter(account__workspace=workspace).select_related("account").iterator(200)
    stories = ((each.account.account_id, msgspec.to_builtins(story_of(bytes(each.packed)))) for each in told)
    yield (
        "pages",
        [
            {"account_id": account} | (story if account in whom.accounts else {"people": _of(story, whom)})
            for account, story in stories
            if account in whom.accounts or whom.is_named(story)
        ],
    )
    yield (
        "messages",
        [
            message
            for batch in Batch.of(workspace).iterator(50)
            for message in map(msgspec.json.decode, unpacked(bytes(batch.blob)).items)
            if whom.is_named(message)
        ],
    )
    trail = Entry.of(workspace).order_by("number").iterator(2_000)
    yield "audit", [_plain(each) for each in trail if whom.is_named([each.thing, each.before, each.after])]


def _of(story: Any, whom: Whom) -> list[Any]:
    return [each for each in story["people"] if whom.is_named(each)]


def _rows(model: type[OfWorkspace], request: Request, whom: Whom) -> Iterator[dict[str, Any]]:
    """Those that belong to the account, and those that name them."""
    own = set(model.of(request.workspace).filter(_theirs(model, whom)).values_list("pk", flat=True))
    for row in model.of(request.workspace).iterator(500):
        told = _plain(row)
        if row.pk in own or whom.is_named([told.get(name) for name in TEXTS.get(model, ())]):
            yield told


def _theirs(model: type[OfWorkspace], whom: Whom) -> Q:
    fields = {field.name for field in model._meta.fields}
    if model is Known:
        return Q(key__in=(*whom.accounts, *whom.contacts, *whom.tools))
    if not whom.accounts or "account" not in fields | {"account" if model is Account else ""}:
        return Q(pk=None)
    return Q(**{"account_id__in" if model is Account else "account__account_id__in": whom.accounts})


def _plain(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.name != "workspace"}


def _line(row: Any) -> str:
    return _json(row) + "\n"


def _json(told: Any) -> str:
    return json.dumps(told, cls=_Encoder, ensure_ascii=False)


class _Encoder(DjangoJSONEncoder):
    def default(self, told: Any) -> Any:
        return told.hex() if isinstance(told, bytes | memoryview) else super().default(told)
