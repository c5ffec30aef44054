"""What the page of an account reads: one query each, all within one workspace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet
from django.http import Http404

from sabai.desk.accounts.models import Note, Opinion
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.story import Story, unpacked
from sabai.desk.tasks.models import Task, Touchpoint
from sabai.health.parents import RolledUp

MOST = 200  # rows of one kind that a page looks at


def account_of(member: Membership, key: int) -> Account:
    """The account with its story, parent and owner; Http404 where the member's workspace has none of that key."""
    found = Account.of(member.workspace).select_related("told", "parent", "owner").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def story_of(account: Account) -> Story | None:
    """What the last scoring told of it; None where there was none."""
    try:
        return unpacked(bytes(account.told.packed))
    except ObjectDoesNotExist:
        return None


def notes_of(account: Account) -> QuerySet[Note]:
    """Those that stand, pinned ones first, then the newest."""
    found = Note.of(account.workspace).filter(account=account, removed_at=None).select_related("by")
    return found.order_by("-pinned", "-at")[:MOST]


def opinions_of(account: Account) -> QuerySet[Opinion]:
    """All that were ever said, the one that began last first."""
    found = Opinion.of(account.workspace).filter(account=account).select_related("by")
    return found.order_by("-from_on", "-pk")[:MOST]


def tasks_of(account: Account) -> QuerySet[Task]:
    """The open ones by their date, then the done ones, newest first."""
    found = Task.of(account.workspace).filter(account=account).select_related("assigned", "created_by", "done_by")
    return found.order_by("-pk")[:MOST]


def touchpoints_of(account: Account) -> QuerySet[Touchpoint]:
    found = Touchpoint.of(account.workspace).filter(account=account).select_related("user")
    return found.order_by("-occurred_at")[:MOST]


def holding(today: date) -> Q:
    """Opinions that hold on that day: `until_on` is the first day that is free again."""
    return Q(withdrawn_at=None, from_on__lte=today, until_on__gt=today)


def overrides_in_force(workspace: Workspace, today: date) -> QuerySet[Opinion]:
    """Every override that holds; of two for one account the one that began last comes last and counts."""
    return Opinion.of(workspace).filter(holding(today), kind="override").order_by("from_on", "pk")


def in_force(opinions: Iterable[Opinion], kind: str, today: date) -> Opinion | None:
    """The one of that kind that holds today, of opinions that stand as `opinions_of` orders them."""
    holds = (each for each in opinions if each.kind == kind and not each.withdrawn_at)
    return next((each for each in holds if each.from_on <= today < each.until_on), None)


@dataclass(frozen=True, slots=True)
class Family:
    """The accounts below one, those who pay most first; `rolled` is None where no child has a score."""

    children: Sequence[Account]
    revenue_minor: int | None
    rolled: RolledUp | None


def family_of(account: Account) -> Family:
    children = list(Account.of(account.workspace).filter(parent=account, here=True).order_by("-revenue_minor", "name"))
    paid = [child.revenue_minor for child in children]
    known = [amount for amount in paid if amount is not None]
    return Family(children, sum(known) if known and len(known) == len(paid) else None, _rolled(children))


def _rolled(children: Sequence[Account]) -> RolledUp | None:
    """By revenue where everybody's is known, else the plain mean, of the children that have a score."""
    scored = [(child.score, child.revenue_minor) for child in children if child.score is not None]
    if not scored:
        return None
    total = sum(revenue or 0 for _, revenue in scored)
    if total and all(revenue is not None for _, revenue in scored):
        return RolledUp("revenue", len(scored), sum(score * (revenue or 0) for score, revenue in scored) / total)
    return RolledUp("mean", len(scored), sum(score for score, _ in scored) / len(scored))
