"""A small cast: Aiko owns, Ben is on her team, Chloé is in another workspace and must see nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from os import environ
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.scoring.models import Account, Told
from sabai.desk.scoring.story import Story, packed
from tests.desk.bare import bare_in

SignIn = Callable[[Membership], Client]
Customer = Callable[..., Account]
Staying = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test of the desk may use the database."""


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk in a folder, with all its tables and nobody in them: to be copied, never changed."""
    own = tmp_path_factory.getbasetemp()
    return bare_in(own.parent if "PYTEST_XDIST_WORKER" in environ else own)


@pytest.fixture
def bare_desk(bare: Path, tmp_path: Path) -> Path:
    """A copy of it, for the programs of one test."""
    return Path(shutil.copytree(bare, tmp_path / "desk"))


@pytest.fixture(scope="session")
def staying(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Staying:
    """For fixtures of a whole module: rows written within are there for each of its tests, and gone after the last.

    What a test itself writes is taken back after it, as ever.
    """

    @contextmanager
    def stays() -> Iterator[None]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)

    return stays


@pytest.fixture
def workspace() -> Workspace:
    return founded()


def founded() -> Workspace:
    return Workspace.objects.create(slug="lanna", name="ลานนาคอฟฟี่", currency="THB", time_zone="Asia/Bangkok")


@pytest.fixture
def aiko(workspace: Workspace) -> Membership:
    return _member(workspace, "Aiko", "admin")


@pytest.fixture
def ben(workspace: Workspace, aiko: Membership) -> Membership:
    return _member(workspace, "Ben", "manager")


@pytest.fixture
def chloe() -> Membership:
    return _member(Workspace.objects.create(slug="elsewhere", name="Elsewhere"), "Chloé", "admin")


@pytest.fixture
def member(workspace: Workspace) -> Callable[[str], Membership]:
    """Somebody of that role in Aiko's workspace."""
    return lambda role: _member(workspace, role.title(), role)


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(member: Membership) -> Client:
        client = Client()
        client.force_login(member.user)
        return client

    return signed_in


@pytest.fixture
def customer(workspace: Workspace) -> Customer:
    """A customer of Aiko's workspace, with an empty story."""
    number = 0

    def made(name: str = "Baan Coffee", **known: object) -> Account:
        nonlocal number
        number += 1
        known = {"account_id": f"A-{number}", "workspace": workspace, "as_of": date(2026, 6, 29)} | known
        account = Account.everywhere.create(name=name, **known)
        Told.objects.create(account=account, packed=packed(Story(as_of=20_633)))
        return account

    return made


def _member(workspace: Workspace, name: str, role: str) -> Membership:
    user = User.objects.create_user(f"{name.lower()}@example.com", "correct horse", name=name)
    return Membership.everywhere.create(workspace=workspace, user=user, role=role, known_as=name.lower())
