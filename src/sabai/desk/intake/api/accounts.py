"""Customers and their scores, for programs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router

from sabai.desk.intake import refusals
from sabai.desk.intake.api.bearer import Bearer, workspace_of
from sabai.desk.intake.api.said import Accounts, AccountWhole, Problem, WhichAccounts
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.story import Line, unpacked

router = Router(tags=["Accounts"], auth=Bearer("scores"))
PROBLEMS: dict[int, Any] = dict.fromkeys((401, 422, 503), Problem)


@router.get("/accounts", response={200: Accounts, **PROBLEMS}, summary="All accounts")
def accounts(request: HttpRequest, which: Query[WhichAccounts]) -> dict[str, Any]:
    """By id, a page at a time."""
    rows = _of(request).order_by("account_id").filter(account_id__gt=which.after)
    page = list((rows.filter(band=which.band) if which.band else rows)[: which.limit + 1])
    shown = page[: which.limit]
    more = shown[-1].account_id if len(page) > len(shown) else None
    return {"accounts": [_short(row) for row in shown], "next": more}


@router.get(
    "/accounts/{path:account_id}",
    response={200: AccountWhole, **PROBLEMS, 404: Problem},
    summary="One account, with its score as an addition",
)
def account(request: HttpRequest, account_id: str) -> dict[str, Any]:
    found = None if "\0" in account_id else _of(request).select_related("told").filter(account_id=account_id).first()
    if found is None:
        raise refusals.not_here("account")
    told = getattr(found, "told", None)
    lines = unpacked(bytes(told.packed)).lines if told else ()
    return _short(found) | {"lines": [_line(line) for line in lines]}


def _of(request: HttpRequest) -> QuerySet[Account]:
    return Account.of(workspace_of(request)).select_related("owner")


def _short(row: Account) -> dict[str, Any]:
    names = ("name", "band", "score", "coverage", "as_of", "live_score", "revenue_minor", "renews_on", "here")
    owner = row.owner.email if row.owner else row.owner_name or None
    return {name: getattr(row, name) for name in names} | {"id": row.account_id, "owner": owner}


def _line(line: Line) -> dict[str, Any]:
    names = ("kind", "name", "dimension", "contribution", "value", "points", "weight")
    return {name: getattr(line, name) for name in names}
