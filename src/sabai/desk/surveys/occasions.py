"""What makes us ask: whose turn it is, or what happened to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from sabai.desk.scoring.models import Contact
from sabai.desk.surveys.audience import sought
from sabai.desk.surveys.models import Happening, Survey
from sabai.desk.surveys.turns import rounds, turn

STALE_DAYS = 14  # what was noticed so long after it happened is asked about no more


class Due(NamedTuple):
    """A contact who is to be asked, and about what: "ticket:T-81", "round:2026-11-02"."""

    contact: int
    occasion: str


def due(survey: Survey, today: date, since: date | None = None) -> Iterator[Due]:
    """Whom a survey asks on the days after `since` (yesterday, where it is not given) up to `today`.

    All of them are in the audience of today. Whether somebody rests is not looked at; a contact is due on an occasion
    once. Of a survey that asks once nobody is due: its one wave is planned when it begins.
    """
    since = today - timedelta(days=1) if since is None else since
    begun = begun_on(survey)
    if survey.occasion == "once" or begun is None or since >= today:
        return iter(())
    if survey.occasion == "recurring":
        return _turns(survey, begun, since, today)
    if survey.occasion == "renewal" and survey.delay_days < 0:
        return _renewing(survey, begun, since, today)
    return _happened(survey, begun, since, today)


def begun_on(survey: Survey) -> date | None:
    """The day on which it began, where the workspace is."""
    zone = ZoneInfo(survey.workspace.time_zone)
    return survey.begun_at.astimezone(zone).date() if survey.begun_at else None


def _turns(survey: Survey, begun: date, since: date, today: date) -> Iterator[Due]:
    found = list(rounds(begun, survey.every_days, since, today))
    for contact, person in sought(survey, today).values_list("pk", "person").iterator(5_000):
        place = turn(survey.key, person, survey.every_days)
        for first, which in found:
            if place in which:
                yield Due(contact, f"round:{first.isoformat()}")


def _renewing(survey: Survey, begun: date, since: date, today: date) -> Iterator[Due]:
    """Renewals that are so many days ahead."""
    ahead = timedelta(days=-survey.delay_days)
    days = Q(
        account__renews_on__gt=max(since, begun - timedelta(days=1)) + ahead, account__renews_on__lte=today + ahead
    )
    rows = sought(survey, today).filter(days).values_list("pk", "account_id", "account__renews_on")
    for contact, account, renews_on in rows.iterator(5_000):
        yield Due(contact, renewal(account, renews_on))


def renewal(account: int, renews_on: date | None) -> str:
    """What an ask about a renewal is about."""
    assert renews_on
    return f"renewal:{account}:{renews_on.isoformat()}"


def _happened(survey: Survey, begun: date, since: date, today: date) -> Iterator[Due]:
    """Whom the happenings are about, so many days after them, and never before the day after they were noticed: so a
    day has all that is due on it when it begins, whenever somebody looks."""
    delay = timedelta(days=max(survey.delay_days, 0))
    not_yet = Q(on__gt=since - delay) | Q(noticed_on__gte=since)
    fresh = Q(on__gte=begun, noticed_on__lte=F("on") + timedelta(days=STALE_DAYS))
    kind = Happening.of(survey.workspace).filter(kind=survey.occasion)
    due_by_now = kind.filter(fresh, not_yet, on__lte=today - delay, noticed_on__lt=today)
    return _about(due_by_now, sought(survey, today))


def _about(happenings: QuerySet[Happening], audience: QuerySet[Contact]) -> Iterator[Due]:
    """The contact that a happening names; where it is about a customer or about all, everybody of the audience there.

    A ticket of nobody asks nobody: whoever did not write it cannot say how it was answered.
    """
    of_contact = happenings.exclude(contact=None).values_list("contact_id", "key")
    yield from _joined(of_contact, audience.filter(pk__in=of_contact.values("contact")).values_list("pk", "pk"))
    of_account = (
        happenings.filter(contact=None).exclude(account=None).exclude(kind="ticket").values_list("account_id", "key")
    )
    there = audience.filter(account__in=of_account.values("account"))
    yield from _joined(of_account, there.values_list("account_id", "pk"))
    for key in happenings.filter(account=None).values_list("key", flat=True):
        for (everybody,) in audience.values_list("pk").iterator(5_000):
            yield Due(everybody, key)


def _joined(keys: Iterable[tuple[int | None, str]], contacts: Iterable[tuple[int, int]]) -> Iterator[Due]:
    of: dict[int | None, list[int]] = defaultdict(list)
    for place, contact in contacts:
        of[place].append(contact)
    for where, key in keys:
        for contact in of[where]:
            yield Due(contact, key)
