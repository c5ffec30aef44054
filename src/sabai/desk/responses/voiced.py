"""Answers by what their comments are about and how they were meant, as the readings of the themes have it."""

from __future__ import annotations

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from sabai.desk.responses.models import Response
from sabai.desk.themes.models import Reading

_OF_AN_ASK = Concat(Value("desk-ask-"), Cast(OuterRef("ask_id"), CharField()))
_OF_ITSELF = Concat(Value("desk-"), Cast(OuterRef("pk"), CharField()))


def voiced(found: QuerySet[Response], workspace_id: int, theme: str, feeling: str) -> QuerySet[Response]:
    """Those whose comment speaks of the theme and was meant so; "" asks for any. A reading is known by the id of the
    fact that the answer becomes (`facts.id_of`)."""
    if not (theme or feeling):
        return found
    said = Reading.everywhere.filter(workspace=workspace_id, kind="response")
    if feeling:
        said = said.filter(sentiment=feeling)
    if theme:
        said = said.filter(mentions__theme=theme)
    asked = Q(ask__isnull=False) & Exists(said.filter(key=_OF_AN_ASK))
    return found.filter(asked | Q(ask__isnull=True) & Exists(said.filter(key=_OF_ITSELF)))
