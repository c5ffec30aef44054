"""Waiting until the jobs of the first night are done."""

from __future__ import annotations

import pytest

from sabai.desk.insight.questions import SHEETS
from tests.desk.journeys.reader import Reader

JOBS_S = 400
ASKS = {sheet.name: sheet.asks for sheet in SHEETS}


def waits_for_answers(reader: Reader) -> None:
    """On the page of insight."""
    for _ in range(JOBS_S // 4):
        if reader.finds("link", ASKS["proof"]).is_visible():
            return
        reader.page.wait_for_timeout(4000)
        reader.page.reload()
    pytest.fail("Nothing was computed.")
