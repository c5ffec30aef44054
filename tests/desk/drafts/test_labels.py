"""Pages say what the definitions in use call a thing, in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sabai.definitions.starter import starter
from sabai.desk.drafts.actions.publish import put_to_use
from sabai.desk.drafts.checked import checked
from sabai.desk.people.models import Membership, Workspace

SignIn = Callable[[Membership], Client]
TEXT = starter("Lanna")


@pytest.fixture
def factor() -> str:
    """The name of one, which has more words than one."""
    definitions = checked(TEXT).definitions
    assert definitions
    return next(each.name for each in definitions.health.factors if "_" in each.name)


def labelled(factor: str) -> str:
    return f"{TEXT}\nlabels:\n  {factor}: {{ en: How often they come, ar: كم مرة يأتون }}\n"


def page(client: Client, member: Membership, language: str) -> str:
    client.cookies["language"] = language
    answer = client.get(reverse("drafts:definitions", args=[member.workspace.slug]))
    return str(answer.content.decode())


def test_pages_show_the_label_in_place_of_the_name(aiko: Membership, sign_in: SignIn, factor: str) -> None:
    put_to_use(aiko.workspace, labelled(factor), "With a label", aiko.user)
    client = sign_in(aiko)
    assert "<bdi>How often they come</bdi>" in page(client, aiko, "en")
    shown = page(client, aiko, "ar")
    assert "<bdi>كم مرة يأتون</bdi>" in shown
    assert f"<bdi>{factor}</bdi>" not in shown


def test_a_name_without_a_label_is_shown_in_words(aiko: Membership, sign_in: SignIn, factor: str) -> None:
    put_to_use(aiko.workspace, TEXT, "Without", aiko.user)
    assert f"<bdi>{factor.replace('_', ' ')}</bdi>" in page(sign_in(aiko), aiko, "en")


def test_labels_leave_with_the_version_that_had_them(aiko: Membership, factor: str) -> None:
    put_to_use(aiko.workspace, labelled(factor), "With a label", aiko.user)
    put_to_use(aiko.workspace, TEXT, "Without again", aiko.user)
    assert Workspace.objects.get(pk=aiko.workspace.pk).labels == {}
