"""Links: of one ask and one purpose, forged by nobody, and not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.desk.asking.actions.plan import plan
from sabai.desk.asking.links import LATE, Expired, Forged, asked, link, opened, stop_link, stopped
from sabai.desk.asking.models import Ask
from tests.desk.asking.conftest import NOON, MakeContact, MakeSurvey
from tests.tries import tries

DAY = timedelta(days=1)


@pytest.fixture
def ask(survey: MakeSurvey, contact: MakeContact) -> Ask:
    contact("noi@example.com")
    plan(survey(), NOON, 1, None)
    return Ask.everywhere.get()


def signed(address: str) -> str:
    assert address.startswith(settings.SABAI["SABAI_URL"] + "/")
    return address.rstrip("/").rpartition("/")[2]


def test_a_link_leads_to_its_ask(ask: Ask) -> None:
    assert asked(signed(link(ask)), NOON) == ask
    assert (opened(signed(link(ask)), NOON).score, opened(signed(link(ask, 0)), NOON).score) == (None, 0)
    assert stopped(signed(stop_link(ask))) == ask


def test_a_link_is_good_for_one_thing(ask: Ask) -> None:
    with pytest.raises(Forged):
        asked(signed(stop_link(ask)), NOON)
    for other in (link(ask), link(ask, 9)):
        with pytest.raises(Forged):
            stopped(signed(other))


def test_a_link_ends(ask: Ask) -> None:
    last = ask.closes_at + LATE
    assert asked(signed(link(ask)), last) == ask, "an answer after the close is taken, and marked"
    with pytest.raises(Expired) as too_late:
        asked(signed(link(ask)), last + timedelta(seconds=1))
    assert too_late.value.ask == ask
    assert stopped(signed(stop_link(ask))) == ask, "one may leave for ever"


def test_a_link_of_nobody(ask: Ask) -> None:
    whole = signed(link(ask, 9))
    ask.delete()
    with pytest.raises(Forged):
        asked(whole, NOON)


@tries(20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 60), sign=st.characters(codec="utf-8"), whole=st.text(max_size=40))
def test_no_other_link_leads_anywhere(at: int, sign: str, whole: str, ask: Ask) -> None:
    good = signed(link(ask, 9))
    at %= len(good)
    for forged in (good[:at] + sign + good[at + 1 :], whole, good[:at]):
        if forged != good:
            with pytest.raises(Forged):
                opened(forged, NOON)
            with pytest.raises(Forged):
                stopped(forged)
