"""What customers miss, for the next release: weighed by what those pay who ask, and by who left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from sabai.desk.people.models import Workspace
from sabai.desk.themes.counting import Who
from sabai.desk.themes.models import Mention, Reading
from sabai.desk.themes.wanted import Wanted

MISSING = "missing_feature"
ORDERS = ("revenue", "left", "texts")


@dataclass(frozen=True, slots=True)
class Feature:
    """`request` is as the tool of tickets names it; where none does, `theme` says what else the texts are about."""

    request: str
    theme: str
    texts: int
    who: Who
    quote: Reading


def features(workspace: Workspace, wanted: Wanted, order: str) -> list[Feature]:
    """Asked for in the period; the heaviest first, by `order`."""
    begins, ends = wanted.span(workspace)
    speak = Mention.of(workspace).filter(theme=MISSING, at__gte=begins, at__lt=ends)
    named = Q(pk__in=speak.values("reading")) | ~Q(request="")
    asked = Reading.of(workspace).filter(named, at__gte=begins, at__lt=ends)
    if wanted.kind:
        asked = asked.filter(kind=wanted.kind)
    if wanted.segment:
        asked = asked.filter(account__segment=wanted.segment)
    rows = asked.order_by("-at", "-pk").values_list(
        "pk", "request", "themes", "account_id", "account__here", "account__revenue_minor"
    )  # fmt: skip
    texts: dict[tuple[str, str], list[int]] = defaultdict(list)
    whose: dict[tuple[str, str], dict[int, tuple[bool, int | None]]] = defaultdict(dict)
    for key, request, about, account, here, revenue in rows.iterator():
        name = _name(request, about)
        texts[name].append(key)
        if account is not None:
            whose[name][account] = (here, revenue)
    quotes = Reading.of(workspace).select_related("account").in_bulk([keys[0] for keys in texts.values()])
    found = [
        Feature(*name, len(keys), _who(whose[name].values()), quotes[keys[0]]) for name, keys in texts.items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: _weight(each, order), reverse=True)


def _name(request: str, about: Sequence[str]) -> tuple[str, str]:
    if request:
        return request, ""
    return "", next((theme for theme in about if theme != MISSING), "")


def _who(customers: Iterable[tuple[bool, int | None]]) -> Who:
    who = Who()
    for here, revenue in customers:
        who.add(here, revenue)
    return who


def _weight(feature: Feature, order: str) -> tuple[int, int, int]:
    revenue, left, texts = feature.who.revenue_minor or 0, feature.who.left, feature.texts
    return {"revenue": (revenue, left, texts), "left": (left, revenue, texts), "texts": (texts, revenue, left)}[order]
