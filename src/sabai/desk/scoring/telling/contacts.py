"""The people of all accounts as rows, of which only those are written that have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sabai.dates import from_day
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.scoring.persons import person_of
from sabai.desk.scoring.telling.known import Known
from sabai.desk.scoring.telling.people import everybody

AT_ONCE = 500
FIELDS = ("person", "name", "email", "role", "decides", "here", "language", "time_zone", "last_seen_on")
Place = tuple[int, str]  # the key of an account, and the id of a contact


def write_contacts(workspace: Workspace, known: Known) -> None:
    """Once the accounts are there. Whoever the facts no longer tell of stays, and is not `here`."""
    stood = {(each.account_id, each.contact_id): each for each in Contact.of(workspace).iterator()}
    told = {(each.account_id, each.contact_id): each for each in _told(workspace, known)}
    new = [each for place, each in told.items() if place not in stood]
    changed = list(_changed(stood, told))
    Contact.everywhere.bulk_create(new, batch_size=AT_ONCE)
    Contact.everywhere.bulk_update(changed, FIELDS, batch_size=AT_ONCE)


def _told(workspace: Workspace, known: Known) -> Iterator[Contact]:
    keys = dict(Account.of(workspace).values_list("account_id", "pk"))
    for row in everybody(known).sort("account_id", "contact_id").iter_rows(named=True):
        if row["account_id"] in keys:
            email = (row["email"] or "").strip()
            yield Contact(
                workspace=workspace,
                account_id=keys[row["account_id"]],
                contact_id=row["contact_id"][:200],
                person=person_of(workspace.salt, email, row["contact_id"]),
                name=(row["name"] or "")[:300],
                email=email if len(email) <= 320 else "",
                role=(row["role"] or "")[:200],
                decides=row["decision_maker"],
                language=(row["language"] or "")[:20],
                time_zone=(row["time_zone"] or "")[:60],
                last_seen_on=None if row["seen"] is None else from_day(row["seen"]),
            )


def _changed(stood: Mapping[Place, Contact], told: Mapping[Place, Contact]) -> Iterator[Contact]:
    for place, old in stood.items():
        new = told.get(place)
        if new is None and old.here:
            old.here = False
            yield old
        elif new is not None and any(getattr(old, name) != getattr(new, name) for name in FIELDS):
            new.pk = old.pk
            yield new
