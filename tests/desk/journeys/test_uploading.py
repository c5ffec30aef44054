"""Journey 8: a file from another tool, its columns looked at, and taken in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.desk.journeys.reader import Reader

pytestmark = pytest.mark.long

TICKETS = """ticket,customer,opened,priority,subject
{code}-1,A-1009,03/11/2026,high,The export has no header
{code}-2,A-1016,14/11/2026,low,"Where is the invoice, please?"
{code}-3,A-1040,28/11/2025,normal,เครื่องพิมพ์ไม่ทำงาน
"""


def test_a_file_is_looked_at_and_taken_in(admin: Reader) -> None:
    page = admin.page
    code = admin.language.code
    admin.goes_to("Data")
    admin.follows("Upload a file")
    admin.is_in_order()
    file = {"name": f"tickets-{code}.csv", "mimeType": "text/csv", "buffer": TICKETS.format(code=code).encode()}
    admin.named("File").set_input_files(file)  # type: ignore[arg-type]
    admin.presses("Look into it")

    columns = admin.section("Its columns")
    expect(columns).to_be_visible(timeout=60_000)
    admin.named("Table").select_option("tickets")
    admin.presses("Show its columns")
    expect(columns).to_contain_text("Where is the invoice, please?")
    for theirs, ours in {"ticket": "ticket_id", "customer": "account_id", "opened": "opened_at"}.items():
        columns.get_by_label(theirs, exact=True).select_option(ours)
    admin.is_in_order()
    admin.presses("Take it in")

    taken = admin.language.ngettext(
        "%(num)s row is on its way into the scores.", "%(num)s rows are on their way into the scores.", 3
    )
    expect(page.get_by_text(taken)).to_be_visible(timeout=60_000)
    admin.is_in_order()
    admin.goes_to("Data")
    expect(admin.section("Files").get_by_role("listitem").filter(has_text=f"tickets-{code}.csv")).to_be_visible()
