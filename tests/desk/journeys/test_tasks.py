"""Journey 5: a task for a colleague, who finds it, puts it off, does it, and says what came of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.desk.journeys.conftest import SignedIn
from tests.desk.journeys.reader import Reader

pytestmark = pytest.mark.long


def test_a_task_goes_to_a_colleague(admin: Reader, signed_in: SignedIn) -> None:
    code = admin.language.code
    colleague = {"en": "Kanya", "ar": "Yuki"}[code]
    title = f"Send the new price list ({code})"
    admin.goes_to("Tasks")
    admin.follows("New task")
    admin.is_in_order()
    admin.named("What is to do").fill(title)
    admin.named("For").select_option(colleague)
    admin.named("Due on").fill(datetime.now(UTC).date().isoformat())
    admin.presses("Write it down")
    expect(admin.page.get_by_role("heading", level=1)).to_have_text(title)
    admin.is_in_order()

    theirs = signed_in(f"{colleague.lower()}@demo.example")
    theirs.goes_to("Tasks")
    theirs.is_in_order()
    theirs.page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
    theirs.presses("Snooze")
    theirs.presses("Bring it back now")
    theirs.named("Note").fill("They have it.")
    theirs.presses("Reached")
    theirs.is_in_order()

    theirs.goes_to("Tasks")
    theirs.follows("Done", theirs.finds("navigation", "Which tasks"))
    done = theirs.page.get_by_role("listitem").filter(has_text=title)
    expect(done).to_contain_text(theirs.say("Reached"))
    done.get_by_role("link", name=title).click()
    expect(theirs.page.get_by_text("They have it.")).to_be_visible()
    happened = [
        theirs.say("%(who)s wrote it down", who="Admin"),
        theirs.say("%(who)s brought it back", who=colleague),
        theirs.say("%(who)s closed it: %(outcome)s", who=colleague, outcome=theirs.say("Reached")),
    ]
    for step in happened:
        expect(theirs.page.get_by_text(step)).to_be_visible()
