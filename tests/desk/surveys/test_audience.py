"""Of whom a survey asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.people.models import Membership, Workspace
from sabai.desk.surveys.audience import NOBODY, Audience, conditions, fitting, read, told
from sabai.desk.surveys.counting import counted
from tests.desk.conftest import Customer
from tests.desk.surveys.conftest import TODAY, MakeContact

DAYS_90, DAYS_89 = TODAY - timedelta(days=90), TODAY - timedelta(days=89)
LONG_AGO = TODAY - timedelta(days=400)


@pytest.mark.parametrize(
    ("audience", "good", "bad"),
    [
        (Audience(stages=("adopted",)), {"stage": "adopted"}, {"stage": "onboarding"}),
        (Audience(bands=("healthy", "at_risk")), {"band": "at_risk"}, {"band": "unhealthy"}),
        (Audience(segments=("small", "-")), {"segment": ""}, {"segment": "large"}),
        (Audience(countries=("TH",)), {"country": "TH"}, {"country": "JP"}),
        (Audience(owners=("kai",)), {"owner_name": "kai"}, {"owner_name": "mia"}),
        (Audience(owners=(NOBODY,)), {}, {"owner_name": "mia"}),
        (Audience(tenure_from_days=90), {"started_on": DAYS_90}, {"started_on": DAYS_89}),
        (Audience(tenure_from_days=90), {"started_on": LONG_AGO}, {"started_on": None}),
        (Audience(tenure_until_days=90), {"started_on": DAYS_89}, {"started_on": DAYS_90}),
        (Audience(), {}, {"here": False}),
    ],
)  # fmt: skip
def test_customers_fit_or_do_not(
    audience: Audience, good: dict[str, Any], bad: dict[str, Any], workspace: Workspace, customer: Customer,
    contact: MakeContact,
) -> None:  # fmt: skip
    fits, _ = contact(customer(**good)), contact(customer(**bad))
    assert list(fitting(workspace, audience, TODAY)) == [fits]


def test_contacts_fit_or_do_not(workspace: Workspace, customer: Customer, contact: MakeContact) -> None:
    account = customer()
    owner, user = contact(account, role="Owner", decides=True), contact(account, role="User")
    contact(account, role="Owner", decides=True, here=False)
    assert list(fitting(workspace, Audience(roles=("User",)), TODAY)) == [user]
    assert list(fitting(workspace, Audience(deciders_only=True), TODAY)) == [owner]
    assert list(fitting(workspace, Audience(owners=("7",)), TODAY)) == []


def test_an_owner_is_a_user(aiko: Membership, customer: Customer, contact: MakeContact) -> None:
    hers, _ = contact(customer(owner=aiko.user)), contact(customer())
    assert list(fitting(aiko.workspace, Audience(owners=(str(aiko.user.pk),)), TODAY)) == [hers]


def test_those_who_left_are_asked_only_why(workspace: Workspace, customer: Customer, contact: MakeContact) -> None:
    here, gone = contact(customer()), contact(customer(here=False))
    assert list(fitting(workspace, Audience(), TODAY)) == [here]
    assert list(fitting(workspace, Audience(), TODAY, gone=True)) == [gone]


def test_reasons_together_say_who_fits(workspace: Workspace, customer: Customer, contact: MakeContact) -> None:
    from sabai.desk.asking.models import REASONS

    audience = Audience(stages=("adopted",), tenure_from_days=90, roles=("User",))
    contact(customer(stage="adopted", started_on=LONG_AGO), role="User")
    each = conditions(audience, TODAY)
    assert set(each) == {"left", "too new", "other stage", "other segment"}
    assert set(each) <= set(REASONS)


audiences = st.builds(
    Audience,
    stages=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    bands=st.sampled_from([(), ("healthy",), ("unknown", "at_risk")]),
    tenure_from_days=st.none() | st.integers(1, 4000),
    deciders_only=st.booleans(),
)


@given(audiences)
def test_an_audience_is_kept_as_it_is(audience: Audience) -> None:
    import json

    assert read(json.loads(json.dumps(told(audience)))) == audience


def test_counts(
    workspace: Workspace, customer: Customer, contact: MakeContact, django_assert_max_num_queries: Any
) -> None:
    new, old = customer(stage="adopted", band="healthy", started_on=TODAY), customer(started_on=LONG_AGO)
    for account in (new, old):
        contact(account, "both@example.com")
    contact(old, "")
    with django_assert_max_num_queries(4):
        found = counted(workspace, fitting(workspace, Audience(), TODAY), TODAY)
    assert (found.contacts, found.people, found.reachable, found.can_be_asked) == (3, 2, 1, 1)
    assert found.by(0) == [(0, 1), (2, 2)]
    assert found.by(1) == [("", 2), ("adopted", 1)]
    assert found.by(2) == [("healthy", 1), ("unknown", 2)]
