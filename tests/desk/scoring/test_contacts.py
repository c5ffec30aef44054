"""The people of all accounts stand in the database as the facts tell of them."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.scoring.persons import person_of
from sabai.desk.scoring.telling.contacts import write_contacts
from sabai.desk.scoring.telling.days import Spoken
from sabai.desk.scoring.telling.known import Known
from sabai.desk.scoring.telling.write import tell
from sabai.request import Run
from tests.desk.scoring.conftest import TODAY, stories

Scored = tuple[Run, Spoken]
NAMED = ("account__account_id", "contact_id")


@pytest.fixture
def told(workspace: Workspace, scored: Scored) -> Scored:
    tell(workspace, *scored, TODAY)
    return scored


def test_everybody_is_there_once(workspace: Workspace, told: Scored) -> None:
    known = Known(told[0].facts, told[1].as_of)
    wanted = known.rows("contacts", "account_id", "contact_id").drop_nulls("account_id").unique()
    assert set(Contact.of(workspace).values_list(*NAMED)) == set(wanted.iter_rows())
    assert Contact.of(workspace).count() == wanted.height


def test_they_are_as_the_stories_tell_them(workspace: Workspace, told: Scored) -> None:
    rows = {
        (each.account.account_id, each.contact_id): each for each in Contact.of(workspace).select_related("account")
    }
    for account, story in stories(workspace).items():
        for person in story.people:
            row = rows[account, person.contact_id]
            assert (row.name, row.email, row.role, row.decides) == (
                person.name,
                person.email,
                person.role,
                person.decides,
            )
            assert row.person == person_of(workspace.salt, row.email, row.contact_id)


def test_the_same_again_writes_nothing(
    workspace: Workspace, told: Scored, django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(2):  # those that stand, and the accounts
        write_contacts(workspace, Known(told[0].facts, told[1].as_of))


def test_whoever_is_told_of_no_more_stays_and_is_not_here(workspace: Workspace, told: Scored) -> None:
    account = Account.of(workspace).order_by("pk").first()
    assert account is not None
    gone = Contact.everywhere.create(workspace=workspace, account=account, contact_id="long-gone", person="p")
    changed = Contact.of(workspace).exclude(pk=gone.pk).order_by("pk").first()
    assert changed is not None
    name, changed.name = changed.name, "Somebody else"
    changed.save()
    write_contacts(workspace, Known(told[0].facts, told[1].as_of))
    gone.refresh_from_db()
    changed.refresh_from_db()
    assert (gone.here, changed.here, changed.name) == (False, True, name)


def test_languages_are_known_where_the_facts_say(workspace: Workspace, told: Scored) -> None:
    rows = Known(told[0].facts, told[1].as_of).rows("contacts", "contact_id", "language").drop_nulls()
    wanted = dict(rows.filter(pl.col("language") != "").iter_rows())
    assert {each.contact_id: each.language for each in Contact.of(workspace).exclude(language="")} == wanted
