"""A customer of whom everything is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account, Told
from sabai.desk.scoring.story import Story, packed
from tests.desk.accounts.stories import NAMES, rich

Open = Callable[..., str]


def known(customer: Callable[..., Account], story: Story, **more: object) -> Account:
    account = customer(**{
        "name": NAMES["latin"][0], "segment": "Enterprise", "country": "Germany", "stage": "renewal",
        "started_on": date(2024, 9, 2), "band": "healthy", "own_band": "healthy", "score": 61.3, "coverage": 0.94,
        "change_week": -3.4, "change_quarter": 2.35, "live_score": 58.9, "revenue_minor": 1_250_000,
        "renews_on": date(2026, 8, 10), "overdue_minor": 777_700, "last_touch_on": date(2026, 6, 17),
        "last_seen_on": date(2026, 6, 28),
    } | more)  # fmt: skip
    Told.objects.filter(account=account).update(packed=packed(story))
    return Account.of(account.workspace).get(pk=account.pk)


@pytest.fixture
def nordlicht(customer: Callable[..., Account]) -> Account:
    return known(customer, rich())


@pytest.fixture
def opened(sign_in: Callable[[Membership], Client]) -> Open:
    """The page of an account as somebody sees it: its markup."""

    def page(member: Membership, account: Account, query: str = "", **headers: str) -> str:
        address = reverse("accounts:account", args=(account.workspace.slug, account.pk))
        answer = sign_in(member).get(address + query, headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return page
