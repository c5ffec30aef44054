"""Journey 6: a weight is changed, its effect looked at, published with a comment, and rolled back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.desk.journeys.reader import Reader

pytestmark = pytest.mark.long

JOBS_MS = 400_000  # the past is scored twice, after whatever else waits


def test_a_weight_is_changed_and_changed_back(admin: Reader) -> None:
    page = admin.page
    admin.goes_to("Definitions")
    admin.is_in_order()
    admin.presses("Try out a change")
    draft = admin.finds("navigation", "Draft")
    admin.follows("Numbers", draft)

    weight = admin.section("Weights").get_by_role("spinbutton").first
    was = float(weight.input_value())
    weight.fill(f"{was + 7:g}")
    admin.presses("Save the draft")
    expect(weight).to_have_value(f"{was + 7:g}")
    turned = f"{was:g} {'←' if admin.language.rtl else '→'} {was + 7:g}"
    expect(page.get_by_role("listitem").filter(has_text=turned)).to_be_visible()
    admin.is_in_order()

    admin.follows("YAML", draft)
    completes_a_key(admin)
    admin.is_in_order()

    admin.follows("What it would do", draft)
    admin.is_in_order()
    admin.presses("Compute")
    expect(admin.finds("heading", "Customers who would change the band")).to_be_visible(timeout=JOBS_MS)
    admin.is_in_order()

    comment = f"Usage tells more than we thought ({admin.language.code})"
    admin.named("What was changed, and why").fill(comment)
    admin.presses("Publish")
    history = admin.section("History").get_by_role("listitem")
    expect(history.first).to_contain_text(comment)

    history.nth(1).get_by_role("link").click()
    admin.is_in_order()
    admin.presses("Put this version to use again")
    expect(page.get_by_role("status").first).to_be_visible()
    admin.goes_to("Definitions")
    expect(history.nth(1)).to_contain_text(comment)


def completes_a_key(reader: Reader) -> None:
    text = reader.named("sabai.yaml")
    text.press("Control+End")
    text.press_sequentially("\nheal")
    text.press("Control+Space")
    offered = reader.finds("listbox", "Keys that fit here")
    expect(offered.get_by_role("option", name=re.compile("^health"))).to_be_visible()
    reader.page.keyboard.press("Enter")
    expect(text).to_have_value(re.compile(r"\nhealth: $"))
