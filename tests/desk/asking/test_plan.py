"""Who is asked, who is not and why; what the database does not let anybody do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from sabai.desk.asking.actions.plan import plan
from sabai.desk.asking.actions.suppress import suppress
from sabai.desk.asking.models import Ask, NotAsked, Suppression, Wave
from sabai.desk.asking.queries import foreseen
from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Account
from sabai.desk.surveys.models import Survey
from tests.desk.asking.conftest import NOON, MakeContact, MakeSurvey

DAY = timedelta(days=1)


def asked(wave: Wave) -> set[str]:
    return {ask.contact.email for ask in Ask.of(wave.workspace).filter(wave=wave) if ask.contact}


def refused(wave: Wave) -> dict[str, str]:
    rows = NotAsked.of(wave.workspace).filter(wave=wave)
    return dict(rows.values_list("contact__email", "reason"))


def test_everybody_is_asked_or_it_is_said_why(
    survey: MakeSurvey, contact: MakeContact, customer: Callable[..., Account], workspace: Workspace, aiko: Membership
) -> None:
    nps = survey(audience={"bands": ["healthy"], "deciders_only": True})
    well = customer(band="healthy")
    contact("a@example.com", account=well, decides=True)
    contact("b@example.com", account=well)
    contact("c@example.com", account=customer(band="unhealthy"), decides=True)
    contact("not an address", account=well, decides=True)
    contact("d@example.com", account=customer(band="healthy", here=False), decides=True)
    gone = contact("e@example.com", account=well, decides=True)
    suppress(workspace, gone.person, "opted out")
    wave = plan(nps, NOON, 7, aiko.user)
    assert asked(wave) == {"a@example.com"}
    assert refused(wave) == {
        "b@example.com": "other segment",
        "c@example.com": "other band",
        "not an address": "no address",
        "d@example.com": "left",
        "e@example.com": "opted out",
    }
    assert (wave.audience, wave.asked) == (3, 1)
    assert Entry.of(workspace).filter(kind="wave", verb="create", user=aiko.user).count() == 1


def test_one_person_at_two_customers_is_asked_once(survey: MakeSurvey, contact: MakeContact) -> None:
    contact("noi@example.com")
    contact("Noi@Example.com", decides=True)
    wave = plan(survey(), NOON, 7, None)
    assert asked(wave) == {"Noi@Example.com"}, "where they decide"
    assert refused(wave) == {"noi@example.com": "same person"}


def test_who_was_asked_rests_over_all_surveys(survey: MakeSurvey, contact: MakeContact) -> None:
    contact("noi@example.com")
    plan(survey(), NOON, 1, None)
    other = survey("csat", occasion="once")
    early = plan(other, NOON + 89 * DAY, 2, None)
    assert refused(early) == {"noi@example.com": "asked lately"}
    assert NotAsked.of(other.workspace).get(wave=early).until == date(2026, 9, 28)
    assert asked(plan(other, NOON + 90 * DAY, 3, None)) == {"noi@example.com"}


def test_a_survey_may_wait_longer(survey: MakeSurvey, contact: MakeContact) -> None:
    contact("noi@example.com")
    plan(survey(), NOON, 1, None)
    other = survey("csat", occasion="once", rest_days=200)
    assert refused(plan(other, NOON + 199 * DAY, 2, None)) == {"noi@example.com": "asked lately"}
    assert asked(plan(other, NOON + 200 * DAY, 3, None)) == {"noi@example.com"}


def test_what_was_stopped_tires_nobody(survey: MakeSurvey, contact: MakeContact) -> None:
    contact("noi@example.com")
    nps = survey()
    plan(nps, NOON, 1, None)
    Ask.of(nps.workspace).update(state="stopped")
    assert asked(plan(nps, NOON + DAY, 1, None)) == {"noi@example.com"}


def test_an_occasion_is_asked_about_once(survey: MakeSurvey, contact: MakeContact) -> None:
    contact("noi@example.com")
    nps = survey()
    plan(nps, NOON, 1, None)
    assert refused(plan(nps, NOON + 300 * DAY, 1, None)) == {"noi@example.com": "asked already"}


def test_who_has_answered_is_not_asked(survey: MakeSurvey, contact: MakeContact, workspace: Workspace) -> None:
    nps = survey()
    for noi, suspicion in ((contact("a@example.com"), ""), (contact("b@example.com"), "machine")):
        Response.everywhere.create(
            workspace=workspace, survey=nps, version=nps.versions.get(), contact=noi, account=noi.account,
            channel="qr", key=noi.email, asked_at=NOON, answered_at=NOON, suspicion=suspicion,
        )  # fmt: skip
    wave = plan(nps, NOON, 1, None)
    assert refused(wave) == {"a@example.com": "answered already"}
    assert asked(wave) == {"b@example.com"}, "what a machine opened is no answer"


def test_the_lot_falls_on_the_same_people_again(survey: MakeSurvey, contact: MakeContact) -> None:
    for _ in range(30):
        contact()
    draws = [
        asked(plan(survey(sample=10, name=str(seed)), NOON + at * 400 * DAY, seed, None))
        for at, seed in enumerate((7, 7, 8))
    ]
    assert [len(draw) for draw in draws] == [10, 10, 10]
    assert draws[0] == draws[1]
    assert draws[0] != draws[2]
    assert NotAsked.everywhere.filter(reason="not drawn").count() == 60


def test_a_mail_waits_for_the_morning_of_its_reader(survey: MakeSurvey, contact: MakeContact) -> None:
    contact("th@example.com")
    contact("us@example.com", time_zone="America/New_York")
    contact("odd@example.com", time_zone="Mars/Base")
    wave = plan(survey(), NOON, 1, None)
    after = {ask.contact.email: ask.send_after for ask in Ask.of(wave.workspace).select_related("contact")}
    assert after == {
        "th@example.com": NOON,
        "us@example.com": NOON.replace(hour=13),  # nine there
        "odd@example.com": NOON,  # as in the workspace
    }


def test_everybody_is_asked_in_a_language_of_the_form(survey: MakeSurvey, contact: MakeContact) -> None:
    for code in ("th", "AR", "ja_JP", "fr", ""):
        contact(language=code)
    plan(survey(), NOON, 1, None)
    assert sorted(Ask.everywhere.values_list("language", flat=True)) == ["ar", "en", "en", "ja", "th"]


def test_what_is_foreseen_is_what_comes(survey: MakeSurvey, contact: MakeContact) -> None:
    nps, other = survey(sample=2), survey("csat", occasion="once", sample=1)
    for _ in range(4):
        contact()
    plan(other, NOON - 10 * DAY, 1, None)
    told = foreseen(nps, NOON)
    assert (told.audience, told.asked, dict(told.reasons)) == (4, 2, {"asked lately": 1, "not drawn": 1})
    assert told.rests_until == date(2026, 6, 20) + 90 * DAY
    wave = plan(nps, NOON, 5, None)
    assert (wave.audience, wave.asked) == (told.audience, told.asked)


def test_the_database_leaves_out_who_rests(survey: MakeSurvey, contact: MakeContact) -> None:
    """Two planned at once: neither saw the other's rows."""
    nps, noi = survey(), contact("noi@example.com")
    rows = [
        _ask(survey("csat", name=str(at), occasion="once"), noi, date(2026, 6, 1) + at * DAY) for at in (0, 30, 89, 90)
    ]
    Ask.everywhere.bulk_create(rows, ignore_conflicts=True)
    assert list(Ask.everywhere.order_by("asked_on").values_list("asked_on", flat=True)) == [
        date(2026, 6, 1), date(2026, 8, 30),
    ]  # fmt: skip
    late = Ask.everywhere.order_by("asked_on").first()
    assert late is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Ask.everywhere.bulk_create([_ask(nps, noi, date(2028, 1, 1), 0)])
    moved = Ask.everywhere.filter(pk=late.pk)
    if connection.vendor == "sqlite":
        assert moved.update(rests_until=date(2026, 12, 1)) == 0
        assert moved.update(rests_until=date(2026, 8, 20)) == 1


def test_a_plan_that_comes_second_says_so(
    survey: MakeSurvey, contact: MakeContact, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sabai.desk.asking.rules import Known

    contact("noi@example.com")
    plan(survey(), NOON, 1, None)
    monkeypatch.setattr("sabai.desk.asking.queries.known", lambda *_: Known())  # as it looked before the other
    wave = plan(survey("csat", occasion="once"), NOON, 2, None)
    assert (wave.asked, refused(wave)) == (0, {"noi@example.com": "asked lately"})


def test_opting_out_stops_what_was_planned(survey: MakeSurvey, contact: MakeContact, workspace: Workspace) -> None:
    noi = contact("noi@example.com")
    plan(survey(), NOON, 1, None)
    suppress(workspace, noi.person, "by hand")
    suppress(workspace, noi.person, "opted out")
    suppress(workspace, noi.person, "bounced")
    assert Ask.everywhere.get().state == "stopped"
    assert Suppression.everywhere.get().why == "opted out", "their own word counts"


def _ask(survey: Survey, noi: object, asked_on: date, rest: int = 90) -> Ask:
    return Ask(
        workspace=survey.workspace, survey=survey, version=survey.versions.get(), contact=noi, account=noi.account,
        person=noi.person, asked_on=asked_on, rests_until=asked_on + rest * DAY, send_after=NOON, closes_at=NOON,
    )  # fmt: skip
