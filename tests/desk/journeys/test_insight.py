"""Journey 9: questions with their answers, the page of one, what it rests on, and its table."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from sabai.desk.insight.questions import SHEETS
from tests.desk.journeys.reader import Reader

pytestmark = pytest.mark.long

JOBS_S = 400  # the job of the first night may still run
ASKS = {sheet.name: sheet.asks for sheet in SHEETS}


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
    table = admin.section("Behind these figures").get_by_role("link").last
    with admin.page.expect_download() as waits:
        table.click()
    lines = Path(waits.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > 1
    assert "," in lines[0]

    admin.follows("How it is defined")
    expect(admin.finds("heading", "What the score is made of")).to_be_visible()


def waits_for_answers(reader: Reader) -> None:
    for _ in range(JOBS_S // 4):
        if reader.finds("link", ASKS["proof"]).is_visible():
            return
        reader.page.wait_for_timeout(4000)
        reader.page.reload()
    pytest.fail("Nothing was computed.")
