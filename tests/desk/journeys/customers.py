"""What customers do who are asked: read the letter, answer, or leave."""

from __future__ import annotations

from itertools import count

from playwright.sync_api import expect

from sabai.desk.surveys.shipped.relationship import NPS
from sabai.desk.surveys.shipped.tongues import WHY
from sabai.language.language import Language
from tests.desk.journeys.post import Letter
from tests.desk.journeys.reader import Reader

COMPANY = "Baan Coffee Cloud"
OWNER = {"th": "Kanya", "ar": "Layla"}
COMMENT = {
    "th": "เครื่องพิมพ์ใบเสร็จใช้ไม่ได้ตั้งแต่เมื่อวาน ลูกค้าต่อคิวยาวมาก",
    "ar": "طابعة الفواتير لا تعمل منذ أمس، وطابور الزبائن طويل جدًا.",
}


def is_a_proper_letter(letter: Letter, language: Language) -> None:
    code, mail = language.code, letter.mail
    stop = letter.link(language.gettext("Do not ask me again"))
    assert mail["To"].addresses[0].addr_spec == letter.to
    assert len(mail["To"].addresses) == 1
    assert mail["Cc"] is mail["Bcc"] is None
    assert mail["From"].addresses[0].display_name == COMPANY
    assert letter.head("List-Unsubscribe") == f"<{stop}>"
    assert letter.head("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert f'lang="{code}" dir="{language.direction}"' in letter.text("html")
    scores = [letter.link(language.show.fixed(score)) for score in range(11)]
    for text in (NPS.first.texts[code].format(company=COMPANY), stop, *scores):
        assert text in letter.text()
    assert "<" not in letter.text()


def is_unhappy(customer: Reader, letter: Letter) -> None:
    """A three, and why, in a browser without scripts."""
    page, code, show = customer.page, customer.language.code, customer.language.show
    page.goto(letter.link(show.fixed(3)))
    expect(page.locator("html")).to_have_attribute("lang", code)
    expect(page.get_by_role("radio", name=show.fixed(3), exact=True)).to_be_checked()
    page.get_by_label(WHY[code]).fill(COMMENT[code])
    onwards(customer)
    onwards(customer)
    one, more = "%(name)s will reply within %(num)s day.", "%(name)s will reply within %(num)s days."
    promise = customer.language.ngettext(one, more, 2, name=OWNER[code])
    expect(page.get_by_text(promise)).to_be_visible()


def is_happy(customer: Reader, letter: Letter) -> None:
    """A ten, sheet by sheet, on pages that shut nobody out."""
    customer.page.goto(letter.link(customer.language.show.fixed(10)))
    for _ in count():
        customer.is_in_order()
        if not customer.page.locator("form#sheet").count():
            break
        onwards(customer)
    expect(customer.page.get_by_text(customer.say("Change my answer"))).to_be_visible()


def leaves(customer: Reader, letter: Letter) -> None:
    customer.page.goto(letter.link(customer.say("Do not ask me again")))
    customer.is_in_order()
    customer.presses("Do not ask me again")
    expect(customer.finds("heading", "We will not ask you again.")).to_be_visible()
    customer.is_in_order()


def onwards(customer: Reader) -> None:
    """By the one button of the sheet that leads on."""
    customer.page.locator("main button.first").click()
    customer.page.wait_for_load_state()
