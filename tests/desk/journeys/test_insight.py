"""Journey 9: questions with their answers, the page of one, what it rests on, and its table."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.desk.journeys.reader import Reader
from tests.desk.journeys.waiting import ASKS, waits_for_answers

pytestmark = pytest.mark.long


def test_an_answer_its_definition_and_its_table(admin: Reader) -> None:
    admin.goes_to("Insight")
    waits_for_answers(admin)
    assert all(admin.finds("link", asks).is_visible() for asks in ASKS.values())
    admin.is_in_order()

    admin.follows(ASKS["proof"])
    expect(admin.page.get_by_role("main").get_by_role("img").first).to_be_visible()
    admin.is_in_order()

    admin.goes_to("Insight")
    admin.follows(ASKS["retention"])
    admin.is_in_order()
    with admin.page.expect_download() as waits:
        admin.follows("%(name)s as a CSV file", name=admin.say("Every period"))
    lines = Path(waits.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > 1
    assert admin.say("At the start") in lines[0]

    admin.follows("How it is defined")
    expect(admin.finds("heading", "What the score is made of")).to_be_visible()
