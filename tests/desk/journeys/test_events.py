"""Journey 7: a system is connected, sends what people do, and the live score follows."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from playwright.sync_api import expect
from segment.analytics.client import Client

from tests.desk.journeys.reader import Reader
from tests.desk.journeys.running import Desk

pytestmark = pytest.mark.long

SOON_MS = 60_000  # ten seconds where nothing else runs


def test_what_people_do_moves_the_live_score(admin: Reader, desk: Desk) -> None:
    page = admin.page
    account_id = {"en": "A-1118", "ar": "A-1151"}[admin.language.code]  # of which enough is known until today
    admin.goes_to("Data")
    admin.is_in_order()
    admin.follows("Connect a system")
    admin.is_in_order()
    admin.named("Name").fill(f"shop_{admin.language.code}")
    admin.presses("Make a key")
    key = page.locator("#key").inner_text()
    admin.is_in_order()
    admin.follows("I have copied it")

    sends(desk.address, key, account_id)
    page.reload()
    expect(page.get_by_role("row").nth(1)).to_contain_text(admin.language.show.fixed(20))
    admin.is_in_order()

    admin.opens(f"/w/demo/accounts/?q={account_id}")
    admin.finds("region", "Customers").get_by_role("rowheader").get_by_role("link").click()
    for _ in range(SOON_MS // 2000):
        if page.get_by_text(admin.say("provisional, of the day so far")).is_visible():
            break
        page.wait_for_timeout(2000)
        page.reload()
    expect(page.get_by_text(admin.say("provisional, of the day so far"))).to_be_visible()
    admin.is_in_order()


def test_twin_a_wrong_key_is_refused(desk: Desk) -> None:
    wrong: list[object] = []
    client = Client("no", host=desk.address, on_error=lambda error, _: wrong.append(error), max_retries=0)
    client.track("u-1", "order created")
    client.flush()
    client.join()
    assert str(HTTPStatus.UNAUTHORIZED.value) in str(wrong[0])


def sends(address: str, key: str, account_id: str) -> None:
    """Twenty events by Segment's own client."""
    wrong: list[object] = []
    client = Client(key, host=address, on_error=lambda error, _: wrong.append(error))
    for number in range(20):
        client.track(f"u-{number % 3}", "login", {"number": number}, context={"groupId": account_id})
    client.flush()
    client.join()
    assert wrong == []
