"""Every sentence that retention and revenue write in English is known to their pages."""

from __future__ import annotations

import pytest

from sabai.report.money.retention_notices import noticed
from sabai.retention import earned, kept, revenue, span
from tests.report.money.written import MARKED, unmarked, written


@pytest.mark.parametrize(
    ("room", "function"),
    [(revenue, "_notices"), (revenue, "_set_aside"), (earned, "_notices"), (kept, "_notices"), (span, "notice")],
)
def test_every_notice_is_said_again(room: object, function: str) -> None:
    sentences = list(written(room, function))
    assert sentences
    for sentence in sentences:
        assert unmarked(*noticed((sentence,), MARKED)) == "", sentence


def test_a_sentence_that_nobody_knows_stays_as_it_was() -> None:
    """The twin."""
    assert unmarked(*noticed(("7 customers are odd.",), MARKED)) == "7 customers are odd"
