"""The same task for many customers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.actions.create import create

MOST = 500  # more would be nobody's plan, and a slow answer


@transaction.atomic
def ask(by: Membership, accounts: Sequence[Account], *, title: str, due_on: date | None, key: str) -> int:
    """A task for whoever owns each account, or else for who asks; how many are new. The same key again adds none."""
    made = [
        create(
            by.workspace,
            title=title,
            key=f"list:{key}:{account.pk}",
            origin="person",
            account=account,
            assigned=account.owner or by.user,
            due_on=due_on,
            by=by.user,
        )
        for account in accounts
    ]
    return sum(new for _, new in made)
