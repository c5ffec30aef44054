"""Who a request is about, as far as the facts and the desk know."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.desk.intake.models import Known
from sabai.desk.keeping.models import Request
from sabai.desk.keeping.person.whom import Whom
from sabai.desk.scoring import door
from sabai.desk.scoring.models import Account

NAMES = ("accounts", "contacts", "emails", "names", "tools")


def whom_of(request: Request) -> Whom:
    """All their names, which the request keeps from now on: after the first step nobody could find them again."""
    if not request.known:
        told = {name: set(each) for name, each in door.person(request.workspace, request.kind, request.value).items()}
        for name, value in _at_the_desk(request, told["accounts"], told["contacts"]):
            told[name].add(value)
        request.known = {name: sorted(each) for name, each in told.items()}
        request.save(update_fields=["known"])
    return Whom(request.kind, request.value, **{name: tuple(request.known[name]) for name in NAMES})


def _at_the_desk(request: Request, accounts: set[str], contacts: set[str]) -> Iterator[tuple[str, str]]:
    """What the store need not know yet."""
    for account in Account.of(request.workspace).filter(account_id__in=accounts).exclude(name=""):
        yield "names", account.name
    for known in Known.of(request.workspace).filter(kind="contacts", key__in=contacts):
        for name, column in (("names", "name"), ("emails", "email")):
            if value := known.row.get(column):
                yield name, str(value)
