"""Journey 3: the list of customers, narrowed, sorted, kept under a name, opened again, and taken along."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.desk.journeys.reader import Reader

pytestmark = pytest.mark.long

SEARCHED = {"en": "กาแฟ", "ar": "カフェ"}  # coffee


def test_a_list_is_kept_and_exported(admin: Reader) -> None:
    page, searched = admin.page, SEARCHED[admin.language.code]
    admin.goes_to("Customers")
    admin.is_in_order()

    which = admin.finds("search", "Which customers")
    admin.named("Find a customer", which).fill(searched)
    customers = admin.finds("region", "Customers").get_by_role("rowheader")
    expect(customers.filter(has_not_text=searched)).to_have_count(0)
    many = customers.count()
    assert many > 1

    admin.section("How they stand").get_by_role("link").filter(has_text=admin.say("unhealthy")).click()
    expect(page).to_have_url(re.compile("band=unhealthy"))
    expect(admin.finds("cell", "healthy")).to_have_count(0)
    assert 0 < customers.count() < many

    admin.follows("Revenue a month")
    expect(admin.finds("columnheader", "Revenue a month")).to_have_attribute("aria-sort", "descending")
    page.get_by_text(admin.say("Columns"), exact=True).click()
    admin.named("Country").last.check()
    expect(page.get_by_role("columnheader", name=admin.say("Country"))).to_be_visible()
    admin.is_in_order()

    name = f"Coffee in {admin.language.code}"
    page.get_by_text(admin.say("Keep this list"), exact=True).click()
    admin.named("Name").fill(name)
    admin.presses("Keep")

    shown = customers.all_inner_texts()
    admin.goes_to("Customers")
    kept = admin.finds("navigation", "Kept lists")
    kept.get_by_role("link", name=name).click()
    expect(kept.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
    assert customers.all_inner_texts() == shown

    rows = exported(admin)
    assert len(rows) == len(shown)
    assert all(searched in row[admin.say("Customer")] for row in rows)
    assert admin.say("Country") in rows[0]


def exported(reader: Reader) -> list[dict[str, str]]:
    with reader.page.expect_download() as waits:
        reader.finds("link", "CSV").click()
    text = Path(waits.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))
