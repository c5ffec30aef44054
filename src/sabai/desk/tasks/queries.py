"""Reading tasks, mentions, and what happened to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Case, Count, F, Q, QuerySet, When

from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.tasks.asked import Asked
from sabai.desk.tasks.models import Mention, Task

WEEK = timedelta(days=7)


def groups(today: date) -> dict[str, Q]:
    """What belongs into each part of a list of open tasks, in the order in which they stand."""
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=today)
    return {
        "late": awake & Q(due_on__lt=today),
        "today": awake & Q(due_on=today),
        "week": awake & Q(due_on__gt=today, due_on__lte=today + WEEK),
        "later": awake & Q(due_on__gt=today + WEEK),
        "undated": awake & Q(due_on=None),
        "snoozed": Q(snoozed_until__gt=today),
    }


def group_of(task: Task, today: date) -> str:
    """The name of the group that an open task stands in, as `groups` has them."""
    if task.snoozed_until and task.snoozed_until > today:
        return "snoozed"
    if task.due_on is None:
        return "undated"
    if task.due_on <= today:
        return "late" if task.due_on < today else "today"
    return "week" if task.due_on <= today + WEEK else "later"


def asked_for(member: Membership, asked: Asked) -> QuerySet[Task]:
    """The tasks of the workspace that a list was asked for, in no order."""
    tasks = Task.of(member.workspace).filter(done_at__isnull=asked.done != "yes")
    if asked.who != "all":
        whose = {"me": member.user_id, "nobody": None}
        tasks = tasks.filter(assigned=whose[asked.who] if asked.who in whose else int(asked.who))
    if asked.account:
        tasks = tasks.filter(account=asked.account)
    if asked.origin:
        tasks = tasks.filter(origin=asked.origin)
    if asked.q:
        said = Q(title__icontains=asked.q) | Q(detail__icontains=asked.q) | Q(account__name__icontains=asked.q)
        tasks = tasks.filter(said)
    return tasks


def listed(tasks: QuerySet[Task], asked: Asked, today: date) -> QuerySet[Task, int]:
    """Their numbers in the order in which they are shown: what was done last, or group by group and day by day."""
    if asked.done:
        return tasks.order_by("-done_at", "-pk").values_list("pk", flat=True)
    place = Case(*(When(which, then=place) for place, which in enumerate(groups(today).values())))
    ordered = tasks.alias(place=place).order_by("place", F("due_on").asc(nulls_last=True), "pk")
    return ordered.values_list("pk", flat=True)


def rows(workspace: Workspace, keys: Iterable[int]) -> list[Task]:
    """The tasks of these numbers, in their order, with all that a row shows: so only what is shown is read whole."""
    keys = list(keys)
    found = Task.of(workspace).select_related("account", "assigned", "done_by").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def counted(tasks: QuerySet[Task], today: date) -> dict[str, int]:
    """How many open tasks stand in each group."""
    return tasks.aggregate(**{name: Count("pk", filter=which) for name, which in groups(today).items()})


def members_of(workspace: Workspace) -> list[User]:
    """Everybody who may be given a task, by name."""
    here = Membership.of(workspace).filter(left_at=None).select_related("user").order_by("user__name", "user__email")
    return [member.user for member in here if member.may("work")]


def mentions_of(member: Membership) -> QuerySet[Mention]:
    """Where somebody was named: what they have not seen first."""
    mine = Mention.of(member.workspace).filter(user=member.user).select_related("by", "account", "task")
    return mine.order_by(F("seen_at").desc(nulls_first=True), "-at", "-pk")


def unseen(member: Membership) -> int:
    return Mention.of(member.workspace).filter(user=member.user, seen_at=None).count()
