"""Journey 11: a few customers are asked; one is unhappy and gets a reply, one speaks for us, one is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sabai.desk.surveys.shipped.relationship import NPS
from sabai.desk.surveys.words import language_name
from sabai.language.language import Language, speak
from tests.desk.journeys.conftest import SignedIn
from tests.desk.journeys.customers import (
    COMMENT,
    COMPANY,
    OWNER,
    is_a_proper_letter,
    is_happy,
    is_unhappy,
    leaves,
)
from tests.desk.journeys.post import Post
from tests.desk.journeys.reader import Reader
from tests.desk.journeys.running import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.long

COUNTRY = {"th": "TH", "ar": "SA"}
REPLY = {"th": "เราแก้ไขแล้ว ขอโทษที่ทำให้ลำบาก", "ar": "أصلحنا الخلل، ونعتذر عن الإزعاج."}


@pytest.fixture(params=["th", "ar"])
def language(request: pytest.FixtureRequest) -> Language:
    return speak(request.param)


@pytest.fixture
def without_script(browser: Browser, desk: Desk, language: Language) -> Iterator[Reader]:
    context = browser.new_context(locale=language.code, java_script_enabled=False)
    yield Reader(context.new_page(), language, desk.address)
    context.close()


def test_a_few_are_asked_and_the_loop_is_closed(
    admin: Reader, signed_in: SignedIn, stranger: Callable[[], Reader], without_script: Reader, post: Post
) -> None:
    code = admin.language.code
    owner = signed_in(f"{OWNER[code].lower()}@demo.example")
    owner.reads_in("en")
    owner.language = speak("en")
    subject = writes_a_survey(admin)
    chooses_whom(admin, 3)
    chooses_when(admin)
    looks_at_it(admin)
    begins(admin, 3)
    letters = post.brought(subject, 3)
    for letter in letters:
        is_a_proper_letter(letter, admin.language)
    assert len({letter.to for letter in letters}) == 3

    unhappy, happy, leaving = letters
    is_unhappy(without_script, unhappy)
    name = sees_what_was_said(admin)
    finds_the_task(owner, name, admin.language)
    replies(owner, name, admin.language)
    (answer,) = post.brought(admin.say("About your answer"), 1)
    assert answer.to == unhappy.to
    assert f"{OWNER[code].lower()}@demo.example" in answer.head("Reply-To")
    assert REPLY[code] in answer.text()

    is_happy(stranger(), happy)
    stands_among_advocates(admin)
    leaves(stranger(), leaving)
    begins(admin, 3)
    assert leaving.to not in {letter.to for letter in post.brought(subject, 6)[3:]}
    stands_among_those_left_alone(admin)


def writes_a_survey(admin: Reader) -> str:
    """From the template, with a subject of its own, which is returned."""
    code = admin.language.code
    subject = f"{NPS.subject[code]} ({datetime.now(UTC):%H%M%S})"
    admin.goes_to("Feedback")
    admin.is_in_order()
    admin.follows("New survey")
    admin.is_in_order()
    admin.follows("Recommendation (NPS)")
    admin.named("Name").fill(f"{admin.say('Recommendation (NPS)')} {code}")
    admin.is_in_order()
    admin.presses("Make a draft")
    admin.is_in_order()
    admin.page.get_by_role("link", name=admin.say("Mail and thanks")).click()
    its = admin.finds("group", "Subject")
    its.get_by_label(language_name(code, code)).fill(subject)
    admin.is_in_order()
    admin.presses("Keep")
    return subject


def chooses_whom(admin: Reader, sample: int) -> None:
    """Of one country and one owner, so many by lot."""
    code, page = admin.language.code, admin.page
    tab(admin, "Audience")
    for head, word in (("Country", COUNTRY[code]), ("Owner", OWNER[code])):
        facet = page.locator("details").filter(has=page.get_by_text(admin.say(head), exact=True))
        facet.locator("summary").click()
        facet.get_by_label(word, exact=True).check()
    admin.named("A small group of them, drawn by lot").fill(str(sample))
    admin.named("A small group of them, drawn by lot").press("Tab")
    counted = page.get_by_text(f"{admin.language.show.fixed(sample)} {admin.say('can be asked now')}", exact=True)
    expect(counted).to_be_visible()
    admin.presses("Keep")
    expect(counted).to_be_visible()
    admin.is_in_order()


def chooses_when(admin: Reader) -> None:
    """Once, and with an hour of quiet that no customer lives in now."""
    tab(admin, "Rhythm")
    hour = (datetime.now(UTC).hour - 6) % 24
    admin.named("When it asks").select_option(admin.say("once, everybody at a time"))
    admin.named("Nothing is sent from this hour on").fill(str(hour))
    admin.named("until this hour").fill(str((hour + 1) % 24))
    admin.presses("Keep")
    expect(admin.named("Nothing is sent from this hour on")).to_have_value(str(hour))
    admin.is_in_order()


def looks_at_it(admin: Reader) -> None:
    """The page and the mail, in two languages."""
    tab(admin, "Preview")
    admin.is_in_order()
    frame = admin.page.frame_locator("iframe")
    for code in ("th", "ar"):
        for view in ("The mail", "The page"):
            admin.finds("combobox", "Language").select_option(language_name(code, admin.language.code))
            admin.finds("combobox", "What").select_option(admin.say(view))
            expect(frame.locator(f"html[lang={code}]")).to_have_attribute("dir", speak(code).direction)
            question = NPS.first.texts[code].format(company=COMPANY)
            expect(frame.get_by_text(question).first).to_be_visible()


def begins(admin: Reader, many: int) -> None:
    """A round of invitations, after a look at who would get one."""
    say, num = admin.language, admin.language.show.fixed(many)
    begin = admin.finds("link", "Begin")
    if begin.count():
        begin.click()
        now = say.ngettext("Begin, and ask %(num)s person", "Begin, and ask %(num)s people", many, num=num)
    else:
        goes_to_the_survey(admin)
        admin.follows("See who would be asked now")
        now = say.ngettext("Ask %(num)s person now", "Ask %(num)s people now", many, num=num)
    admin.is_in_order()
    admin.page.get_by_role("button", name=now, exact=True).click()
    expect(admin.page.get_by_text(admin.say("The invitations are being prepared."))).to_be_visible()


def sees_what_was_said(admin: Reader) -> str:
    """The response, and who gave it."""
    admin.goes_to("Feedback")
    admin.follows("Responses", admin.finds("navigation", "Feedback"))
    admin.is_in_order()
    first = admin.page.get_by_role("main").locator("li").filter(has_text=COMMENT[admin.language.code])
    expect(first).to_contain_text(admin.say("unhappy"))
    first.get_by_role("link").first.click()
    expect(admin.page.get_by_text(COMMENT[admin.language.code])).to_be_visible()
    admin.is_in_order()
    return admin.page.get_by_role("heading", level=1).inner_text()


def finds_the_task(owner: Reader, name: str, theirs: Language) -> None:
    """In the owner's language; with what they said, and a first sentence in theirs."""
    show = owner.language.show
    owner.goes_to("Tasks")
    title = owner.say(
        "Reply to %(name)s, who gave %(score)s of %(most)s", name=name, score=show.fixed(3), most=show.fixed(10)
    )
    owner.page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
    for text in (COMMENT[theirs.code], suggestion(theirs, name)):
        expect(owner.page.get_by_text(text)).to_be_visible()
    owner.is_in_order()


def replies(owner: Reader, name: str, theirs: Language) -> None:
    page = owner.page
    owner.goes_to("Feedback")
    owner.follows("Replies", owner.finds("navigation", "Feedback"))
    owner.is_in_order()
    owed = page.get_by_role("listitem").filter(has_text=COMMENT[theirs.code])
    owed.get_by_role("link", name=f"{owner.say('Reply')} – {name}", exact=True).click()
    owner.is_in_order()
    begun = suggestion(theirs, name)
    expect(owner.named("Your reply")).to_have_value(f"{begun}\n\n")
    owner.named("Your reply").fill(f"{begun} {REPLY[theirs.code]}")
    owner.presses("Send by mail")
    expect(page.get_by_text(owner.say("The promise is kept."))).to_be_visible()
    expect(owed).to_have_count(0)


def suggestion(theirs: Language, name: str) -> str:
    return theirs.gettext("%(name)s, I have read what you wrote, and I am sorry that we let you down there.", name=name)


def stands_among_advocates(admin: Reader) -> None:
    admin.goes_to("Feedback")
    admin.follows("Responses", admin.finds("navigation", "Feedback"))
    happy = admin.page.locator("ul.responses li").first
    expect(happy).to_contain_text(admin.language.show.fixed(10))
    happy.get_by_role("link").first.click()
    name = admin.page.get_by_role("heading", level=1).inner_text()
    admin.goes_to("Feedback")
    admin.follows("Replies", admin.finds("navigation", "Feedback"))
    admin.follows("Advocates")
    expect(admin.page.get_by_role("main").get_by_text(name, exact=True).first).to_be_visible()
    admin.is_in_order()


def stands_among_those_left_alone(admin: Reader) -> None:
    """In the list of who is not to be asked, and in the last round with the reason."""
    goes_to_the_survey(admin)
    tab(admin, "Invitations")
    admin.page.get_by_role("main").get_by_role("row").nth(1).get_by_role("link").click()
    admin.is_in_order()
    why = admin.page.get_by_role("listitem").filter(has_text=admin.say("They do not want to be asked."))
    why.get_by_role("link").click()
    somebody = admin.page.locator("#people").get_by_role("link").first
    name = somebody.inner_text()
    somebody.click()
    expect(admin.page.locator(".message.warning")).to_contain_text(admin.say("opted out"))
    admin.is_in_order()
    admin.goes_to("Feedback")
    admin.follows("Not to be asked", admin.finds("navigation", "Feedback"))
    left = admin.page.get_by_role("listitem").filter(has_text=name)
    expect(left).to_contain_text(admin.say("opted out"))
    admin.is_in_order()


def goes_to_the_survey(admin: Reader) -> None:
    admin.goes_to("Feedback")
    name = f"{admin.say('Recommendation (NPS)')} {admin.language.code}"
    admin.page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def tab(admin: Reader, english: str) -> None:
    admin.follows(english, admin.finds("navigation", "Survey"))
