"""How often each theme is spoken of, how it is meant, and by whom: counted by the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.themes.models import Mention
from sabai.desk.themes.wanted import Wanted
from sabai.feedback.numbers.shares import difference
from sabai.intervals import Interval, wilson

SEGMENTS_SHOWN = 200
KNOWN = ("negative", "neutral", "positive")
_WEEK = timedelta(days=7)
_SAD = Q(sentiment="negative")
_WHO = (
    "SELECT said.theme, SUM(CASE WHEN whose.here THEN 1 ELSE 0 END), SUM(CASE WHEN whose.here THEN 0 ELSE 1 END), "
    "SUM(CASE WHEN whose.here THEN whose.revenue_minor END) "
    "FROM ({pairs}) AS said JOIN {accounts} AS whose ON whose.id = said.account_id GROUP BY said.theme"
)


@dataclass(slots=True)
class Felt:
    """How many texts were meant how. Of whoever is unsure nobody knows, so they are in no share."""

    counts: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, feeling: str) -> int:
        return self.counts.get(feeling, 0)

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    @property
    def known(self) -> int:
        return sum(self[feeling] for feeling in KNOWN)

    @property
    def negative(self) -> Interval:
        """The share that is negative, of those of which it is known."""
        return wilson(self["negative"], self.known)


@dataclass(slots=True)
class Who:
    """Customers who spoke of something: those who are here with their revenue a month, and how many left since."""

    here: int = 0
    left: int = 0
    revenue_minor: int | None = None

    def add(self, here: bool, revenue_minor: int | None) -> None:
        self.here, self.left = self.here + here, self.left + (not here)
        if here and revenue_minor is not None:
            self.revenue_minor = (self.revenue_minor or 0) + revenue_minor


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme in a period, and in the one of the same length before."""

    id: str
    felt: Felt
    before: Felt
    who: Who

    @property
    def change(self) -> Interval:
        """Of the share that is negative, in shares."""
        return difference(self.felt["negative"], self.felt.known, self.before["negative"], self.before.known).difference

    @property
    def clear(self) -> bool:
        return self.change.excludes(0.0)


def themes(workspace: Workspace, wanted: Wanted) -> list[Theme]:
    """Every theme that was spoken of in the period, the one with most unhappy words first."""
    begins, ends = wanted.span(workspace)
    spoken = _mentions(workspace, wanted)
    now, before = (
        spoken.filter(at__gte=begins, at__lt=ends),
        spoken.filter(at__lt=begins, at__gte=begins - (ends - begins)),
    )
    felt, earlier, who = _felt(now), _felt(before), _who(now)
    found = [Theme(theme, felt[theme], earlier[theme], who.get(theme, Who())) for theme in felt]
    return sorted(found, key=lambda each: (-each.felt["negative"], -each.felt.all, each.id))


def months(workspace: Workspace, wanted: Wanted, since: date) -> list[tuple[date, Felt]]:
    """How the theme that is asked for was spoken of from that day on, in every month, those without a word too."""
    zone = ZoneInfo(workspace.time_zone)
    spoken = _mentions(workspace, wanted).filter(at__gte=datetime.combine(since, time(), zone))
    month = TruncMonth("at", tzinfo=zone)
    rows = spoken.order_by().annotate(month=month).values_list("month", "sentiment").annotate(Count("pk"))
    felt = {each: Felt() for each in _months(since, workspace.today())}
    for at, sentiment, count in rows:
        if at.date() in felt:
            felt[at.date()].counts[sentiment] = count
    return sorted(felt.items())


def speakers(workspace: Workspace, wanted: Wanted, most: int) -> list[tuple[Account, int, int]]:
    """Who spoke of a theme in the period, how often, and how often unhappily; the largest customers first."""
    begins, ends = wanted.span(workspace)
    spoken = _mentions(workspace, wanted).filter(at__gte=begins, at__lt=ends, account__isnull=False)
    rows = spoken.order_by().values("account_id").annotate(said=Count("pk"), sad=Count("pk", filter=_SAD))
    counted = list(rows.values_list("account_id", "account__here", "account__revenue_minor", "said", "sad"))
    counted.sort(key=lambda row: (not row[1], -(row[2] or 0), -row[3], row[0]))
    accounts = Account.of(workspace).in_bulk([row[0] for row in counted[:most]])
    return [(accounts[key], said, unhappy) for key, _, _, said, unhappy in counted[:most]]


def segments(workspace: Workspace) -> list[str]:
    """Those that customers are in."""
    rows = Account.of(workspace).filter(here=True).exclude(segment="").order_by("segment")
    return list(rows.values_list("segment", flat=True).distinct()[:SEGMENTS_SHOWN])


def _mentions(workspace: Workspace, wanted: Wanted) -> QuerySet[Mention]:
    spoken = Mention.of(workspace)
    if wanted.theme:
        spoken = spoken.filter(theme=wanted.theme)
    if wanted.kind:
        spoken = spoken.filter(kind=wanted.kind)
    return spoken.filter(account__segment=wanted.segment) if wanted.segment else spoken


def _felt(spoken: QuerySet[Mention]) -> defaultdict[str, Felt]:
    felt: defaultdict[str, Felt] = defaultdict(Felt)
    for theme, sentiment, count in spoken.order_by().values_list("theme", "sentiment").annotate(Count("pk")):
        felt[theme].counts[sentiment] = count
    return felt


def _who(spoken: QuerySet[Mention]) -> dict[str, Who]:
    """Each customer once; put together where they lie, since there may be tens of thousands."""
    once = spoken.filter(account__isnull=False).order_by().values_list("theme", "account_id").distinct()
    pairs, given = once.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_WHO.format(pairs=pairs, accounts=Account._meta.db_table), given)
        return {
            theme: Who(int(here), int(left), None if revenue is None else int(revenue))
            for theme, here, left, revenue in cursor.fetchall()
        }


def _months(since: date, until: date) -> Sequence[date]:
    found = [since.replace(day=1)]
    while (later := (found[-1].replace(day=28) + _WEEK).replace(day=1)) <= until:
        found.append(later)
    return found
