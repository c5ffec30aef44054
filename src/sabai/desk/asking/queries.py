"""Reading: who is in sight of a wave, and what is known of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path

from django.db.models import Case, CharField, Exists, Max, OuterRef, QuerySet, Value, When

from sabai.desk.asking.models import NEVER_SENT, Ask, Suppression, Wave
from sabai.desk.asking.rules import Candidate, Known, Sorted, sorted_out
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.models import Contact
from sabai.desk.surveys.audience import audience_of, conditions, is_of_gone
from sabai.desk.surveys.models import REST_DAYS, Survey

AT_ONCE = 500
LOOKS_BACK_DAYS = 14  # over days on which nothing was planned: the desk may have stood still
SEEN = ("pk", "account_id", "person", "email", "language", "time_zone", "decides", "reason")


def candidates(survey: Survey, today: date) -> list[Candidate]:
    """Every contact for a survey that asks once, with why it is not for them; of others those whose turn it is."""
    if survey.occasion == "once":
        return list(_seen(survey, today, Contact.of(survey.workspace)))
    occasions = _occasions(survey, today)
    return [
        candidate._replace(occasion=occasions[candidate.contact])
        for some in _some(occasions, AT_ONCE)
        for candidate in _seen(survey, today, Contact.of(survey.workspace).filter(pk__in=some))
    ]


def _occasions(survey: Survey, today: date) -> dict[int, str]:
    """Contact -> what they are asked about: the first of what came up since the last wave."""
    from sabai.desk.surveys.occasions import due

    last = Wave.of(survey.workspace).filter(survey=survey).aggregate(at=Max("planned_at"))["at"]
    since = today - timedelta(days=LOOKS_BACK_DAYS)
    if last:
        since = max(since, survey.workspace.day_of(last))
    found: dict[int, str] = {}
    for contact, occasion in due(survey, today, since):
        found.setdefault(contact, occasion)
    return found


def _some(keys: Iterable[int], most: int) -> Iterator[list[int]]:
    rest = iter(keys)
    while some := list(islice(rest, most)):
        yield some


def _seen(survey: Survey, today: date, contacts: QuerySet[Contact]) -> Iterator[Candidate]:
    whens = conditions(audience_of(survey), today, gone=is_of_gone(survey))
    reason = Case(
        *(When(~holds, then=Value(reason)) for reason, holds in whens.items()),
        default=Value(""),
        output_field=CharField(),
    )
    rows = contacts.annotate(reason=reason).values_list(*SEEN)
    return (Candidate(*row) for row in rows.iterator(5_000))


def known(survey: Survey, on: date) -> Known:
    """What is known of persons who would be asked on that day."""
    workspace, rest = survey.workspace, timedelta(days=max(survey.rest_days, REST_DAYS))
    sent = Ask.of(workspace).exclude(state__in=NEVER_SENT)
    return Known(
        suppressed=dict(Suppression.of(workspace).values_list("person", "why")),
        resting=_resting(workspace, on, rest),
        asked=frozenset(sent.filter(survey=survey).values_list("person", "occasion")),
        answered=_answered(survey, on - rest),
    )


def _resting(workspace: Workspace, on: date, rest: timedelta) -> dict[str, date]:
    """Until when: as long as the survey that asked them said, and as long as this one says."""
    sent = Ask.of(workspace).exclude(state__in=NEVER_SENT).filter(asked_on__lt=on + rest)
    lately = sent.filter(rests_until__gt=on) | sent.filter(asked_on__gt=on - rest)
    last = lately.values("person").annotate(rests=Max("rests_until"), asked=Max("asked_on"))
    return {row["person"]: max(row["rests"], row["asked"] + rest) for row in last.iterator(5_000)}


def answered() -> Exists:
    """Whether an ask has been answered; what a machine opened is no answer."""
    from sabai.desk.responses.models import Response

    return Exists(Response.everywhere.filter(ask=OuterRef("pk")).exclude(suspicion="machine"))


def _answered(survey: Survey, since: date) -> frozenset[str]:
    from sabai.desk.responses.models import Response

    theirs = Response.of(survey.workspace).filter(survey=survey, contact__isnull=False).exclude(suspicion="machine")
    if survey.occasion != "once":
        theirs = theirs.filter(answered_at__date__gt=since)
    return frozenset(theirs.values_list("contact__person", flat=True))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a wave planned now would be; `rests_until` is the first day on which one of those who rest may be asked."""

    audience: int
    asked: int
    reasons: Counter[str]
    rests_until: date | None


def sort_out(survey: Survey, at: datetime, seed: int) -> Sorted:
    """Who would be asked and who not, without asking them."""
    today = survey.workspace.day_of(at)
    return sorted_out(candidates(survey, today), known(survey, today), survey.sample, seed)


def foreseen(survey: Survey, at: datetime) -> Foreseen:
    found = sort_out(survey, at, seed=0)
    rests = [refused.until for refused in found.refused if refused.until]
    reasons = Counter(refused.reason for refused in found.refused)
    return Foreseen(found.audience, len(found.drawn), reasons, min(rests, default=None))


def was_planned(survey: Survey, day: date) -> bool:
    """Whether a wave of it was planned on that day."""
    last = Wave.of(survey.workspace).filter(survey=survey).aggregate(at=Max("planned_at"))["at"]
    return bool(last) and survey.workspace.day_of(last) >= day


def place_of(workspace: Workspace) -> Path:
    """The folder whose lock says who sends."""
    return Company.of(workspace).folder / ".asking"
