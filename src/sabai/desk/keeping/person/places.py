"""Where in the database somebody may be named, and what becomes of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from sabai.desk.accounts.models import Note, Opinion
from sabai.desk.audit.forgetting import blank
from sabai.desk.drafts.models import Draft, Version
from sabai.desk.intake.models import Answered, Known, Quarantined, Refused
from sabai.desk.keeping.person import contacts, readings
from sabai.desk.keeping.person.whom import GONE, Whom
from sabai.desk.people.models import Workspace
from sabai.desk.people.scoped import OfWorkspace
from sabai.desk.portfolio.models import SavedView
from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Account, Scoring, Told
from sabai.desk.scoring.story import unpacked
from sabai.desk.tasks.models import Mention, PlaybookRun, Signal, Task, Touchpoint
from sabai.desk.themes.models import Reading, Suggestion, Written

TEXTS: Mapping[type[OfWorkspace], tuple[str, ...]] = {
    Note: ("text",),
    Opinion: ("reason",),
    Task: ("title", "detail", "outcome_note", "key"),
    Touchpoint: ("note", "contact_id"),
    Mention: ("text",),
    Signal: ("told", "key"),
    PlaybookRun: ("key",),
    SavedView: ("name", "query"),
    Draft: ("text", "preview", "problem"),
    Version: ("comment",),
    Scoring: ("problem", "notices"),
    Known: ("row",),
    Answered: ("body",),
    Account: ("owner_name",),
    Response: ("comment", "given"),
    Reading: ("text", "request", "key"),
    Suggestion: ("terms", "examples"),
    Written: ("text",),
}
"""Of whatever names them there, only the name goes: others wrote it, mostly about others."""
BY_COLLEAGUES = (Note, Opinion, Task, Touchpoint, Mention)
AT_ONCE = 200
Gone = Counter[str]


@transaction.atomic
def leave(workspace: Workspace, whom: Whom) -> Gone:
    """Takes them out of every row of a workspace; how many rows of which kind went or changed.

    An account goes with all that was done for it. Of a person it is what they said and what is known of them that
    goes; of texts by others, their names. The audit trail says that it was blanked.
    """
    gone: Gone = Counter()
    _own_words(workspace, whom, gone)
    gone += contacts.leave(workspace, whom)
    gone += readings.leave(workspace, whom)
    gone["accounts"] += _count(Account.of(workspace).filter(account_id__in=whom.accounts).delete())
    _forget_stories(workspace, whom, gone)
    for model, names in TEXTS.items():
        _without(workspace, model, names, whom.in_words() if model in BY_COLLEAGUES else whom, gone)
    gone["audit trail"] += blank(workspace, whom.in_words().without)
    return gone


def _own_words(workspace: Workspace, whom: Whom, gone: Gone) -> None:
    """What they sent themselves, as far as it was not taken, and what was written of contacts with them."""
    gone["touchpoints"] += (
        Touchpoint.of(workspace).filter(contact_id__in=whom.contacts).exclude(note="").update(note="")
    )
    theirs = Q(kind__in=("contacts", "alias"), key__in=(*whom.contacts, *whom.tools, *whom.emails))
    theirs |= Q(kind="accounts", key__in=whom.accounts)
    gone["known"] += _count(Known.of(workspace).filter(theirs).delete())
    said = [row.pk for row in Quarantined.of(workspace).iterator(AT_ONCE) if _says(whom, row)]
    gone["quarantined"] += _count(Quarantined.of(workspace).filter(pk__in=said).delete())
    for refused in Refused.of(workspace).iterator(AT_ONCE):
        told = [{**each, "text": GONE} if whom.is_named(each) else each for each in refused.told]
        if told != refused.told:
            refused.told = [{name: whom.without(value) for name, value in each.items()} for each in told]
            refused.save(update_fields=["told"])
            gone["refused"] += 1


def _says(whom: Whom, row: Quarantined) -> bool:
    return whom.is_named((row.message_id, row.first, row.second))


def _forget_stories(workspace: Workspace, whom: Whom, gone: Gone) -> None:
    """A page of a customer that tells of them tells nothing until the next scoring, which is asked for at once."""
    import msgspec

    told = Told.objects.filter(account__workspace=workspace)
    keys = [
        key
        for key, packed in told.values_list("pk", "packed").iterator(AT_ONCE)
        if whom.is_named(msgspec.to_builtins(unpacked(bytes(packed))))
    ]
    gone["stories"] += _count(told.filter(pk__in=keys).delete())


def _without(workspace: Workspace, model: type[OfWorkspace], names: tuple[str, ...], whom: Whom, gone: Gone) -> None:
    changed: list[models.Model] = []
    for row in _naming(workspace, model, names, whom):
        for name in names:
            setattr(row, name, _left(whom, row, name))
        changed.append(row)
    if changed:
        model.everywhere.bulk_update(changed, list(names), batch_size=AT_ONCE)  # type: ignore[arg-type]
        gone[model._meta.model_name or ""] += len(changed)


def _naming(
    workspace: Workspace, model: type[OfWorkspace], names: tuple[str, ...], whom: Whom
) -> Iterator[models.Model]:
    for row in model.of(workspace).iterator(AT_ONCE):
        if whom.is_named([_plain(getattr(row, name)) for name in names]):
            yield row


def _left(whom: Whom, row: models.Model, name: str) -> Any:
    """A key stays one that no other row has."""
    told = getattr(row, name)
    return f"{GONE}-{row.pk}" if name == "key" and whom.is_named(told) else whom.without(told)


def _plain(value: Any) -> Any:
    return "" if value is None else value


def _count(deleted: tuple[int, dict[str, int]]) -> int:
    return deleted[0]
