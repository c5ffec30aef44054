"""Nobody speaks for us who did not agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.desk.people.models import Membership, Workspace
from sabai.desk.replies import facts
from sabai.desk.replies.actions.close_loop import find
from sabai.desk.replies.actions.favours import STEPS, ask, leave, step
from sabai.desk.replies.models import Advocate, Favour
from sabai.desk.replies.queries import advocates, offered
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.models import Account
from tests.desk.conftest import SignIn
from tests.desk.replies.conftest import Answered
from tests.tries import tries


@pytest.fixture
def advocate(workspace: Workspace, answered: Answered) -> Advocate:
    find(answered(10, "love it"))
    return Advocate.of(workspace).get()


@tries(15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verbs=st.lists(st.sampled_from(sorted(STEPS)), max_size=6))
def test_done_is_only_what_was_agreed_to(
    verbs: list[str], workspace: Workspace, ben: Membership, advocate: Advocate
) -> None:
    Favour.of(workspace).delete()
    favour, _ = ask(ben, advocate, "review")
    for verb in verbs:
        step(ben, favour, verb)
        favour.refresh_from_db()
        assert favour.done_at is None or favour.consented_at is not None
        assert favour.consented_at is None or favour.refused_at is None


def test_nobody_is_asked_for_the_same_twice(ben: Membership, advocate: Advocate) -> None:
    assert [ask(ben, advocate, kind)[1] for kind in ("review", "reference", "review")] == [True, True, False]


def test_what_was_given_becomes_a_fact(
    workspace: Workspace, ben: Membership, advocate: Advocate, tmp_path: Path, settings: Any
) -> None:
    settings.DATA = tmp_path
    favour, _ = ask(ben, advocate, "case study")
    step(ben, favour, "consent")
    assert not facts.are_waiting(workspace)
    step(ben, favour, "done")
    assert facts.are_waiting(workspace)
    keys = facts.put_aside(workspace)
    (file,) = (Company.of(workspace).incoming / "advocacy" / "desk").glob("*.jsonl")
    row = json.loads(file.read_text(encoding="utf-8"))
    assert (row["account_id"], row["contact_id"], row["kind"]) == ("A-1", "noi", "case study")
    facts.landed(workspace, keys)
    assert not facts.are_waiting(workspace)


def test_what_they_offered_themselves_is_known(workspace: Workspace, answered: Answered) -> None:
    response = answered(9)
    response.given = {"score": 9, "why": "review", "speak": ["case study", "review", "no"]}
    response.save()
    find(response)
    assert offered(Advocate.of(workspace).get()) == ["review", "case study"]


def test_a_person_knows_better(workspace: Workspace, ben: Membership, advocate: Advocate) -> None:
    assert leave(ben, advocate)
    assert not leave(ben, advocate)
    assert not advocates(workspace).exists()


def test_an_advocate_whose_company_is_not_well_is_listed_with_a_remark(
    ben: Membership, sign_in: SignIn, advocate: Advocate
) -> None:
    def remarked() -> bool:
        page = sign_in(ben).get(f"/w/{ben.workspace.slug}/replies/advocates/").content.decode()
        assert "Noi" in page
        return "See to that first" in page

    assert remarked()
    Account.everywhere.update(band="healthy")
    assert not remarked()
