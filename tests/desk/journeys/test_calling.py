"""Journey 2: the morning, whom to call first, and what was said, without touching the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.desk.journeys.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.long


def test_the_first_call_of_the_morning_by_keyboard(admin: Reader) -> None:
    admin.opens("/w/demo/?whose=all")
    admin.is_in_order()
    first = admin.section("Call these first").get_by_role("listitem").first.get_by_role("link").first
    name = first.inner_text()
    keys = admin.page.keyboard

    keys.press("j")
    expect(first).to_be_focused()
    keys.press("Enter")
    expect(admin.page.get_by_role("heading", level=1)).to_have_text(name)

    keys.press("c")
    expect(admin.named("What was said")).to_be_focused()
    keys.type(f"They want the export mended ({admin.language.code}).")
    steps_to(admin, admin.finds("button", "Log it"))
    keys.press("Enter")

    told = admin.section("What happened").get_by_role("listitem")
    expect(told.filter(has_text=f"They want the export mended ({admin.language.code}).")).to_be_visible()
    admin.is_in_order()


def steps_to(reader: Reader, wanted: Locator) -> None:
    """Tab after Tab, as somebody does who has no mouse."""
    for _ in range(12):
        reader.page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    pytest.fail("The button cannot be reached by keyboard.")
