"""A new password by mail."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client
from django.urls import reverse

from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership
from tests.desk.people.conftest import PASSWORD

NEW = "seven quiet lanterns"


def _link() -> str:
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_link_sets_a_new_password_once(aiko: Membership) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": aiko.user.email})
    link = _link()
    form = client.get(link).headers["Location"]
    answer = client.post(form, {"password1": NEW, "password2": NEW})
    assert answer.headers["Location"] == reverse("account_reset_password_from_key_done")
    signed_in = client.post(reverse("account_login"), {"login": aiko.user.email, "password": NEW})
    assert signed_in.status_code == 302
    assert "no longer works" in Client().get(link, follow=True).content.decode()
    assert Entry.of(aiko.workspace).filter(kind="password", verb="change").exists()


def test_it_opens_what_wrong_passwords_shut(aiko: Membership) -> None:
    client = Client()
    for number in range(10):
        client.post(reverse("account_login"), {"login": aiko.user.email, "password": f"guess {number}"})
    client.post(reverse("account_reset_password"), {"email": aiko.user.email})
    client.post(client.get(_link()).headers["Location"], {"password1": NEW, "password2": NEW})
    assert client.post(reverse("account_login"), {"login": aiko.user.email, "password": NEW}).status_code == 302


def test_a_stranger_gets_the_same_answer_and_no_mail(aiko: Membership) -> None:
    known = Client().post(reverse("account_reset_password"), {"email": aiko.user.email})
    sent = len(mail.outbox)
    unknown = Client().post(reverse("account_reset_password"), {"email": "nobody@example.com"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert len(mail.outbox) == sent == 1


def test_the_mail_is_in_the_language_of_who_asks(aiko: Membership) -> None:
    Client().post(reverse("account_reset_password"), {"email": aiko.user.email}, headers={"Accept-Language": "th"})
    assert mail.outbox[0].subject != "A new password"
    assert PASSWORD not in str(mail.outbox[0].body)
