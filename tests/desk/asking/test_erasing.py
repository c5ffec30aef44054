"""Somebody is erased in the middle of a wave: nothing names them, and still nobody asks them again."""

from __future__ import annotations

from sabai.desk.asking.actions.plan import plan
from sabai.desk.asking.actions.suppress import suppress
from sabai.desk.asking.models import Ask, NotAsked, Suppression
from sabai.desk.keeping.person.places import leave
from sabai.desk.keeping.person.whom import Whom
from sabai.desk.people.models import Workspace
from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Contact
from tests.desk.asking.conftest import NOON, MakeContact, MakeSurvey

NOI = Whom("contact", "C-1", contacts=("C-1",), emails=("noi@example.com",), names=("Noi Jaidee",))


def test_their_asks_are_of_nobody(survey: MakeSurvey, contact: MakeContact, workspace: Workspace) -> None:
    noi, other = contact("Noi@Example.com", name="Noi Jaidee"), contact("som@example.com", name="Som")
    again = contact("noi@example.com", name="N. Jaidee")
    nps = survey()
    plan(nps, NOON, 1, None)
    Response.everywhere.create(
        workspace=workspace, survey=nps, version=nps.versions.get(), contact=noi, account=noi.account, channel="mail",
        ask=noi.asks.get(), key="k", asked_at=NOON, score=9, comment="I am Noi", given={"why": "I am Noi"},
    )  # fmt: skip
    leave(workspace, NOI)
    assert list(Contact.everywhere.all()) == [other]
    assert {(ask.contact, ask.state) for ask in Ask.everywhere.select_related("contact")} == {
        (None, "stopped"), (other, "planned"),
    }  # fmt: skip
    assert not NotAsked.everywhere.filter(contact=again.pk).exists()
    response = Response.everywhere.get()
    assert (response.contact, response.comment, response.given, response.score) == (None, "", {}, 9)


def test_what_others_wrote_of_them_names_them_no_more(
    survey: MakeSurvey, contact: MakeContact, workspace: Workspace
) -> None:
    contact("noi@example.com", name="Noi Jaidee")
    nps = survey()
    Response.everywhere.create(
        workspace=workspace, survey=nps, version=nps.versions.get(), contact=contact(), channel="mail", key="k",
        asked_at=NOON, comment="Noi Jaidee was rude.", given={"why": "Noi Jaidee was rude."},
    )  # fmt: skip
    leave(workspace, NOI)
    response = Response.everywhere.get()
    assert (response.comment, response.given) == ("erased was rude.", {"why": "erased was rude."})


def test_whoever_left_is_known_again(survey: MakeSurvey, contact: MakeContact, workspace: Workspace) -> None:
    suppress(workspace, contact("noi@example.com").person, "opted out")
    leave(workspace, NOI)
    assert "noi" not in Suppression.everywhere.get().person
    contact("NOI@example.com")  # a list brings them back
    wave = plan(survey(), NOON, 1, None)
    assert (wave.asked, NotAsked.everywhere.get().reason) == (0, "opted out")


def test_whoever_was_asked_and_comes_back_still_rests(
    survey: MakeSurvey, contact: MakeContact, workspace: Workspace
) -> None:
    contact("noi@example.com")
    plan(survey(), NOON, 1, None)
    Ask.everywhere.update(state="sent")
    leave(workspace, NOI)
    contact("noi@example.com")
    assert plan(survey("csat", occasion="once"), NOON, 2, None).asked == 0
