"""Rows of the fact tables, for whoever has more to tell than messages can."""

from __future__ import annotations

from functools import partial
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from sabai.desk.intake.actions.once import Answer, once
from sabai.desk.intake.actions.receive import Brought
from sabai.desk.intake.api import described
from sabai.desk.intake.api.said import answer
from sabai.desk.intake.api.taking import admitted, sorted_out, taken
from sabai.desk.intake.keys import key_of, source_of
from sabai.desk.intake.reading import body_of
from sabai.desk.intake.rows import checked_row, split, table_of

router = Router(tags=["Facts"])


@router.post("/facts/{table}", summary="Rows of a table", response=described.RECEIVED, openapi_extra=described.FACTS)
def facts(request: HttpRequest, table: str) -> HttpResponse:
    """Takes what is good of up to 2,500 rows: a JSON array, or JSON lines; money counts minor units."""
    received, source = timezone.now(), source_of(key_of(request))
    known = table_of(table)
    body = body_of(request)

    def take() -> Answer:
        raws = split(body)
        admitted(source, len(raws))
        good, bad = sorted_out(raws, partial(checked_row, known, received=received))
        return 200, taken(Brought(source, received, good, bad, table=table))

    asked = blake2b(table.encode() + b"\0" + body).digest()
    key = request.headers.get("Idempotency-Key", "")
    status, told = once(source.workspace, f"source:{source.pk}", key, asked, take)
    return answer(told, status)
