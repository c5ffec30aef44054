"""Journey 4: somebody knows better than the score, says so with a reason and an end, and takes it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.desk.journeys.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.long


def test_an_override_is_said_told_and_withdrawn(admin: Reader) -> None:
    page = admin.page
    which = ("en", "ar").index(admin.language.code)
    admin.opens("/w/demo/accounts/?band=healthy&sort=name")
    admin.finds("region", "Customers").get_by_role("rowheader").nth(which).get_by_role("link").click()
    account = page.url
    stands = page.locator("main header")
    healthy, unhealthy = (stands.get_by_text(admin.say(band), exact=True) for band in ("healthy", "unhealthy"))
    expect(healthy).to_be_visible()
    admin.is_in_order()

    reason = f"Their sponsor left ({admin.language.code})."
    page.get_by_text(admin.say("Set a pulse or an override"), exact=True).click()
    admin.named("Override").check()
    admin.named("unhealthy").check()
    admin.named("Reason").fill(reason)
    admin.named("Ends on").fill((datetime.now(UTC) + timedelta(days=20)).date().isoformat())
    admin.presses("Say it")

    expect(unhealthy).to_be_visible()
    said = page.get_by_role("listitem").filter(has_text=reason).first
    expect(said).to_contain_text(admin.say("without it: %(band)s", band=admin.say("healthy")))
    admin.is_in_order()

    expect(trail(admin, reason)).to_contain_text("Admin")
    admin.is_in_order()

    page.goto(account)
    admin.presses("Withdraw", said)
    expect(healthy).to_be_visible()
    expect(unhealthy).to_have_count(0)
    expect(trail(admin, reason)).to_have_count(2)


def trail(reader: Reader, text: str) -> Locator:
    """The rows of the audit trail that tell of it."""
    reader.goes_to("Workspace")
    reader.follows("Audit trail")
    reader.named("What").select_option("override")
    reader.presses("Find")
    return reader.page.get_by_role("row").filter(has_text=text)
