"""One list as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from sabai.desk.people.models import Membership
from sabai.desk.portfolio.columns import COLUMNS, SORTS, USUAL, Column
from sabai.desk.portfolio.queries import Standing, as_of_in, in_order, matching, rows, standings, standings_before
from sabai.desk.portfolio.wanted import Wanted
from sabai.desk.scoring.models import Account


@dataclass(frozen=True, slots=True)
class Listed:
    """`standings` are of all bands, whatever bands are chosen; `before` is known only where nothing else is chosen."""

    wanted: Wanted
    as_of: date
    columns: list[Column]
    page: Page[Account]
    standings: dict[str, Standing]
    before: dict[str, Standing] | None


class Counted(Paginator):  # type: ignore[type-arg]
    """Pages of a list whose length is known already."""

    def __init__(self, accounts: QuerySet[Account], size: int, count: int) -> None:
        super().__init__(accounts, size)
        self.count = count

    def _get_page(self, accounts: QuerySet[Account], number: int, paginator: Paginator[Account]) -> Page[Account]:
        return Page(rows(accounts), number, paginator)


def allowed(member: Membership, wanted: Wanted) -> Wanted:
    """Without what this reader's role must not know: no column, no filter and no order tells it."""
    hidden = {key for key, column in SORTS.items() if not member.may(column.needs)}
    shown = tuple(key for key in wanted.column if key not in hidden)
    sort = wanted.sort if wanted.sort.removeprefix("-") not in hidden else "band"
    money = member.may("money")
    return replace(
        wanted, column=shown or USUAL[:1], sort=sort, overdue=wanted.overdue and money, paid=wanted.paid and money
    )


def listed(member: Membership, wanted: Wanted) -> Listed:
    as_of = as_of_in(member.workspace)
    all_bands = replace(wanted, band=())
    stands = standings(matching(member, all_bands, as_of))
    count = sum(stands[band].accounts for band in wanted.band or stands)
    accounts = in_order(matching(member, wanted, as_of), wanted.sort)
    return Listed(
        wanted=wanted,
        as_of=as_of,
        columns=columns_of(wanted),
        page=Counted(accounts, wanted.size, count).get_page(wanted.page),
        standings=stands,
        before=None if all_bands.filters else standings_before(member.workspace, as_of),
    )


def columns_of(wanted: Wanted) -> list[Column]:
    return [COLUMNS[key] for key in wanted.column]


def offered(member: Membership) -> list[Column]:
    """The columns that this reader may choose."""
    return [column for column in COLUMNS.values() if member.may(column.needs)]


def is_partial(request: Any) -> bool:
    """Whether only the list is asked for, and not the page around it."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request
