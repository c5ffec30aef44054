"""Journey 1: in by the printed link, a password of one's own, another language, out, and in again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.desk.journeys.reader import Reader
from tests.desk.journeys.running import Desk

pytestmark = pytest.mark.long

PASSWORD = "three tame herons"


def test_somebody_comes_in_for_the_first_time(desk: Desk, stranger: Callable[[], Reader]) -> None:
    reader = stranger()
    code = reader.language.code
    name = {"en": "James", "ar": "Layla"}[code]
    email = f"{name.lower()}@demo.example"
    link = desk.link(email)

    reader.page.goto(link)
    reader.is_in_order()
    reader.presses("Sign in")
    expect(reader.finds("link", "Morning")).to_have_attribute("aria-current", "page")
    assert reader.page.request.get(link).status == 404, "a link works once"

    sets_a_password(reader, name)
    signs_in(reader, email, PASSWORD)
    expect(reader.finds("link", "Morning")).to_be_visible()

    reader.reads_in("ja")
    expect(reader.page.locator("html")).to_have_attribute("lang", "ja")
    reader.reads_in(code)
    expect(reader.page.locator("html")).to_have_attribute("lang", code)
    expect(reader.page.locator("html")).to_have_attribute("dir", reader.language.direction)

    reader.presses("Sign out")
    expect(reader.finds("heading", "Sign in")).to_be_visible()
    reader.is_in_order()
    signs_in(reader, email, "not this one")
    expect(reader.page.get_by_role("alert").first).to_be_visible()
    signs_in(reader, email, PASSWORD)
    expect(reader.finds("link", "Morning")).to_be_visible()
    expect(reader.page.locator("html")).to_have_attribute("lang", code)


def sets_a_password(reader: Reader, name: str) -> None:
    reader.page.get_by_role("link", name=name, exact=True).click()
    reader.is_in_order()
    password = reader.page.get_by_role("listitem").filter(
        has=reader.page.get_by_text(reader.say("Password"), exact=True)
    )
    reader.follows("Edit", password)
    reader.is_in_order()
    reader.named("The new password").fill(PASSWORD)
    reader.named("The new password again").fill(PASSWORD)
    reader.presses("Set")


def signs_in(reader: Reader, email: str, password: str) -> None:
    reader.named("Mail address").fill(email)
    reader.named("Password").fill(password)
    reader.presses("Sign in")
