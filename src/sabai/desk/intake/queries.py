"""What came in lately, and from where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Aggregate, Count, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from sabai.desk.intake.models import Batch, Quarantined, Refused, Source
from sabai.desk.people.models import Workspace

LATELY = timedelta(days=7)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Arrivals:
    """A source and what came by it in the last seven days."""

    source: Source
    taken: int
    refused: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Day:
    """How much came on one day, and that as a share (0 to 100) of the fullest day."""

    on: date
    taken: int
    share: float


def arrivals(workspace: Workspace) -> list[Arrivals]:
    """Every source, those in use first; four questions to the database however many there are."""
    since = timezone.now() - LATELY
    taken = _by_source(Batch.of(workspace).filter(received_at__gte=since), Sum("count"))
    refused = _by_source(Refused.of(workspace).filter(at__gte=since), Sum("count"))
    aside = _by_source(Quarantined.of(workspace).filter(at__gte=since), Count("pk"))
    sources = sorted(
        Source.of(workspace).select_related("created_by"), key=lambda one: (bool(one.revoked_at), one.name)
    )
    return [Arrivals(one, taken.get(one.pk, 0), refused.get(one.pk, 0), aside.get(one.pk, 0)) for one in sources]


def _by_source(rows: QuerySet[Any], counted: Aggregate) -> dict[int, int]:
    return dict(rows.order_by().values_list("source").annotate(counted))


def days_of(source: Source, days: int = 14) -> list[Day]:
    """The last days, today last, in the workspace's time zone."""
    zone = ZoneInfo(source.workspace.time_zone)
    today = timezone.localdate(timezone=zone)
    since = datetime.combine(today - timedelta(days=days - 1), datetime.min.time(), zone)
    rows = Batch.everywhere.filter(source=source, received_at__gte=since).annotate(
        on=TruncDate("received_at", tzinfo=zone)
    )
    taken = dict(rows.order_by().values_list("on").annotate(Sum("count")))
    most = max(taken.values(), default=0) or 1
    dates = [today - timedelta(days=back) for back in reversed(range(days))]
    return [Day(on, taken.get(on, 0), 100 * taken.get(on, 0) / most) for on in dates]
