"""The demo company in the desk."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from django.test import override_settings

from sabai.demo import make
from sabai.desk.accounts.models import Opinion
from sabai.desk.accounts.queries import holding
from sabai.desk.people.models import Membership
from sabai.desk.scoring.demo import ADMIN, SLUG, seed
from sabai.desk.scoring.models import Account, Scoring, Told
from sabai.desk.scoring.queries import latest
from tests.desk.conftest import Staying


@pytest.fixture(scope="module")
def seeded(staying: Staying, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with staying(), override_settings(DATA=tmp_path_factory.mktemp("demo")), pytest.MonkeyPatch.context() as small:
        small.setattr(make, "make_company", partial(make.make_company, accounts=30))
        seed()
        yield


@pytest.fixture
def demo(seeded: None) -> Membership:
    return Membership.everywhere.get(workspace__slug=SLUG, user__email=ADMIN)


def test_it_has_people_scores_and_what_they_say(demo: Membership) -> None:
    workspace = demo.workspace
    assert (demo.role, demo.user.email, workspace.currency) == ("admin", ADMIN, "THB")
    managers = Membership.of(workspace).filter(role="manager")
    assert set(managers.values_list("known_as", flat=True)) <= {"kanya", "thanawat", "yuki", "layla", "james", "mali"}
    here = Account.of(workspace).filter(here=True)
    assert here.count() > 15
    assert not here.filter(owner=None).exists()
    assert Told.objects.filter(account__workspace=workspace).count() == 30
    said = Opinion.of(workspace)
    assert said.filter(holding(workspace.today())).exists()
    shown = said.filter(holding(workspace.today()), kind="override").order_by("from_on").last()
    assert shown is not None
    assert Account.of(workspace).get(pk=shown.account_id).band == shown.band


def test_its_tools_told_something_this_week(demo: Membership) -> None:
    """Whatever the day is: what comes in from today on goes on from there."""
    told, today = latest(demo.workspace), demo.workspace.today()
    assert told is not None
    assert told.as_of is not None
    assert 0 <= (today - told.as_of).days < 7


def test_it_is_made_once(demo: Membership) -> None:
    assert seed() == demo
    assert Scoring.of(demo.workspace).count() == 1
