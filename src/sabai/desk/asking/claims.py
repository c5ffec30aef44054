"""Which mails go next: taken in one transaction, and durable before a mail server hears of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from sabai.desk.asking.models import Ask, Suppression
from sabai.desk.asking.queries import answered
from sabai.desk.asking.quiet import waking, zone_of
from sabai.desk.asking.rules import reachable
from sabai.desk.people.models import Workspace

AT_ONCE = 10
"""Mails between two transactions: so many may be unsure after a process was killed."""


@dataclass(frozen=True, slots=True)
class Errand:
    ask: Ask
    reminder: bool


def claimed(workspace: Workspace, now: datetime) -> list[Errand]:
    """The next few mails, which are ours from now on; empty where nothing is due. Stands in a transaction.

    On the way whoever may not be written to any more is stopped, and whoever sleeps is put off.
    """
    for waiting, reminder in ((planned(workspace, now), False), (to_remind(workspace, now), True)):
        while some := list(waiting.select_related("contact", "version", "survey__workspace")[:AT_ONCE]):
            suppressed = _suppressed(workspace, some)
            taken = _taken([ask for ask in some if _may(ask, now, suppressed)], now, reminder)
            if taken:
                return [Errand(ask, reminder) for ask in taken]
    return []


def is_due(workspace: Workspace, now: datetime) -> bool:
    return planned(workspace, now).exists() or to_remind(workspace, now).exists()


def planned(workspace: Workspace, now: datetime) -> QuerySet[Ask]:
    return _going(workspace).filter(state="planned", send_after__lte=now).order_by("send_after", "pk")


def to_remind(workspace: Workspace, now: datetime) -> QuerySet[Ask]:
    """Those who have not answered."""
    return _going(workspace).filter(
        ~answered(), state="sent", reminded_at=None, remind_after__lte=now, closes_at__gt=now
    ).order_by("remind_after", "pk")  # fmt: skip


def tidied(workspace: Workspace, now: datetime) -> None:
    """What a process left that died, and what a survey left that was closed. Only who sends alone may say so."""
    of = Ask.of(workspace)
    of.filter(state="sending").update(state="unsure")
    of.filter(state="planned", survey__state="closed").update(state="stopped", problem="closed")
    over = answered() | Q(closes_at__lte=now)
    of.filter(over, state="sent", reminded_at=None, remind_after__lte=now).update(remind_after=None)


def _going(workspace: Workspace) -> QuerySet[Ask]:
    """A pause or a stop counts at once."""
    return Ask.of(workspace).filter(Q(wave=None) | Q(wave__stopped_at=None), survey__state="running", channel="mail")


def _suppressed(workspace: Workspace, asks: list[Ask]) -> dict[str, str]:
    persons = {ask.person for ask in asks}
    return dict(Suppression.of(workspace).filter(person__in=persons).values_list("person", "why"))


def _may(ask: Ask, now: datetime, suppressed: dict[str, str]) -> bool:
    """Whether it is sent now; where not, the row says when or why."""
    if why := next(_hindered(ask, suppressed), ""):
        _stop(ask, why)
        return False
    survey, contact = ask.survey, ask.contact
    assert contact is not None
    zone = zone_of(contact.time_zone, survey.workspace.time_zone)
    wakes = waking(now, zone, survey.quiet_from, survey.quiet_until)
    if wakes > now:
        name = "remind_after" if ask.state == "sent" else "send_after"
        Ask.everywhere.filter(pk=ask.pk).update(**{name: wakes})
    return wakes <= now


def _hindered(ask: Ask, suppressed: dict[str, str]) -> Iterator[str]:
    if ask.contact is None:
        yield "erased"
    elif not reachable(ask.contact.email):
        yield "no address"
    if ask.person in suppressed:
        yield suppressed[ask.person]


def _stop(ask: Ask, why: str) -> None:
    """A first mail is stopped; of a reminder only itself."""
    row = Ask.everywhere.filter(pk=ask.pk)
    if ask.state == "sent":
        row.update(remind_after=None)
    else:
        row.update(state="stopped", problem=why)


def _taken(asks: list[Ask], now: datetime, reminder: bool) -> list[Ask]:
    """Those of which we are the one who takes them."""
    rows = Ask.everywhere.filter(pk__in=[ask.pk for ask in asks])
    if reminder:
        rows.filter(state="sent", reminded_at=None).update(reminded_at=now)
        return asks
    for ask in asks:
        if (late := ask.survey.workspace.day_of(now) - ask.asked_on) > timedelta():
            _move(ask, late)
    rows.filter(state="planned").update(state="sending")
    ours = set(rows.filter(state="sending").values_list("pk", flat=True))
    return [ask for ask in asks if ask.pk in ours]


def _move(ask: Ask, late: timedelta) -> None:
    """Whoever is asked later than was planned rests from then; whom others have asked by now is not asked."""
    row = Ask.everywhere.filter(pk=ask.pk, state="planned")
    try:
        with transaction.atomic():
            moved = row.update(asked_on=ask.asked_on + late, rests_until=ask.rests_until + late)
    except IntegrityError:  # so says PostgreSQL; SQLite leaves the row as it is
        moved = 0
    if not moved:
        row.update(state="stopped", problem="asked lately")
