"""Whoever is erased has said nothing: neither their texts nor their name in those of others are left."""

from __future__ import annotations

from collections.abc import Callable

from sabai.desk.keeping.person import places
from sabai.desk.keeping.person.readings import readings_of
from sabai.desk.keeping.person.whom import Whom
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.themes.actions.correct import correct_themes
from sabai.desk.themes.models import Mention, Reading, Suggestion, Written

Said = Callable[..., Reading]


def test_a_person_goes_with_what_they_said(ben: Membership, workspace: Workspace, said: Said) -> None:
    theirs = said("Too slow for me", "negative", "speed", contact_id="u-7")
    other = said("Anna Bird told me that it is slow", "negative", "speed", contact_id="u-8")
    correct_themes(ben, theirs, ["price"])
    Suggestion.everywhere.create(workspace=workspace, terms=["anna bird"], examples=[], count=5)
    Written.everywhere.create(workspace=workspace, about="theme:speed", language="en", text="Anna Bird finds it slow")
    whom = Whom("contact", "u-7", contacts=("u-7",), names=("Anna Bird",))
    assert list(readings_of(workspace, whom)) == [theirs]
    gone = places.leave(workspace, whom)
    assert gone["readings"] == 1
    assert [row.text for row in Reading.of(workspace)] == ["erased told me that it is slow"]
    assert list(Mention.of(workspace).values_list("reading", flat=True)) == [other.pk]
    assert Suggestion.of(workspace).get().terms == ["erased"]
    assert Written.of(workspace).get().text == "erased finds it slow"


def test_a_customer_goes_with_all_their_texts(workspace: Workspace, said: Said, account: Account) -> None:
    said("Too slow", "negative", "speed")
    said("Nobody knows whose", "negative", "speed", account=None)
    places.leave(workspace, Whom("account", account.account_id, accounts=(account.account_id,)))
    assert [row.text for row in Reading.of(workspace)] == ["Nobody knows whose"]
