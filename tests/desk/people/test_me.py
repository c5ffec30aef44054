"""My name, my language, my calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.people.models import Membership, User, Workspace
from sabai.language.language import speak

SignIn = Callable[[Membership], Client]


def test_what_i_set_is_kept_and_shown(aiko: Membership, sign_in: SignIn) -> None:
    client, address = sign_in(aiko), reverse("people:me", args=["lanna"])
    said = {"name": "Aiko T.", "language_of_pages": "th", "calendar": "buddhist"}
    page = client.post(address, said, follow=True).content.decode()
    assert '<html lang="th"' in page
    assert str(timezone.localdate().year + 543) in page
    user = User.objects.get(pk=aiko.user.pk)
    assert (user.name, user.language, user.calendar) == ("Aiko T.", "th", "buddhist")


@pytest.mark.parametrize("place", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])  # never the same day
def test_today_is_the_day_of_the_workspace(workspace: Workspace, aiko: Membership, sign_in: SignIn, place: str) -> None:
    Workspace.objects.filter(pk=workspace.pk).update(time_zone=place)
    page = sign_in(aiko).get(reverse("people:me", args=["lanna"])).content.decode()
    assert f"Today is {speak('en').show.date(timezone.localdate(timezone=ZoneInfo(place)))}." in page


@pytest.mark.parametrize("bad", [{"language_of_pages": "tlh"}, {"calendar": "mayan"}, {"name": ""}])
def test_nonsense_is_not_kept(aiko: Membership, sign_in: SignIn, bad: dict[str, str]) -> None:
    said = {"name": "Aiko", "language_of_pages": "th", "calendar": "gregorian"} | bad
    sign_in(aiko).post(reverse("people:me", args=["lanna"]), said)
    assert User.objects.get(pk=aiko.user.pk).language == ""


def test_the_mail_of_the_morning_can_be_declined(aiko: Membership, sign_in: SignIn) -> None:
    from sabai.desk.tasks.actions.digest import setting_of

    said = {"name": "Aiko", "language_of_pages": "en", "calendar": "gregorian"}
    address = reverse("people:me", args=["lanna"])
    sign_in(aiko).post(address, said)
    assert setting_of(aiko).wanted is False
    sign_in(aiko).post(address, said | {"digest": "on"})
    assert setting_of(aiko).wanted is True


@given(st.dates(date(1900, 1, 1), date(2400, 1, 1)))
def test_thais_count_from_the_buddha(day: date) -> None:
    gregorian, buddhist = speak("th").show, speak("th", "buddhist").show
    for write in ("date", "month"):
        then, there = getattr(gregorian, write)(day), getattr(buddhist, write)(day)
        assert there == then.replace(str(day.year), str(day.year + 543))
        assert str(day.year + 543) in there
    assert buddhist.day_of_year(day) == gregorian.day_of_year(day)


@given(st.dates(), st.sampled_from(["en", "ar", "ja"]))
def test_nobody_else_does(day: date, code: str) -> None:
    assert speak(code, "buddhist").show.date(day) == speak(code).show.date(day)


def test_a_stranger_chooses_a_language(client: Client) -> None:
    answer = client.post(reverse("language"), {"language": "ar", "next": reverse("account_login")})
    assert answer.cookies["language"]["httponly"]
    page = client.get(answer.headers["Location"]).content.decode()
    assert '<html lang="ar" dir="rtl">' in page


def test_it_stays_with_who_is_signed_in(aiko: Membership, sign_in: SignIn) -> None:
    sign_in(aiko).post(reverse("language"), {"language": "ja", "next": "/"})
    assert User.objects.get(pk=aiko.user.pk).language == "ja"


def test_a_link_cannot_change_it(aiko: Membership, sign_in: SignIn) -> None:
    assert sign_in(aiko).get(reverse("language"), {"language": "ja"}).status_code == 405
    sign_in(aiko).post(reverse("language"), {"language": "<script>"})
    assert User.objects.get(pk=aiko.user.pk).language == ""
