"""What makes surveys ask."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.tickets import Solved
from sabai.desk.surveys.actions.notice import notice_moves, notice_solved, release
from sabai.desk.surveys.models import Happening
from sabai.desk.surveys.occasions import Due, due
from tests.desk.conftest import Customer
from tests.desk.surveys.conftest import TODAY, MakeContact, MakeSurvey

BEGUN = date(2026, 1, 5)
DAY = timedelta(days=1)


def test_once_in_a_quarter_and_never_twice(survey: MakeSurvey, customer: Customer, contact: MakeContact) -> None:
    people = {contact(customer(started_on=date(2020, 1, 1))).pk for _ in range(40)}
    contact(customer(started_on=TODAY))  # too new
    nps = survey(begun=BEGUN)
    for first in (BEGUN, BEGUN + 91 * DAY):
        asked = [each for place in range(91) for each in due(nps, first + place * DAY)]
        assert sorted(each.contact for each in asked) == sorted(people)
        assert {each.occasion for each in asked} == {f"round:{first.isoformat()}"}
    assert [*due(nps, BEGUN - DAY)] == []


def test_one_person_has_one_turn_at_all_customers(survey: MakeSurvey, customer: Customer, contact: MakeContact) -> None:
    both = [contact(customer(started_on=BEGUN - 400 * DAY), "both@example.com") for _ in range(2)]
    nps = survey(begun=BEGUN)
    days = [day for place in range(91) if (day := [*due(nps, BEGUN + place * DAY)])]
    assert [sorted(each.contact for each in day) for day in days] == [sorted(each.pk for each in both)]


def test_a_draft_asks_nobody_and_one_that_asks_once_is_never_due(survey: MakeSurvey) -> None:
    assert [*due(survey(), TODAY)] == []
    assert [*due(survey(begun=BEGUN, occasion="once"), TODAY)] == []


def test_whoever_wrote_a_ticket_is_asked_a_day_after_it_was_solved(
    survey: MakeSurvey, customer: Customer, contact: MakeContact, workspace: Workspace
) -> None:
    account = customer()
    writer, _ = contact(account), contact(account)
    csat = survey("csat", begun=BEGUN)
    solved = [
        Solved("T-1", account.account_id, writer.contact_id, TODAY - DAY),
        Solved("T-2", account.account_id, "", TODAY - DAY),
        Solved("T-3", "A-unknown", "", TODAY - DAY),
        Solved("T-4", account.account_id, writer.contact_id, TODAY - 20 * DAY),  # noticed too late
    ]
    for _ in range(2):
        notice_solved(workspace, solved, TODAY - DAY)
    assert Happening.of(workspace).count() == 3
    assert [*due(csat, TODAY)] == [Due(writer.pk, "ticket:T-1")]
    assert [*due(csat, TODAY - DAY)] == [*due(csat, TODAY + DAY)] == []
    assert [*due(csat, TODAY + 5 * DAY, since=TODAY - 5 * DAY)] == [Due(writer.pk, "ticket:T-1")]


def test_a_ticket_that_was_noticed_later_is_asked_about_then(
    survey: MakeSurvey, customer: Customer, contact: MakeContact, workspace: Workspace
) -> None:
    account = customer()
    writer, csat = contact(account), survey("csat", begun=BEGUN)
    notice_solved(workspace, [Solved("T-1", account.account_id, writer.contact_id, TODAY - 5 * DAY)], TODAY)
    days = [TODAY + place * DAY for place in range(-7, 8)]
    assert [day for day in days if [*due(csat, day)]] == [TODAY + DAY]


def test_nothing_from_before_it_began(
    survey: MakeSurvey, customer: Customer, contact: MakeContact, workspace: Workspace
) -> None:
    account = customer()
    writer, csat = contact(account), survey("csat", begun=TODAY)
    solved = [Solved(f"T-{day}", account.account_id, writer.contact_id, TODAY + day * DAY) for day in (-1, 0)]
    notice_solved(workspace, solved, TODAY)
    assert [*due(csat, TODAY + DAY, since=TODAY - DAY)] == [Due(writer.pk, "ticket:T-0")]


@pytest.mark.parametrize(("delay", "days"), [(-30, -30), (10, 10)])
def test_renewals_ahead_and_past(
    delay: int, days: int, survey: MakeSurvey, customer: Customer, contact: MakeContact, workspace: Workspace
) -> None:
    account = customer(renews_on=TODAY)
    asked, _ = contact(account), contact(customer(renews_on=TODAY + 365 * DAY))
    renewing = survey(begun=BEGUN, occasion="renewal", delay_days=delay, audience={})
    notice_moves(workspace, TODAY - DAY)
    Account.of(workspace).filter(pk=account.pk).update(renews_on=TODAY + 365 * DAY if delay > 0 else TODAY)
    notice_moves(workspace, TODAY + DAY)
    seen = [TODAY + place * DAY for place in range(-60, 61)]
    found = {day: [*due(renewing, day)] for day in seen}
    assert {day for day in seen if found[day]} == {TODAY + days * DAY}
    assert found[TODAY + days * DAY] == [Due(asked.pk, f"renewal:{account.pk}:{TODAY.isoformat()}")]


def test_a_stage_entered_and_a_customer_gone(
    survey: MakeSurvey, customer: Customer, contact: MakeContact, workspace: Workspace
) -> None:
    account = customer(stage="onboarding")
    who = contact(account)
    check = survey("onboarding", begun=BEGUN, delay_days=0)
    leaving = survey("exit", begun=BEGUN, delay_days=0)
    notice_moves(workspace, TODAY - DAY)
    Account.of(workspace).filter(pk=account.pk).update(stage="adopted")
    for _ in range(2):
        notice_moves(workspace, TODAY)
    assert [*due(check, TODAY + DAY)] == [Due(who.pk, f"stage:{account.pk}:adopted")]
    assert [*due(check, TODAY)] == [*due(check, TODAY + 2 * DAY)] == [*due(leaving, TODAY + DAY)] == []
    Account.of(workspace).filter(pk=account.pk).update(here=False)
    notice_moves(workspace, TODAY + DAY)
    assert [*due(leaving, TODAY + 2 * DAY)] == [Due(who.pk, f"churn:{account.pk}:{(TODAY + DAY).isoformat()}")]
    assert [*due(check, TODAY + DAY)] == []


def test_who_is_seen_for_the_first_time_or_forgotten_has_not_moved(workspace: Workspace, customer: Customer) -> None:
    account = customer(stage="adopted", here=False)
    forgotten = customer()
    notice_moves(workspace, TODAY)
    Account.of(workspace).filter(pk=forgotten.pk).update(here=False, as_of=None)
    notice_moves(workspace, TODAY + DAY)
    assert Happening.of(workspace).count() == 0
    assert account.stood.here is False


def test_an_unknown_renewal_becomes_known(workspace: Workspace, customer: Customer) -> None:
    account = customer(renews_on=None)
    notice_moves(workspace, TODAY)
    Account.of(workspace).filter(pk=account.pk).update(renews_on=TODAY + DAY)
    notice_moves(workspace, TODAY)
    account.stood.refresh_from_db()
    assert account.stood.renews_on == TODAY + DAY


def test_a_release_asks_everybody_who_fits_once(
    aiko: Membership, survey: MakeSurvey, customer: Customer, contact: MakeContact
) -> None:
    tomorrow = aiko.workspace.today() + DAY
    people = {contact(customer(started_on=BEGUN)).pk for _ in range(3)}
    after = survey(begun=BEGUN, occasion="release")
    assert release(aiko, "3.2")
    assert not release(aiko, "3.2")
    assert {each.contact for each in due(after, tomorrow)} == people
    assert {each.occasion for each in due(after, tomorrow)} == {"release:3.2"}
    assert Entry.of(aiko.workspace).filter(kind="release").count() == 1


def test_happenings_cost_the_same_however_many(
    survey: MakeSurvey, customer: Customer, contact: MakeContact, django_assert_max_num_queries: Any
) -> None:
    csat = survey("csat", begun=BEGUN)
    writers = [contact(customer()) for _ in range(30)]
    solved = [Solved(f"T-{each.pk}", each.account.account_id, each.contact_id, TODAY - DAY) for each in writers]
    with django_assert_max_num_queries(8):
        notice_solved(csat.workspace, solved, TODAY)
    with django_assert_max_num_queries(5):
        assert len([*due(csat, TODAY + DAY)]) == 30


@pytest.mark.parametrize("noticed", range(4))
@pytest.mark.parametrize("delay", [0, 1, 14])
def test_however_one_looks_everybody_is_due_once(
    delay: int, noticed: int, survey: MakeSurvey, customer: Customer, contact: MakeContact, workspace: Workspace
) -> None:
    """Day by day or after a pause, and whenever of a day it was noticed."""
    account = customer()
    writer, csat = contact(account), survey("csat", begun=BEGUN, delay_days=delay)
    solved = [Solved("T-1", account.account_id, writer.contact_id, TODAY)]
    notice_solved(workspace, solved, TODAY + noticed * DAY)
    for steps in ([1] * 30, [3] * 10, [5, 1, 9, 15], [30]):
        at, found = TODAY - DAY, []
        for step in steps:
            found += due(csat, at + step * DAY, since=at)
            at += step * DAY
        assert found == [Due(writer.pk, "ticket:T-1")], steps
