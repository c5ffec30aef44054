"""What a morning holds, for the customers of one person or of everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Literal

from django.db.models import Count, F, OrderBy, Q, QuerySet

from sabai.desk.people.models import Membership
from sabai.desk.portfolio.queries import Standing, by_keys, matching, rows, standings
from sabai.desk.portfolio.reasons import (
    FELL,
    GREW,
    OWES,
    PAID,
    RENEWS_DAYS,
    ROSE,
    SILENT_DAYS,
    how_many,
    reasons_of,
    renewing,
    silent,
)
from sabai.desk.portfolio.wanted import Wanted
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.models import Mention, Task

MOST, CALLS = 5, 7
Whose = Literal["me", "all"]
NOT_HEALTHY = ("at_risk", "unhealthy", "unknown")


@dataclass(frozen=True, slots=True)
class Call:
    """`reasons` are keys of `portfolio.reasons`."""

    account: Account
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Part:
    """A few of those who have something in common, how many there are, and the list of them all."""

    key: str
    accounts: list[Account]
    count: int
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Kind:
    """What a part has in common, what is pressing in it, and how the list of it is asked for."""

    key: str
    about: Q
    order: tuple[OrderBy, ...]
    asked: dict[str, object]


def wanted_by(whose: Whose) -> Wanted:
    """The list of the customers that a morning speaks of."""
    return Wanted(owner="me") if whose == "me" else Wanted()


def calls(member: Membership, whose: Whose, as_of: date) -> tuple[list[Call], int]:
    """Whom to call first: whoever has most reasons, then who pays most. And how many there are in all."""
    asking = matching(member, replace(wanted_by(whose), call=True), as_of)
    order = ("-reasons", _most("revenue_minor"), "pk")
    first = rows(asking.annotate(reasons=how_many(as_of)).order_by(*order)[:CALLS])
    listed = [Call(account, reasons_of(account, as_of, member.may)) for account in first]
    return listed, len(listed) if len(listed) < CALLS else asking.count()


def parts(member: Membership, whose: Whose, as_of: date) -> dict[str, Part]:
    """What else there is to know, each with its most pressing first."""
    wanted, kinds = wanted_by(whose), list(_kinds(member, as_of))
    accounts = matching(member, wanted, as_of)
    counts = accounts.aggregate(**{f"of_{kind.key}": Count("pk", filter=kind.about) for kind in kinds})
    keys = {kind.key: _first(accounts, kind) if counts[f"of_{kind.key}"] else [] for kind in kinds}
    found = by_keys(chain.from_iterable(keys.values()))
    return {
        kind.key: Part(
            kind.key,
            [found[key] for key in keys[kind.key] if key in found],
            counts[f"of_{kind.key}"],
            replace(wanted, **kind.asked),  # type: ignore[arg-type]
        )
        for kind in kinds
    }


def _first(accounts: QuerySet[Account], kind: Kind) -> list[int]:
    return list(accounts.filter(kind.about).order_by(*kind.order, "pk").values_list("pk", flat=True)[:MOST])


def standing(member: Membership, whose: Whose, as_of: date) -> dict[str, Standing]:
    return standings(matching(member, wanted_by(whose), as_of))


def tasks_due(member: Membership, today: date) -> tuple[list[Task], int]:
    """One's own that are due today or were before, the oldest first; how many in all."""
    mine = Task.of(member.workspace).filter(assigned=member.user, done_at=None, due_on__lte=today)
    awake = mine.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=today))
    listed = list(awake.select_related("account").order_by("due_on", "pk")[:MOST])
    return listed, len(listed) if len(listed) < MOST else awake.count()


def mentions(member: Membership) -> list[Mention]:
    """Where one was named and has not looked yet."""
    unseen = Mention.of(member.workspace).filter(user=member.user, seen_at=None)
    return list(unseen.select_related("account", "by").order_by("-at")[:MOST])


def _kinds(member: Membership, as_of: date) -> Iterable[Kind]:
    yield Kind("fell", FELL, (_least("change_week"), _least("change_quarter")), {"fell": True, "sort": "week"})
    yield Kind(
        "renews",
        renewing(as_of, RENEWS_DAYS) & ~Q(band="healthy"),
        (_least("renews_on"),),
        {"renews": RENEWS_DAYS, "band": NOT_HEALTHY, "sort": "renews"},
    )
    yield Kind(
        "silent", silent(as_of, SILENT_DAYS), (_most("revenue_minor"),), {"silent": SILENT_DAYS, "sort": "-revenue"}
    )
    if member.may("money"):
        yield Kind("overdue", OWES, (_most("overdue_minor"),), {"overdue": True, "sort": "-overdue"})
        yield Kind("paid", PAID, (_most("paid_minor"),), {"paid": True, "sort": "-paid"})
    yield Kind("rose", ROSE, (_most("change_week"),), {"rose": True, "sort": "-week"})
    yield Kind("grew", GREW, (_most("expanded_minor"),), {"grew": True, "sort": "-expanded"})


def _most(field: str) -> OrderBy:
    return F(field).desc(nulls_last=True)


def _least(field: str) -> OrderBy:
    return F(field).asc(nulls_last=True)
