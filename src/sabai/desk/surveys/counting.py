"""How many an audience has, and how they are spread: a few queries, however many contacts there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from sabai.desk.asking.models import Ask, Suppression
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Contact
from sabai.health.scores import BANDS

TENURES = (90, 365, 1095)  # days at which a customer passes from one part of the picture to the next
UNKNOWN = len(TENURES) + 1
MOST_ROLES = 40
CHOICES_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Counted:
    """Of the contacts in an audience: `people` counts one person once; `resting` were asked lately; `spread` has
    (tenure, stage, band, contacts), where tenure is a place in TENURES or UNKNOWN."""

    contacts: int
    people: int
    reachable: int
    resting: int
    out: int
    spread: Sequence[tuple[int, str, str, int]]

    @property
    def can_be_asked(self) -> int:
        """People who have an address, do not rest and have not opted out."""
        return max(self.reachable - self.resting - self.out, 0)

    def by(self, which: int) -> list[tuple[Any, int]]:
        """Contacts by tenure (0), stage (1) or band (2)."""
        counts: Counter[Any] = Counter()
        for row in self.spread:
            counts[row[which]] += row[3]
        order: Callable[[Any], Any] = BANDS.index if which == 2 else lambda value: value
        return sorted(counts.items(), key=lambda pair: order(pair[0]))


def counted(workspace: Workspace, found: QuerySet[Contact], today: date) -> Counted:
    """`found` are the contacts of an audience (`audience.fitting`)."""
    found = found.order_by()
    addressed = Q(email__gt="")
    sums = found.aggregate(
        people=Count("person", distinct=True), silent=Count("person", distinct=True, filter=Q(email=""))
    )
    resting = Ask.of(workspace).filter(rests_until__gt=today).values("person")
    out = Suppression.of(workspace).values("person")
    spread = found.annotate(tenure=_tenure(today)).values_list("tenure", "account__stage", "account__band")
    parts = [(tenure, stage, band, n) for tenure, stage, band, n in spread.annotate(n=Count("pk"))]
    return Counted(
        contacts=sum(n for *_, n in parts),
        people=sums["people"],
        reachable=sums["people"] - sums["silent"],  # who has an address is known by it alone: nobody is both
        resting=_people(found.filter(addressed, person__in=resting).exclude(person__in=out)),
        out=_people(found.filter(addressed, person__in=out)),
        spread=parts,
    )


def roles(workspace: Workspace) -> list[str]:
    """What contacts are called most often; kept for a minute."""
    key = f"survey-roles-{workspace.pk}"
    kept: list[str] | None = cache.get(key)
    if kept is None:
        counts = Contact.of(workspace).exclude(role="").order_by().values("role").annotate(n=Count("pk"))
        kept = sorted(row["role"] for row in counts.order_by("-n")[:MOST_ROLES])
        cache.set(key, kept, CHOICES_SECONDS)
    return kept


def _people(found: QuerySet[Contact]) -> int:
    return int(found.aggregate(people=Count("person", distinct=True))["people"])


def _tenure(today: date) -> Case:
    since = [today - timedelta(days=days) for days in TENURES]
    parts = [When(account__started_on__gt=day, then=Value(place)) for place, day in enumerate(since)]
    unknown = When(account__started_on=None, then=Value(UNKNOWN))
    return Case(unknown, *parts, default=Value(len(TENURES)), output_field=IntegerField())
