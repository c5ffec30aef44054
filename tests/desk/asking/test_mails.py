"""What a mail says, in whose language, and what nobody can make it say."""

from __future__ import annotations

import base64
import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.asking.actions.plan import plan
from sabai.desk.asking.mails import Links, Mail, one_line, rendered
from sabai.desk.asking.message import message, picture_of
from sabai.desk.asking.models import Ask
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.queries import form_of, published
from tests.desk.asking.conftest import NOON, MakeContact, MakeSurvey
from tests.tries import tries

LINKS = Links("https://a.example/ask/", "https://a.example/stop/", {n: f"https://a.example/{n}/" for n in range(11)})
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def nps(survey: MakeSurvey) -> Survey:
    return survey()


def made(nps: Survey, language: str = "en", name: str = "Noi", **known: bool) -> Mail:
    return rendered(form_of(published(nps)), nps, language, name, LINKS, **known)


def sent(ask: Ask, *, reminder: bool = False) -> EmailMessage:
    """As it goes over the wire."""
    mail = message(ask, form_of(ask.version), picture_of(ask.survey), reminder=reminder)
    read = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


@pytest.fixture
def ask(nps: Survey, contact: MakeContact) -> Ask:
    contact("noi@example.com", name="Noi", language="th")
    plan(nps, NOON, 1, None)
    return Ask.everywhere.select_related("contact", "version", "survey__workspace").get()


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("th", "ltr"), ("ar", "rtl"), ("ja", "ltr"), ("fr", "ltr")]
)
def test_a_mail_in_each_language(language: str, direction: str, nps: Survey) -> None:
    mail = made(nps, language)
    assert re.search(rf'<html lang="{"en" if language == "fr" else language}" dir="{direction}">', mail.html)
    for address in (LINKS.answer, LINKS.stop, *LINKS.scores.values()):
        assert mail.html.count(f'href="{address}"') == 1
        assert mail.text.splitlines().count(address) == 1
    assert "{" not in mail.text + mail.subject
    assert "<bdi>Noi</bdi>" in mail.html


def test_a_mail_to_somebody_without_a_name(nps: Survey) -> None:
    mail = made(nps, name="")
    assert mail.text.startswith("Hello,\n")
    assert "\u2068" not in mail.text


def test_a_name_says_nothing_but_a_name(nps: Survey) -> None:
    mail = made(nps, name="<script>alert(1)</script>\r\nBcc: x@y.example {{ 7 * 7 }} {company} \u202eevil")
    assert "<script" not in mail.html
    assert "49" not in mail.html + mail.text
    assert "\u202e" not in mail.html + mail.text
    assert "\nBcc" not in mail.text


@tries(25)
@given(st.text(max_size=300))
def test_nothing_ends_a_header(text: str) -> None:
    line = one_line(text)
    assert line.splitlines() in ([], [line])
    assert one_line(line) == line


def test_a_subject_ends_no_header(nps: Survey, ask: Ask) -> None:
    form = published(nps)
    form.form["subject"] = {"th": "สวัสดี\r\nBcc: all@example.com"}
    form.save()
    nps.sender = "Eve\r\nBcc: all@example.com"
    nps.save()
    ask.refresh_from_db()
    mail = sent(Ask.everywhere.select_related("contact", "version", "survey__workspace").get())
    assert mail["Bcc"] is None
    assert mail["Subject"] == "สวัสดี Bcc: all@example.com"
    assert mail["To"].addresses[0].addr_spec == "noi@example.com"
    assert mail["From"].addresses[0].display_name == "Eve Bcc: all@example.com"


def test_headers(ask: Ask, nps: Survey) -> None:
    nps.reply_to = "success@example.com"
    nps.save()
    ask = Ask.everywhere.select_related("contact", "version", "survey__workspace").get()
    mail, again, reminder = sent(ask), sent(ask), sent(ask, reminder=True)
    assert mail["Message-ID"] == again["Message-ID"] != reminder["Message-ID"]
    assert reminder["References"] == mail["Message-ID"]
    assert mail["Reply-To"] == "success@example.com"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://[^>]+/stop/[^>]+/>", mail["List-Unsubscribe"].replace(" ", ""))
    assert mail["From"].addresses[0].display_name == nps.workspace.name
    assert mail.get_body(("plain",)) is not None


@pytest.mark.parametrize(
    "subject", ["Would you recommend us? " * 6, "คุณจะแนะนำเราให้เพื่อนร่วมงานไหม " * 4, "ご満足度についてのお伺い", "Hi"]
)
def test_no_header_begins_with_an_empty_line(subject: str, ask: Ask) -> None:
    form = published(ask.survey)
    form.form["subject"] = {"th": subject}
    form.save()
    mail = message(Ask.everywhere.select_related("contact", "version", "survey__workspace").get(), form_of(form), None)
    wire = mail.message().as_bytes(linesep="\r\n")
    head = wire.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert all(line.strip() and not line.rstrip().endswith(b":") for line in head)
    assert max(len(line) for line in head if line.startswith((b"Subject", b" "))) <= 78
    assert message_from_bytes(wire, policy=policy.default)["Subject"] == one_line(subject)[:150].strip()


def test_a_long_scale_breaks_into_two_even_rows(nps: Survey) -> None:
    rows = re.findall(r'<span class="row">(.*?)</span>', made(nps, "en").html)
    assert [re.findall(r">(\d+)<", row) for row in rows] == [list("012345"), ["6", "7", "8", "9", "10"]]


def test_a_logo_travels_with_the_mail(ask: Ask, nps: Survey) -> None:
    nps.logo.save("logo.png", ContentFile(DOT))
    mail = sent(Ask.everywhere.select_related("contact", "version", "survey__workspace").get())
    html, picture = (
        mail.get_body(("html",)),
        next(part for part in mail.walk() if part.get_content_type() == "image/png"),
    )
    assert html is not None
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html.get_content()
    assert mail.get_content_type() == "multipart/related"
    assert picture.get_content_disposition() == "inline"


def test_no_picture_that_mail_readers_do_not_show(nps: Survey) -> None:
    nps.logo.save("logo.svg", ContentFile(b"<svg/>"))
    assert picture_of(nps) is None
    nps.logo.save("logo.png", ContentFile(DOT + b"0" * 300_000))
    assert picture_of(nps) is None
