"""Reading surveys, their versions, and how they fare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from sabai.desk.asking.models import Ask
from sabai.desk.people.models import Workspace
from sabai.desk.responses.models import Response
from sabai.desk.surveys.form import Form, read
from sabai.desk.surveys.models import Survey, Version


@dataclass(frozen=True, slots=True)
class Fared:
    """`asked`: invitations sent; `answered`: those that came back; `scores`: score -> how many, of all answers; `last`:
    when somebody was asked or answered last, None where nobody was."""

    asked: int = 0
    answered: int = 0
    scores: Mapping[int, int] = field(default_factory=dict)
    last: datetime | None = None

    @property
    def rate(self) -> float | None:
        """Unknown as long as nobody was asked."""
        return self.answered / self.asked if self.asked else None

    @property
    def scored(self) -> int:
        return sum(self.scores.values())


def running(workspace: Workspace) -> list[Survey]:
    """The surveys that ask now, each with its workspace."""
    return list(Survey.of(workspace).filter(state="running").select_related("workspace").order_by("pk"))


def listed(workspace: Workspace) -> QuerySet[Survey]:
    """All of them, the newest first."""
    return Survey.of(workspace).select_related("created_by").order_by("-pk")


def published(survey: Survey) -> Version:
    """Its newest published version; Version.DoesNotExist where none was."""
    return Version.of(survey.workspace).filter(survey=survey, published_at__isnull=False).latest("number")


def newest(survey: Survey) -> Version:
    """The one that is being worked on, or else the one that is asked."""
    return Version.of(survey.workspace).filter(survey=survey).latest("number")


def versions(survey: Survey) -> QuerySet[Version]:
    """With who made them, the newest first."""
    return Version.of(survey.workspace).filter(survey=survey).select_related("by").order_by("-number")


def form_of(version: Version) -> Form:
    return read(version.form)


def fared(workspace: Workspace, surveys: Iterable[Survey]) -> Mapping[int, Fared]:
    """How each survey fares, by its primary key, in two queries."""
    keys = [survey.pk for survey in surveys]
    asks = Ask.of(workspace).filter(survey__in=keys, sent_at__isnull=False).order_by().values("survey_id")
    asked = {row["survey_id"]: row for row in asks.annotate(asked=Count("pk"), last=Max("sent_at"))}
    responses = Response.of(workspace).filter(survey__in=keys, suspicion="").order_by().values("survey_id", "score")
    answered: dict[int, int] = dict.fromkeys(keys, 0)
    scores: dict[int, dict[int, int]] = {key: {} for key in keys}
    moments: dict[int, list[datetime]] = {key: [asked[key]["last"]] if key in asked else [] for key in keys}
    of_ask = Count("pk", filter=Q(ask__isnull=False))
    for row in responses.annotate(all=Count("pk"), of_ask=of_ask, last=Max("answered_at")):
        answered[row["survey_id"]] += row["of_ask"]
        moments[row["survey_id"]].append(row["last"])
        if row["score"] is not None:
            scores[row["survey_id"]][row["score"]] = row["all"]
    counts = {key: asked[key]["asked"] if key in asked else 0 for key in keys}
    return {key: Fared(counts[key], answered[key], scores[key], max(moments[key], default=None)) for key in keys}


def first_kinds(workspace: Workspace, surveys: Iterable[Survey]) -> Mapping[int, str]:
    """The kind of the first question of each, which says how its scores are read; "" where there is none."""
    last = Version.of(workspace).filter(survey__in=[survey.pk for survey in surveys]).order_by()
    numbers = dict(last.values("survey_id").annotate(number=Max("number")).values_list("survey_id", "number"))
    found = Version.of(workspace).filter(
        Q(*(Q(survey_id=key, number=number) for key, number in numbers.items()), _connector=Q.OR)
    )
    kinds = {version.survey_id: version.form["questions"] for version in found} if numbers else {}
    return {key: questions[0]["kind"] if questions else "" for key, questions in kinds.items()}
