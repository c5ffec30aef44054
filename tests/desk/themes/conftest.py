"""Texts of Aiko's customers, read or to be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.themes.actions.read import digest, mention
from sabai.desk.themes.models import Reading

Customer = Callable[..., Account]
Said = Callable[..., Reading]


@pytest.fixture
def account(ben: Membership, customer: Customer) -> Account:
    return customer("Baan Coffee", owner=ben.user, band="at_risk", score=41.0, revenue_minor=90_000, segment="small")


@pytest.fixture
def said(workspace: Workspace, account: Account) -> Said:
    """One more reading, of Baan Coffee yesterday unless something else is said."""
    number = 0

    def made(text: str, sentiment: str = "negative", *themes: str, **known: object) -> Reading:
        nonlocal number
        number += 1
        told = {
            "kind": "response", "key": f"surveys:R{number}", "account": account,
            "at": timezone.now() - timedelta(days=1), "language": "en", "chance": 0.9,
        }  # fmt: skip
        told |= {"workspace": workspace, "text": text, "digest": digest(text), "sentiment": sentiment} | known
        row = Reading.everywhere.create(themes=list(themes), **told)
        mention(workspace, [row])
        return row

    return made
