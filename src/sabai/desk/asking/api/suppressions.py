"""Addresses that are not to be asked, from whoever hears of them first: a mail provider, a shop, a help desk."""

from __future__ import annotations

from typing import Any, Literal

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from sabai.desk.asking.actions.suppress import suppress
from sabai.desk.asking.seen import with_address
from sabai.desk.intake.api.bearer import Bearer, token_of
from sabai.desk.intake.api.said import Problem

router = Router(tags=["Suppressions"], auth=Bearer("suppressions"))
PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 422, 503), Problem)
MOST = 500


class Never(Schema):
    """An address, and why nobody is to be asked there: mails came back, or they said so."""

    email: str = Field(min_length=3, max_length=320, pattern="^[^\\x00\\s]+@[^\\x00\\s]+$")
    why: Literal["bounced", "opted out"]


class Brought(Schema):
    suppressions: list[Never] = Field(max_length=MOST)


class Kept(Schema):
    """How many addresses are not asked, of those that were brought."""

    kept: int


@router.post("/suppressions", response={200: Kept, **PROBLEMS}, summary="Addresses that are never to be asked")
def bring(request: HttpRequest, brought: Brought) -> dict[str, int]:
    """Keeps a digest of each address; the same again changes nothing. Nobody is taken off the list here."""
    token = token_of(request)
    with transaction.atomic():
        persons = {
            suppress(token.workspace, with_address(token.workspace, each.email), each.why, token.created_by).person
            for each in brought.suppressions
        }
    return {"kept": len(persons)}
