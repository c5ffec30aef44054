"""The pages of asking, and the one by which somebody leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sabai.desk.asking.actions.plan import plan
from sabai.desk.asking.actions.suppress import suppress
from sabai.desk.asking.links import link, stop_link
from sabai.desk.asking.models import Ask, Suppression, Wave
from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.surveys.models import Survey
from tests.desk.asking.conftest import MakeContact, MakeSurvey

SignIn = Callable[[Membership], Client]


def address(name: str, *values: object) -> str:
    return reverse(f"asking:{name}", args=["lanna", *values])


@pytest.fixture
def wave(survey: MakeSurvey, contact: MakeContact, workspace: Workspace) -> Wave:
    """Two are asked, one of them is there; one said no."""
    for name in ("noi", "som"):
        contact(f"{name}@example.com", name=name.title())
    left = contact("nok@example.com", name="Nok <b>")
    suppress(workspace, left.person, "opted out")
    return plan(survey(quiet_from=0, quiet_until=0), timezone.now(), 7, None)


def test_a_wave_says_how_it_went_and_who_was_not_asked(wave: Wave, ben: Membership, sign_in: SignIn) -> None:
    Ask.everywhere.filter(contact__name="Noi").update(state="unsure")
    client = sign_in(ben)
    shown = client.get(address("wave", wave.pk)).content.decode()
    assert "1 mail may have left or not" in shown
    assert "Stop this round" not in shown, "a manager looks on"
    assert "Nok" not in shown, "names are shown when they are asked for"
    people = client.get(address("wave", wave.pk), {"of": "opted out"}).content.decode()
    assert "<bdi>Nok &lt;b&gt;</bdi>" in people
    assert "<bdi>Noi</bdi>" in client.get(address("wave", wave.pk), {"of": "unsure"}).content.decode()
    assert "Nok" not in client.get(address("wave", wave.pk), {"of": "nonsense"}).content.decode()


def test_what_has_gone_cannot_be_stopped(wave: Wave, aiko: Membership, sign_in: SignIn) -> None:
    client, now = sign_in(aiko), timezone.now()

    def offered() -> bool:
        return "Stop this round" in client.get(address("wave", wave.pk)).content.decode()

    assert offered()
    Ask.everywhere.update(state="sent", sent_at=now, closes_at=now + timedelta(days=30))
    assert not offered()
    Ask.everywhere.filter(contact__name="Noi").update(remind_after=now + timedelta(days=7))
    assert offered(), "a reminder is still to come"
    Ask.everywhere.update(closes_at=now - timedelta(days=1))
    assert not offered()


def test_the_way_back_from_a_contact(wave: Wave, aiko: Membership, sign_in: SignIn) -> None:
    client, contact = sign_in(aiko), Ask.everywhere.filter(contact__name="Noi").get().contact_id
    people = client.get(address("wave", wave.pk), {"of": "planned"}).content.decode()
    assert f'{address("contact", contact)}?wave={wave.pk}"' in people
    for where, back in (
        (str(wave.pk), address("wave", wave.pk)),
        ("x", address("never")),
        ("9" * 30, address("never")),
    ):
        assert (
            f'<p class="back"><a href="{back}">'
            in client.get(address("contact", contact), {"wave": where}).content.decode()
        )


def test_stopping_and_deciding(wave: Wave, aiko: Membership, sign_in: SignIn) -> None:
    Ask.everywhere.filter(contact__name="Noi").update(state="unsure")
    client = sign_in(aiko)
    client.post(address("do", wave.pk), {"do": "sent"})
    assert Ask.everywhere.get(contact__name="Noi").state == "sent"
    client.post(address("do", wave.pk), {"do": "stop"})
    assert Ask.everywhere.get(contact__name="Som").state == "stopped"
    assert "This round was stopped" in client.get(address("wave", wave.pk)).content.decode()
    assert Entry.of(wave.workspace).filter(kind="wave", verb="change", user=aiko.user).count() == 2


def test_who_would_be_asked_and_then_is(
    survey: MakeSurvey, contact: MakeContact, aiko: Membership, sign_in: SignIn, mailoutbox: list[object]
) -> None:
    nps = survey(quiet_from=0, quiet_until=0)
    contact("noi@example.com")
    contact("")
    client = sign_in(aiko)
    shown = client.get(address("plan", nps.pk)).content.decode()
    assert "Ask 1 person now" in shown
    assert "They have no address that a mail could go to." in shown
    assert not Wave.everywhere.exists()
    client.post(address("plan", nps.pk))
    assert len(mailoutbox) == 1
    listed = client.get(address("asks", nps.pk)).content.decode()
    assert address("wave", Wave.everywhere.get().pk) in listed


def test_nobody_is_asked_by_a_survey_that_does_not_run(
    survey: MakeSurvey, contact: MakeContact, aiko: Membership, sign_in: SignIn
) -> None:
    contact("noi@example.com")
    for state in ("draft", "paused", "closed"):
        nps = survey(name=state)
        Survey.of(aiko.workspace).filter(pk=nps.pk).update(state=state)
        sign_in(aiko).post(address("plan", nps.pk))
    assert not Wave.everywhere.exists()


def test_an_address_is_never_asked_until_somebody_says_why(
    contact: MakeContact, ben: Membership, sign_in: SignIn
) -> None:
    contact("noi@example.com", name="Noi")
    client = sign_in(ben)
    assert client.post(address("never"), {"address": "nonsense"}).status_code == 422
    client.post(address("never"), {"address": "NOI@example.com"})
    row = Suppression.everywhere.get()
    assert (row.why, row.by) == ("by hand", ben.user)
    listed = client.get(address("never"), {"address": "noi@EXAMPLE.com"}).content.decode()
    assert "They are not asked any more" in listed
    assert client.post(address("again", row.pk), {"reason": ""}).status_code == 422
    client.post(address("again", row.pk), {"reason": "She wrote on 3 May that she wants to be asked."})
    assert not Suppression.everywhere.exists()
    entry = Entry.of(ben.workspace).get(kind="suppression", verb="remove")
    assert entry.after == {"reason": "She wrote on 3 May that she wants to be asked."}
    assert "noi@" not in str(Entry.of(ben.workspace).values_list("thing", flat=True)).lower()


def test_why_somebody_is_not_asked(wave: Wave, ben: Membership, sign_in: SignIn) -> None:
    client = sign_in(ben)
    told = {
        ask.contact.name: client.get(address("contact", ask.contact.pk)).content.decode()
        for ask in Ask.everywhere.select_related("contact")
        if ask.contact
    }
    assert "and rest until" in told["Noi"]
    left = wave.not_asked.get().contact
    assert "They are not asked any more" in client.get(address("contact", left.pk)).content.decode()


def test_a_wave_asks_few_questions_of_the_database(
    wave: Wave, ben: Membership, sign_in: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = sign_in(ben)
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        assert client.get(address("wave", wave.pk), {"of": "planned"}).status_code == 200
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        assert client.get(address("asks", wave.survey_id)).status_code == 200


@pytest.mark.parametrize(
    ("language", "said"), [("en", "We will not ask you again."), ("ar", 'dir="rtl"'), ("th", 'lang="th"')]
)
def test_leaving(language: str, said: str, wave: Wave) -> None:
    Ask.everywhere.update(language=language)
    ask = Ask.everywhere.first()
    assert ask is not None
    client, to = Client(enforce_csrf_checks=True), stop_link(ask).partition("8321")[2]
    assert client.get(to).status_code == client.head(to).status_code == 200
    assert Suppression.everywhere.count() == 1, "whatever looks where a link leads changes nothing"
    gone = client.post(to, {"List-Unsubscribe": "One-Click"})
    assert said in gone.content.decode()
    assert Suppression.everywhere.get(person=ask.person).why == "opted out"
    assert client.post(to).status_code == 200, "again is no fault"
    ask.refresh_from_db()
    assert ask.state == "stopped"


def test_nobody_leaves_by_another_link(wave: Wave) -> None:
    ask = Ask.everywhere.first()
    assert ask is not None
    signed = link(ask).rstrip("/").rpartition("/")[2]
    assert Client().post(f"/stop/{signed}/").status_code == 404
    assert Client().post("/stop/nonsense/").status_code == 404
    assert Suppression.everywhere.count() == 1
