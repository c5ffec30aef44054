"""Every page that links lead to, in English and Arabic, wide and on a phone, in light and in dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk.journeys.crawl import every_page
from tests.desk.journeys.house import BEYOND, MOST_BYTES, MOST_SHIFT, PHONE, WIDE, violations
from tests.desk.journeys.reader import Reader
from tests.desk.journeys.waiting import waits_for_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.long

FEWEST = 60  # so that a crawl that stops at the door is not taken for a clean house
SIZES = {"wide": WIDE, "phone": PHONE}


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_in_order(admin: Reader, size: str) -> None:
    admin.goes_to("Insight")
    waits_for_answers(admin)
    pages = every_page(admin)
    assert len(pages) >= FEWEST
    admin.page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    wrong = {name: found for name, path in pages.items() if (found := list(faults(admin, path)))}
    assert wrong == {}


def faults(reader: Reader, path: str) -> Iterator[str]:
    """What is wrong with one page in this language at this size."""
    page, house = reader.page, reader.house
    house.wrong.clear()
    answer = page.goto(reader.address + path)
    assert answer is not None
    page.wait_for_load_state("networkidle")
    if answer.status != 200:
        yield f"answers {answer.status}"
    if (size := len(answer.body())) > MOST_BYTES:
        yield f"is {size} bytes"
    if (shift := page.evaluate("window.shift")) >= MOST_SHIFT:
        yield f"jumps by {shift:.2f}"
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        yield f"scrolls sideways: {page.evaluate(BEYOND)}"
    if (reads := page.evaluate("document.documentElement.dir")) != reader.language.direction:
        yield f"reads {reads}"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        yield from (f"{scheme}: {violation}" for violation in violations(page))
    yield from house.wrong
