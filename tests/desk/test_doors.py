"""Every page of the desk: who may see it, and who must not know that it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sabai.desk.people.models import Membership
from sabai.desk.people.roles import ROLES, may
from sabai.desk.people.scoped import Unscoped
from sabai.desk.scoring.models import Account


def pages() -> Iterator[tuple[str, URLPattern]]:
    """Every address below a workspace, by its name."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and str(resolver.pattern).startswith("w/"):
            for pattern in resolver.url_patterns:
                assert isinstance(pattern, URLPattern)
                yield f"{resolver.app_name}:{pattern.name}", pattern


PAGES = dict(pages())


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_what_it_needs(name: str) -> None:
    assert getattr(PAGES[name].callback, "needs", None), f"{name} lacks @page"


@pytest.mark.parametrize("name", PAGES)
def test_chloe_sees_nothing(
    name: str, aiko: Membership, chloe: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    for answer in _asked(sign_in(chloe), name, aiko.workspace.slug):
        assert answer.status_code == 404
        assert aiko.workspace.name not in answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_strangers_are_asked_to_sign_in(name: str, aiko: Membership) -> None:
    for answer in _asked(Client(), name, aiko.workspace.slug):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", PAGES)
def test_a_role_may_or_may_not(
    name: str, member: Callable[[str], Membership], sign_in: Callable[[Membership], Client]
) -> None:
    needs = PAGES[name].callback.needs  # type: ignore[attr-defined]
    for role in ROLES:
        somebody = member(role)
        refused = [answer.status_code == 403 for answer in _asked(sign_in(somebody), name, somebody.workspace.slug)]
        assert refused == [not may(role, needs)] * 2, role


def test_rows_are_asked_for_by_workspace(aiko: Membership) -> None:
    with pytest.raises(Unscoped):
        Account.objects.all()
    assert Account.of(aiko.workspace).count() == 0


def _asked(client: Client, name: str, slug: str) -> list:  # type: ignore[type-arg]
    """The answers to a GET and a POST; every part of the address after the workspace is a 1."""
    converters = PAGES[name].pattern.converters
    address = reverse(name, kwargs={"slug": slug} | dict.fromkeys(converters, 1))
    return [client.get(address), client.post(address)]
