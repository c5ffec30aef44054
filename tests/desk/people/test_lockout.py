"""A thousand wrong passwords, and the one right one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership, User
from tests.desk.people.conftest import PASSWORD

LIMIT = 5


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that reached the hasher."""
    reached: list[str] = []
    verify = MD5PasswordHasher.verify

    def noted(self: MD5PasswordHasher, password: str, encoded: str) -> bool:
        reached.append(password)
        return verify(self, password, encoded)

    monkeypatch.setattr(MD5PasswordHasher, "verify", noted)
    return reached


def _try(email: str, password: str, place: str = "203.0.113.7") -> HttpResponse:
    return Client(REMOTE_ADDR=place).post(reverse("account_login"), {"login": email, "password": password})


@pytest.mark.parametrize("often", [110, pytest.param(1000, marks=pytest.mark.long)])
def test_that_many_wrong_passwords(aiko: Membership, asked: list[str], often: int) -> None:
    answers = [_try(aiko.user.email, f"guess {number}") for number in range(often)]
    assert len(asked) == LIMIT
    assert [answer.status_code for answer in answers[:LIMIT]] == [200] * LIMIT
    assert {answer.status_code for answer in answers[LIMIT:]} == {429}
    assert '<body class="desk outside"' in answers[-1].content.decode()


def test_the_right_password_does_not_open_after_the_limit(aiko: Membership, asked: list[str]) -> None:
    for number in range(LIMIT):
        _try(aiko.user.email, f"guess {number}")
    asked.clear()
    assert _try(aiko.user.email, PASSWORD).status_code == 429
    assert asked == []


def test_elsewhere_the_right_password_opens(aiko: Membership) -> None:
    for number in range(40):
        _try(aiko.user.email, f"guess {number}")
    assert _try(aiko.user.email, PASSWORD, place="198.51.100.4").status_code == 302


def test_a_place_that_guesses_everybody_is_shut(aiko: Membership, ben: Membership, asked: list[str]) -> None:
    for number in range(100):
        _try(f"somebody{number}@example.com", "password")
    asked.clear()
    assert _try(ben.user.email, PASSWORD).status_code == 429
    assert asked == []


def test_many_places_guessing_one_person_are_shut(aiko: Membership, asked: list[str]) -> None:
    for number in range(105):
        _try(aiko.user.email, f"guess {number}", place=f"203.0.113.{number}")
    assert len(asked) == 100


def test_signing_in_in_between_does_not_open_the_way(aiko: Membership, ben: Membership, asked: list[str]) -> None:
    """A guesser with an account of their own signs in to it after every fourth guess."""
    for number in range(40):
        _try(aiko.user.email, f"guess {number}")
        if number % 4 == 3:
            _try(ben.user.email, PASSWORD)
    assert sum(password.startswith("guess") for password in asked) == LIMIT


def test_an_hour_later_all_is_forgotten(aiko: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    for number in range(105):
        _try(aiko.user.email, f"guess {number}", place=f"203.0.113.{number}")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3601)
    assert _try(aiko.user.email, PASSWORD).status_code == 302


def test_a_burst_is_one_entry_in_the_trail(aiko: Membership) -> None:
    for number in range(50):
        _try(aiko.user.email, f"guess {number}")
    refused = Entry.of(aiko.workspace).filter(verb="refuse", kind="sign-in")
    assert [(entry.thing, entry.after) for entry in refused] == [(aiko.user.email, {"place": "203.0.113.7"})]


def test_strangers_leave_no_entry(aiko: Membership) -> None:
    for number in range(50):
        _try("nobody@example.com", f"guess {number}")
    assert not Entry.of(aiko.workspace).exists()


def test_a_sign_in_is_in_the_trail(aiko: Membership, by_password: Callable[[User], Client]) -> None:
    by_password(aiko.user)
    entry = Entry.of(aiko.workspace).get()
    assert (entry.verb, entry.user, entry.after) == ("sign in", aiko.user, {"place": "127.0.0.1", "way": "password"})
