"""The rows of a list, how they stand together, and what one may choose among."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, NullIf

from sabai.desk.people.models import Membership, Workspace
from sabai.desk.portfolio.columns import SORTS
from sabai.desk.portfolio.models import Ownership, SavedView
from sabai.desk.portfolio.reasons import FELL, GREW, OWES, PAID, ROSE, needs_call, renewing, silent
from sabai.desk.portfolio.wanted import BLANK, Wanted
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.models import Count as Counted
from sabai.desk.scoring.searchable import searchable
from sabai.health.scores import BANDS
from sabai.report.words import WORST_FIRST

BEFORE_DAYS = 28  # a change of the counts is against so many days ago
CHOICES_SECONDS = 60  # so long may a new segment be missing among the choices


@dataclass(frozen=True, slots=True)
class Standing:
    """How many customers stand in a band, and what they pay a month; None where none of it is known."""

    accounts: int = 0
    revenue_minor: int | None = None


def as_of_in(workspace: Workspace) -> date:
    """The day that the scores speak of; today where there are none."""
    scored = Counted.of(workspace).aggregate(last=Max("as_of"))["last"]
    return scored or Account.of(workspace).aggregate(last=Max("as_of"))["last"] or workspace.today()


def matching(member: Membership, wanted: Wanted, as_of: date) -> QuerySet[Account]:
    """The accounts that fit, in no order."""
    fitting = Account.of(member.workspace).filter(_here(wanted.here), _found(wanted.q), _owned(wanted.owner, member))
    for name in ("segment", "country", "stage", "product"):
        if value := getattr(wanted, name):
            fitting = fitting.filter(**{name: "" if value == BLANK else value})
    if wanted.band:
        fitting = fitting.filter(band__in=wanted.band)
    return fitting.filter(*_asked(wanted, as_of, member))


def in_order(accounts: QuerySet[Account], sort: str) -> QuerySet[Account]:
    """Sorted by a column; the unknown come last either way, and equals stand by revenue."""
    column, down = SORTS[sort.removeprefix("-")], sort.startswith("-")
    key = _key(column.field, column.kind)
    first = key.desc(nulls_last=True) if down else key.asc(nulls_last=True)
    return accounts.order_by(first, F("revenue_minor").desc(nulls_last=True), "pk")


def rows(found: QuerySet[Account]) -> list[Account]:
    """The few accounts of an ordered and cut query: their keys first, which an index knows alone, then the rows."""
    keys = list(found.values_list("pk", flat=True))
    by_key = by_keys(keys)
    return [by_key[key] for key in keys if key in by_key]


def by_keys(keys: Iterable[int]) -> dict[int, Account]:
    """Accounts with their owners, by primary key."""
    return Account.everywhere.select_related("owner").in_bulk(list(keys))


def standings(accounts: QuerySet[Account]) -> dict[str, Standing]:
    """How these accounts stand, by band."""
    found = accounts.order_by().values("band").annotate(accounts=Count("pk"), revenue=Sum("revenue_minor"))
    return _by_band((row["band"], Standing(row["accounts"], row["revenue"])) for row in found)


def standings_before(workspace: Workspace, as_of: date) -> dict[str, Standing] | None:
    """How all customers stood four weeks before; None where that is not known."""
    day = as_of - timedelta(days=BEFORE_DAYS)
    counts = list(Counted.of(workspace).filter(as_of__lte=day, as_of__gt=day - timedelta(days=7)).order_by("as_of"))
    last = [count for count in counts if count.as_of == counts[-1].as_of]
    return _by_band((count.band, Standing(count.accounts, count.revenue_minor)) for count in last) if last else None


def choices(workspace: Workspace) -> Mapping[str, list[tuple[str, str]]]:
    """What each filter may be set to: (value, word), by its name. Kept for a minute."""
    key = f"portfolio-choices-{workspace.pk}"
    kept: Mapping[str, list[tuple[str, str]]] | None = cache.get(key)
    if kept is None:
        cache.set(key, kept := _choices(workspace), CHOICES_SECONDS)
    return kept


def holding(workspace: Workspace, day: date) -> QuerySet[Ownership]:
    """Who answers for whom on that day, whoever was named last coming last."""
    until = Q(until_on=None) | Q(until_on__gt=day)
    return Ownership.of(workspace).filter(until, from_on__lte=day).order_by("from_on", "pk")


def views_of(member: Membership) -> QuerySet[SavedView]:
    """One's own saved views and those that others share, by name."""
    return SavedView.of(member.workspace).filter(Q(user=member.user) | Q(shared=True)).order_by("name", "pk")


def colleagues(workspace: Workspace) -> QuerySet[Membership]:
    """Who is here, by name."""
    return Membership.of(workspace).filter(left_at=None).select_related("user").order_by("user__name", "pk")


def _here(here: str) -> Q:
    return Q() if here == "all" else Q(here=here == "customers")


def _found(text: str) -> Q:
    found = Q()
    for word in searchable(text).split():
        found &= Q(found_by__contains=word)
    return found


def _owned(owner: str, member: Membership) -> Q:
    """`me`, `nobody`, the number of a user, or the name of somebody who is known to other tools only."""
    if not owner:
        return Q()
    if owner in ("me", "nobody"):
        return Q(owner=member.user) if owner == "me" else Q(owner=None, owner_name="")
    is_user = owner.isascii() and owner.isdigit() and len(owner) < 18
    return Q(owner=int(owner)) if is_user else Q(owner=None, owner_name=owner)


def _asked(wanted: Wanted, as_of: date, member: Membership) -> list[Q]:
    conditions = {
        "renews": wanted.renews and renewing(as_of, wanted.renews),
        "silent": wanted.silent and silent(as_of, wanted.silent),
        "fell": wanted.fell and FELL,
        "rose": wanted.rose and ROSE,
        "grew": wanted.grew and GREW,
        "paid": wanted.paid and member.may("money") and PAID,
        "call": wanted.call and needs_call(as_of),
        "overdue": wanted.overdue and member.may("money") and OWES,
        "young": wanted.young and Q(young=True),
    }
    return [condition for condition in conditions.values() if isinstance(condition, Q)]


def _key(field: str, kind: str) -> Any:
    """What a column is sorted by: bands from the worst, names without regard to case, empty text as unknown."""
    if field == "band":
        ranks = [When(band=band, then=Value(rank)) for rank, band in enumerate(WORST_FIRST) if band != "unknown"]
        return Case(*ranks, default=None, output_field=IntegerField())
    if field == "name":
        return F("found_by")
    if kind == "owner":
        return Coalesce(F("owner__name"), NullIf(F("owner_name"), Value("")))
    return NullIf(F(field), Value("")) if kind == "text" else F(field)


def _by_band(found: Any) -> dict[str, Standing]:
    return dict.fromkeys(BANDS, Standing()) | dict(found)


def _choices(workspace: Workspace) -> dict[str, list[tuple[str, str]]]:
    accounts = Account.of(workspace).order_by()
    texts = {name: _distinct(accounts, name) for name in ("segment", "country", "stage", "product")}
    users = [(str(member.user_id), str(member.user)) for member in colleagues(workspace)]
    return texts | {"owner": users + _distinct(accounts.filter(owner=None), "owner_name")}


def _distinct(accounts: QuerySet[Account], field: str) -> list[tuple[str, str]]:
    found = accounts.exclude(**{field: ""}).values_list(field, flat=True).distinct()
    return [(value, value) for value in sorted(found, key=searchable)]
