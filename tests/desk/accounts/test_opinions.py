"""Overrides and pulses: shown at once, ended by hand or by time, never inside the score."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.desk.accounts.actions.opinions import say, settle_all, withdraw
from sabai.desk.accounts.jobs import overrides_end
from sabai.desk.accounts.models import Opinion
from sabai.desk.accounts.queries import in_force, overrides_in_force
from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from tests.desk.accounts.conftest import Open
from tests.tries import tries


@pytest.fixture
def today(nordlicht: Account) -> date:
    return nordlicht.workspace.today()


def bands(account: Account) -> tuple[str, str]:
    account.refresh_from_db()
    return account.band, account.own_band


def test_an_override_is_the_band_at_once_and_the_score_keeps_its_own(
    nordlicht: Account, ben: Membership, today: date, opened: Open
) -> None:
    say(ben, nordlicht, kind="override", band="unhealthy", reason="Sold to a rival", until_on=today + timedelta(days=9))
    assert bands(nordlicht) == ("unhealthy", "healthy")
    page = opened(ben, nordlicht)
    assert "Sold to a rival" in page
    assert "without it: healthy" in page
    told = [(entry.verb, entry.kind, entry.after) for entry in Entry.of(nordlicht.workspace).order_by("number")]
    assert [each[:2] for each in told] == [("create", "override"), ("change", "account")]
    assert told[1][2] == {"band": "unhealthy"}


def test_a_pulse_stands_beside_the_band(nordlicht: Account, ben: Membership, today: date, opened: Open) -> None:
    say(ben, nordlicht, kind="pulse", band="unhealthy", reason="Grumpy", until_on=today + timedelta(days=9))
    assert bands(nordlicht) == ("healthy", "healthy")
    assert "Grumpy" in opened(ben, nordlicht)


def test_a_withdrawn_override_gives_the_band_back(
    nordlicht: Account, ben: Membership, today: date, sign_in: Callable[[Membership], Client]
) -> None:
    until = today + timedelta(days=9)
    opinion = say(ben, nordlicht, kind="override", band="unhealthy", reason="Sold", until_on=until)
    address = reverse("accounts:withdraw", args=(nordlicht.workspace.slug, nordlicht.pk, opinion.pk))
    assert [sign_in(ben).post(address).status_code for _ in range(2)] == [302, 302]
    assert bands(nordlicht) == ("healthy", "healthy")
    verbs = Entry.of(nordlicht.workspace).order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["create", "change", "withdraw", "change"]


def test_a_new_override_takes_the_place_of_the_old_one(nordlicht: Account, ben: Membership, today: date) -> None:
    until = today + timedelta(days=9)
    for band in ("unhealthy", "at_risk"):
        last = say(ben, nordlicht, kind="override", band=band, reason="Because", until_on=until)
    assert bands(nordlicht)[0] == "at_risk"
    withdraw(ben, last)
    assert bands(nordlicht) == ("healthy", "healthy")


def test_an_override_falls_off_on_its_last_day(nordlicht: Account, ben: Membership, today: date) -> None:
    say(ben, nordlicht, kind="override", band="unhealthy", reason="Sold", until_on=today + timedelta(days=2))
    settle_all(nordlicht.workspace, today + timedelta(days=1))
    assert bands(nordlicht)[0] == "unhealthy"
    settle_all(nordlicht.workspace, today + timedelta(days=2))
    assert bands(nordlicht)[0] == "healthy"
    ended = Entry.of(nordlicht.workspace).order_by("number").last()
    assert ended and (ended.who, ended.after) == ("", {"band": "healthy"})  # noqa: PT018


def test_the_job_ends_what_is_over(nordlicht: Account, ben: Membership, today: date) -> None:
    say(ben, nordlicht, kind="override", band="unhealthy", reason="Sold", until_on=today + timedelta(days=2))
    Opinion.of(nordlicht.workspace).update(from_on=today - timedelta(days=9), until_on=today)
    overrides_end.call_local()
    assert bands(nordlicht)[0] == "healthy"


def test_the_job_puts_back_what_a_scoring_forgot(nordlicht: Account, ben: Membership, today: date) -> None:
    say(ben, nordlicht, kind="override", band="unhealthy", reason="Sold", until_on=today + timedelta(days=2))
    Account.of(nordlicht.workspace).update(band="healthy")
    overrides_end.call_local()
    assert bands(nordlicht)[0] == "unhealthy"


def test_an_override_speaks_of_customers_only(nordlicht: Account, ben: Membership, today: date) -> None:
    Account.of(nordlicht.workspace).update(here=False, band="unknown", own_band="unknown")
    say(ben, nordlicht, kind="override", band="unhealthy", reason="Sold", until_on=today + timedelta(days=2))
    assert bands(nordlicht) == ("unknown", "unknown")


@tries(10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.lists(st.tuples(st.integers(-9, 9), st.integers(1, 9), st.booleans()), max_size=5))
def test_what_holds_is_what_began_last_and_has_not_ended(
    nordlicht: Account, today: date, spans: list[tuple[int, int, bool]]
) -> None:
    Opinion.of(nordlicht.workspace).delete()
    for begins, lasts, withdrawn in spans:
        begin = today + timedelta(days=begins)
        Opinion.everywhere.create(
            workspace=nordlicht.workspace, account=nordlicht, kind="override", band="at_risk", reason="r",
            from_on=begin, until_on=begin + timedelta(days=lasts),
            withdrawn_at="2026-01-01T00:00Z" if withdrawn else None,
        )  # fmt: skip
    told = list(Opinion.of(nordlicht.workspace).order_by("-from_on", "-pk"))
    assert in_force(told, "override", today) == overrides_in_force(nordlicht.workspace, today).last()
    holds = [begins for begins, lasts, withdrawn in spans if begins <= 0 < begins + lasts and not withdrawn]
    found = in_force(told, "override", today)
    assert (found and (found.from_on - today).days) == (max(holds) if holds else None)


@pytest.mark.parametrize(
    "wrong",
    [{"band": "unknown"}, {"band": ""}, {"kind": "guess"}, {"reason": " "}, {"days": 0}, {"days": -1}, {"days": 367}],
)
def test_an_opinion_wants_a_band_a_reason_and_an_end(
    nordlicht: Account, ben: Membership, today: date, sign_in: Callable[[Membership], Client], wrong: dict[str, object]
) -> None:
    told = {"kind": "override", "band": "at_risk", "reason": "Because", "days": 9} | wrong
    told["until_on"] = (today + timedelta(days=int(str(told.pop("days"))))).isoformat()
    address = reverse("accounts:say", args=(nordlicht.workspace.slug, nordlicht.pk))
    assert sign_in(ben).post(address, told).status_code == 422
    assert not Opinion.of(nordlicht.workspace).exists()
    assert bands(nordlicht)[0] == "healthy"


def test_an_opinion_is_said_by_the_form(
    nordlicht: Account, ben: Membership, today: date, sign_in: Callable[[Membership], Client]
) -> None:
    told = {"kind": "override", "band": "at_risk", "reason": "Because", "until_on": today + timedelta(days=366)}
    address = reverse("accounts:say", args=(nordlicht.workspace.slug, nordlicht.pk))
    assert sign_in(ben).post(address, told).status_code == 302
    assert bands(nordlicht)[0] == "at_risk"


def test_an_opinion_that_ends_before_it_begins_is_none(nordlicht: Account, ben: Membership, today: date) -> None:
    with pytest.raises(ValueError, match="after it begins"):
        say(ben, nordlicht, kind="pulse", band="at_risk", reason="r", until_on=today)
