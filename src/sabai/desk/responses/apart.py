"""By what the answers to a survey can be told apart, and the answers with what they are told apart by."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import F, Max, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf

from sabai.desk.responses.measured import Answers, Whole
from sabai.desk.responses.models import Response
from sabai.desk.surveys.form import Kind

Name = TypeVar("Name", bound=Hashable)
_OWNER = Coalesce(NullIf(F("account__owner__name"), Value("")), F("account__owner_name"), Value(""))
BY: dict[str, Combinable] = {
    "segment": F("account__segment"),
    "country": F("account__country"),
    "stage": F("account__stage"),
    "owner": _OWNER,
    "product": F("account__product"),
    "language": F("language"),
    "channel": F("channel"),
}
"""What is known of whoever answered, of their company as it stands today."""


def known_of(found: QuerySet[Response]) -> list[str]:
    """Those of BY that are known of any."""
    last = found.aggregate(**{f"last_{name}": Max(value) for name, value in BY.items()})
    return [name for name in BY if last[f"last_{name}"]]


@dataclass(frozen=True, slots=True)
class Apart:
    """Answers told apart: each is of the group with that place in `names`, "" where nobody knows, and was given in that
    month, counted since the year 0. Arrays of shape (answers,)."""

    answers: Answers
    names: tuple[str, ...]
    group: Whole
    month: Whole


def answers_by(found: QuerySet[Response], by: str, kind: Kind, zone: ZoneInfo) -> Apart:
    """All of them, in one query; none where there is nothing that they could be told apart by."""
    rows = list(found.values_list("score", "account_id", "answered_at", BY[by])) if by else []
    score, account, at, name = zip(*rows, strict=True) if rows else ((), (), (), ())
    names, group = _numbered([each or "" for each in name])
    _, whose = _numbered([("", place) if key is None else ("account", key) for place, key in enumerate(account)])
    days = (each.astimezone(zone) for each in at)
    month = np.fromiter((day.year * 12 + day.month - 1 for day in days), dtype=np.int64, count=len(rows))
    return Apart(Answers(kind, np.array(score, dtype=np.int64), whose), tuple(names), group, month)


def _numbered(of: list[Name]) -> tuple[list[Name], Whole]:
    """Each name once, and its place there for each that was given."""
    places = {name: place for place, name in enumerate(dict.fromkeys(of))}
    return list(places), np.array([places[name] for name in of], dtype=np.int64)
