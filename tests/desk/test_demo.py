"""The managers of the demo company read the desk as their customers speak."""

from __future__ import annotations

from collections.abc import Callable

from sabai.desk.demo import let_them_speak
from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.scoring.models import Account


def test_managers_read_as_most_of_their_customers_speak(
    workspace: Workspace, aiko: Membership, ben: Membership, customer: Callable[..., Account]
) -> None:
    for country in ("JP", "TH", "JP", ""):
        customer(country=country, owner=ben.user)
    customer(country="TH", owner=aiko.user)
    let_them_speak(workspace)
    assert dict(User.objects.values_list("name", "language")) == {"Aiko": "", "Ben": "ja"}


def test_what_they_chose_and_who_has_no_customers_stay(
    workspace: Workspace, ben: Membership, member: Callable[[str], Membership], customer: Callable[..., Account]
) -> None:
    customer(country="JP", owner=ben.user)
    User.objects.filter(pk=ben.user.pk).update(language="ar")
    idle = member("manager")
    let_them_speak(workspace)
    assert User.objects.get(pk=ben.user.pk).language == "ar"
    assert User.objects.get(pk=idle.user.pk).language == ""
