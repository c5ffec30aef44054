"""Why a customer is worth a look, said twice: as a condition of the database and of one row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from sabai.desk.scoring.models import Account
from sabai.desk.tasks.models import Touchpoint
from sabai.report.calls import FALL

RENEWS_DAYS, SILENT_DAYS, QUIET_DAYS = 60, 28, 7
"""A renewal this near is soon; no sign for this long is silence; whoever was spoken to within these days waits."""

ROUNDING = 200
"""What is overdue is nothing to speak of where it is half a percent of a month or less: as in letters, a rounding."""


@dataclass(frozen=True, slots=True)
class Reason:
    """`about` is the condition, `holds` the same of one row; both speak as of a date. `needs` is a verb of roles."""

    key: str
    about: Callable[[date], Q]
    holds: Callable[[Account, date], bool]
    needs: str = "read"


def renewing(as_of: date, days: int) -> Q:
    """Renews on that day or within so many days after it."""
    return Q(renews_on__gte=as_of, renews_on__lte=as_of + timedelta(days=days))


def silent(as_of: date, days: int) -> Q:
    """Was seen or spoken to once, but not in so many days."""
    last = as_of - timedelta(days=days)
    return (
        (Q(last_seen_on__lt=last) | Q(last_seen_on=None))
        & (Q(last_touch_on__lt=last) | Q(last_touch_on=None))
        & ~Q(last_seen_on=None, last_touch_on=None)
    )


def last_sign(account: Account) -> date | None:
    """The last day on which anything of theirs was seen, or somebody spoke with them."""
    return max((day for day in (account.last_seen_on, account.last_touch_on) if day), default=None)


def _renews(account: Account, as_of: date) -> bool:
    soon = account.renews_on is not None and 0 <= (account.renews_on - as_of).days <= RENEWS_DAYS
    return soon and account.band != "healthy"


def _silent(account: Account, as_of: date) -> bool:
    last = last_sign(account)
    return last is not None and (as_of - last).days > SILENT_DAYS


def _owes(account: Account) -> bool:
    overdue, revenue = account.overdue_minor or 0, account.revenue_minor or 0
    return overdue > revenue // ROUNDING


def _at_most(value: float | None, edge: float) -> bool:
    return value is not None and value <= edge


FELL = Q(change_week__lte=-FALL) | Q(change_quarter__lte=-2 * FALL)
OWES = Q(overdue_minor__gt=0) & (Q(revenue_minor=None) | Q(overdue_minor__gt=F("revenue_minor") / ROUNDING))
GREW, PAID = Q(expanded_minor__gt=0), Q(paid_minor__gt=0)
ROSE = Q(band="healthy") & (Q(change_week__gte=FALL) | Q(change_quarter__gte=2 * FALL))

REASONS = (
    Reason("renews", lambda as_of: renewing(as_of, RENEWS_DAYS) & ~Q(band="healthy"), _renews),
    Reason(
        "fell",
        lambda as_of: FELL,
        lambda account, as_of: _at_most(account.change_week, -FALL) or _at_most(account.change_quarter, -2 * FALL),
    ),
    Reason("unhealthy", lambda as_of: Q(band="unhealthy"), lambda account, as_of: account.band == "unhealthy"),
    Reason("silent", lambda as_of: silent(as_of, SILENT_DAYS), _silent),
    Reason("overdue", lambda as_of: OWES, lambda account, as_of: _owes(account), "money"),
)
"""In the order in which they are said."""

CALL = frozenset({"renews", "fell", "unhealthy"})
"""One of these asks for a call; the others say more about it."""


def needs_call(as_of: date) -> Q:
    """One of the reasons to call holds, and nobody spoke with them lately, nor logged it here since the scoring."""
    any_of = Q()
    for reason in REASONS:
        any_of |= reason.about(as_of) if reason.key in CALL else Q()
    quiet = Q(last_touch_on=None) | Q(last_touch_on__lt=as_of - timedelta(days=QUIET_DAYS))
    since = timezone.now() - timedelta(days=QUIET_DAYS)
    called = Touchpoint.everywhere.filter(account=OuterRef("pk"), occurred_at__gte=since)
    return any_of & quiet & ~Q(Exists(called))


def how_many(as_of: date) -> Combinable:
    """The number of reasons that hold, for an order by it."""
    held: Combinable = Value(0)
    for reason in REASONS:
        held = held + Case(When(reason.about(as_of), then=1), default=0, output_field=IntegerField())
    return held


def reasons_of(account: Account, as_of: date, may: Callable[[str], bool]) -> list[str]:
    """Which reasons hold, of those that the reader may know."""
    return [reason.key for reason in REASONS if may(reason.needs) and reason.holds(account, as_of)]
