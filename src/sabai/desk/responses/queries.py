"""Reading answers: lists of them, one with its story, and what a survey has brought so far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from sabai.desk.asking.models import Ask
from sabai.desk.people.models import Workspace
from sabai.desk.responses.models import Response
from sabai.desk.responses.voiced import voiced
from sabai.desk.responses.wanted import Wanted
from sabai.desk.surveys.models import Survey, Version

CHOICES_SECONDS = 60


def matching(workspace: Workspace, wanted: Wanted) -> QuerySet[Response]:
    """What a list shows, in no order; clicks of which nobody knows whether a person made them only when asked for."""
    found = Response.of(workspace)
    plain = {"survey": wanted.survey, "mood": wanted.mood, "account": wanted.account, "language": wanted.language}
    found = found.filter(**{name: value for name, value in plain.items() if value})
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.doubt == "counted":
        found = found.filter(counted=True)
    else:
        found = found.filter(suspicion=wanted.doubt) if wanted.doubt else found.exclude(suspicion="machine")
    if wanted.days:
        found = found.filter(answered_at__gte=timezone.now() - timedelta(days=wanted.days))
    for word in wanted.q.split():
        found = found.filter(comment__icontains=word)
    found = voiced(found, workspace.pk, wanted.theme, wanted.feeling)
    return found.exclude(comment="") if wanted.said else found


def newest_first(found: QuerySet[Response]) -> QuerySet[Response]:
    return found.select_related("survey", "account", "contact").defer("given").order_by("-answered_at", "-pk")


def keys(found: QuerySet[Response]) -> QuerySet[Response, int]:
    """The newest first, as an index knows them without their rows."""
    return found.order_by("-answered_at", "-pk").values_list("pk", flat=True)


def rows(shown: Iterable[int]) -> list[Response]:
    """The few of one page, in that order."""
    wanted = list(shown)
    by_key = Response.everywhere.select_related("survey", "account", "contact").defer("given").in_bulk(wanted)
    return [by_key[key] for key in wanted if key in by_key]


def surveys_of(workspace: Workspace) -> list[tuple[int, str]]:
    """Surveys that anybody could have answered, by name."""
    return list(Survey.of(workspace).exclude(state="draft").order_by("name", "pk").values_list("pk", "name"))


def languages_in(workspace: Workspace) -> list[str]:
    """In which there are answers. Kept for a minute."""
    key = f"responses-languages-{workspace.pk}"
    kept: list[str] | None = cache.get(key)
    if kept is None:
        found = Response.of(workspace).exclude(language="").order_by("language").values_list("language", flat=True)
        cache.set(key, kept := list(found.distinct()), CHOICES_SECONDS)
    return kept


def doubted(workspace: Workspace) -> int:
    """How many wait for somebody to look at them; clicks alone do not."""
    waiting = Q(suspicion__in=("forwarded", "again")) | Q(state="late", suspicion="")
    return Response.of(workspace).filter(waiting, accepted_at=None).exclude(given={}).count()


def beside(response: Response) -> list[Response]:
    """Other answers to the same ask."""
    first = response.beside_id or response.pk
    others = Response.of(response.workspace).filter(Q(pk=first) | Q(beside=first)).exclude(pk=response.pk)
    return list(others.order_by("pk"))


def counted(survey: Survey) -> QuerySet[Response]:
    """The answers that are among the numbers. IN, because SQLite finds nothing in an index by a bare truth."""
    return Response.of(survey.workspace).filter(survey=survey, counted__in=(True,)).order_by()


def left_out(survey: Survey) -> dict[tuple[str, str], int]:
    """(state, suspicion) -> how many are not counted."""
    found = Response.of(survey.workspace).filter(survey=survey, counted__in=(False,)).order_by()
    return {(state, why): n for state, why, n in found.values_list("state", "suspicion").annotate(Count("pk"))}


def sent(survey: Survey) -> int:
    """To how many people it went."""
    return Ask.of(survey.workspace).filter(survey=survey, state="sent").count()


def replied(survey: Survey) -> int:
    """How many of them answered anything that counts."""
    return counted(survey).filter(ask__isnull=False).count()


def versions_of(survey: Survey) -> list[Version]:
    """The published ones, the newest first."""
    published = Version.of(survey.workspace).filter(survey=survey, published_at__isnull=False)
    return list(published.order_by("-number"))
