"""Journey 10: somebody is invited, comes, may look only, then may do more; a program gets a key; who is signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.desk.journeys.reader import Reader

pytestmark = pytest.mark.long


def test_a_colleague_is_invited_and_may_do_more(admin: Reader, stranger: Callable[[], Reader]) -> None:
    code = admin.language.code
    name = {"en": "Noor", "ar": "نور"}[code]
    admin.goes_to("Workspace")
    admin.is_in_order()
    admin.named("Mail address").fill(f"noor-{code}@demo.example")
    admin.named("Role").select_option("viewer")
    admin.presses("Invite")
    link = admin.named("Link of the invitation").input_value()
    admin.is_in_order()

    guest = stranger()
    comes_in(guest, link, name)
    tasks = guest.finds("link", "Tasks", guest.finds("navigation", "Pages"))
    expect(tasks).to_have_count(0)
    assert logs_a_call(guest) == 403

    admin.goes_to("Workspace")
    admin.page.get_by_role("row").filter(has_text=name).get_by_role("link").click()
    admin.is_in_order()
    admin.named("Role").select_option("manager")
    admin.presses("Keep")
    guest.opens("/w/demo/")
    expect(tasks).to_be_visible()
    assert logs_a_call(guest) == 200


def test_a_program_gets_a_key_and_browsers_are_listed(admin: Reader) -> None:
    admin.goes_to("Workspace")
    admin.follows("API tokens")
    admin.is_in_order()
    admin.named("Name").fill(f"warehouse {admin.language.code}")
    admin.page.get_by_role("group").get_by_role("checkbox").first.check()
    admin.presses("Make it")
    secret = admin.named("Secret of the token").input_value()
    assert secret.startswith("sabai_")
    admin.is_in_order()

    admin.page.get_by_role("link", name="Admin", exact=True).click()
    signed_in = admin.page.get_by_role("listitem").filter(has_text=admin.say("Where you are signed in"))
    admin.follows("Show", signed_in)
    expect(admin.page.get_by_role("listitem").filter(has_text=admin.say("this one"))).to_be_visible()
    admin.is_in_order()


def comes_in(guest: Reader, link: str, name: str) -> None:
    guest.page.goto(link)
    guest.is_in_order()
    guest.named("Name").fill(name)
    guest.finds("combobox", "Language").select_option(guest.language.code)
    guest.named("Password").fill("seven quiet otters")
    guest.presses("Come in")
    expect(guest.finds("link", "Morning")).to_be_visible()
    expect(guest.page.locator("html")).to_have_attribute("lang", guest.language.code)


def logs_a_call(reader: Reader) -> int:
    """What the desk answers when it is asked to write this down, form or no form."""
    cookies = {each["name"]: each["value"] for each in reader.page.context.cookies()}  # type: ignore[typeddict-item]
    form = {"note": "Hello", "channel": "phone", "direction": "out", "csrfmiddlewaretoken": cookies["csrftoken"]}
    answer = reader.page.request.post(
        f"{reader.address}/w/demo/accounts/1/touch/", form=form, headers={"Referer": reader.address + "/"}
    )
    return answer.status
