"""Asking an advocate for something, and what they said."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership
from sabai.desk.replies.models import FAVOURS, Advocate, Favour
from sabai.desk.scoring.jobs import land_incoming

STEPS = {"consent": "consented_at", "refuse": "refused_at", "done": "done_at"}


@transaction.atomic
def ask(member: Membership, advocate: Advocate, kind: str, note: str = "") -> tuple[Favour, bool]:
    """The favour of that kind, and whether it is new: nobody is asked for the same thing twice."""
    if kind not in FAVOURS:
        raise ValueError(f"there is no favour {kind!r}")
    favour, new = Favour.everywhere.get_or_create(
        workspace=member.workspace, advocate=advocate, kind=kind, defaults={"by": member.user, "note": note}
    )
    if new:
        write(member.workspace, member.user, "ask", "favour", favour.pk, None, {"kind": kind, "advocate": advocate.pk})
    return favour, new


@transaction.atomic
def step(member: Membership, favour: Favour, verb: str) -> bool:
    """Whether anything changed. Done is only what was consented to; who refused may consent later, not the reverse."""
    favour = Favour.of(member.workspace).select_for_update().get(pk=favour.pk)
    if getattr(favour, STEPS[verb]) is not None or (verb == "done" and favour.consented_at is None):
        return False
    if verb == "refuse" and favour.done_at is not None:
        return False
    changed: dict[str, datetime | None] = {STEPS[verb]: timezone.now()}
    if verb == "consent":
        changed["refused_at"] = None
    if verb == "refuse":
        changed["consented_at"] = None
    before = {name: getattr(favour, name) for name in changed}
    Favour.of(member.workspace).filter(pk=favour.pk).update(**changed)
    write(member.workspace, member.user, verb, "favour", favour.pk, before, changed)
    if verb == "done":
        transaction.on_commit(lambda: land_incoming(member.workspace_id))
    return True


@transaction.atomic
def leave(member: Membership, advocate: Advocate) -> bool:
    """Not them: a person knows better than a score. Whether they stood on the list."""
    left = Advocate.of(member.workspace).filter(pk=advocate.pk, left_at=None).update(left_at=timezone.now())
    if left:
        write(member.workspace, member.user, "remove", "advocate", advocate.pk)
    return bool(left)
