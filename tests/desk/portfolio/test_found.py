"""Which customers a list finds, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.people.models import Membership
from sabai.desk.portfolio.listed import allowed, listed
from sabai.desk.portfolio.queries import in_order, matching, rows
from sabai.desk.portfolio.wanted import Wanted
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.searchable import searchable

AS_OF = date(2026, 6, 29)
Customer = Callable[..., Account]


def found(member: Membership, **asked: object) -> list[str]:
    wanted = Wanted(**asked)  # type: ignore[arg-type]
    return [account.name for account in rows(in_order(matching(member, wanted, AS_OF), wanted.sort))]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Café Léman", "cafe leman"),
        ("Baan Coffee", "COFFEE baan"),
        ("ร้านกาแฟบ้านสวน", "กาแฟ"),
        ("サクラ商店", "さくら"),
        ("ｶﾌｪ・ソラ", "カフェ"),
        ("شَرِكَة النَّخِيل", "شركة النخيل"),
        ("مكتبة الأمل", "مكتبه الامل"),
        ("STRASSE 7", "straße"),
        ("ÅNGSTRÖM", "ångström"),
    ],
)
def test_a_name_is_found_however_it_is_typed(name: str, typed: str, ben: Membership, customer: Customer) -> None:
    customer("Somebody else")
    customer(name)
    assert found(ben, q=typed) == [name]


def test_an_id_is_found(ben: Membership, customer: Customer) -> None:
    customer("One", account_id="SF-001x")
    customer("Two", account_id="SF-002x")
    assert found(ben, q="sf-002") == ["Two"]


def test_signs_of_the_database_are_letters_like_others(ben: Membership, customer: Customer) -> None:
    customer("50% off")
    customer("500 off")
    assert found(ben, q="50%") == ["50% off"]
    assert found(ben, q="_") == []


@given(st.text(max_size=30))
def test_what_can_be_searched_stays_so(text: str) -> None:
    assert searchable(searchable(text)) == searchable(text)


def test_a_new_name_is_found_and_the_old_one_not(ben: Membership, customer: Customer) -> None:
    account = customer("Old")
    account.name = "ใหม่"
    account.save()
    assert found(ben, q="ใหม่") == ["ใหม่"]
    assert found(ben, q="old") == []


def test_filters_narrow(ben: Membership, aiko: Membership, customer: Customer) -> None:
    customer("Mine", owner=ben.user, segment="Small", renews_on=AS_OF + timedelta(days=10))
    customer("Hers", owner=aiko.user, band="at_risk", overdue_minor=100)
    customer("Theirs", owner_name="sales.tool", renews_on=AS_OF + timedelta(days=11))
    customer("Nobody's", last_seen_on=AS_OF - timedelta(days=29))
    customer("Gone", here=False)
    assert found(ben, owner="me") == ["Mine"]
    assert found(ben, owner=str(aiko.user.pk)) == ["Hers"]
    assert found(ben, owner="sales.tool") == ["Theirs"]
    assert found(ben, owner="nobody") == ["Nobody's"]
    assert found(ben, renews=10) == ["Mine"]
    assert found(ben, segment="-", sort="name") == ["Hers", "Nobody's", "Theirs"]
    assert found(ben, band=("at_risk",)) == ["Hers"]
    assert found(ben, overdue=True) == ["Hers"]
    assert found(ben, silent=28) == ["Nobody's"]
    assert found(ben, here="former") == ["Gone"]
    assert len(found(ben, here="all")) == 5


def test_the_unknown_come_last_either_way(ben: Membership, customer: Customer) -> None:
    customer("b", score=50.0, segment="B", band="healthy")
    customer("a", score=70.0, segment="A", band="unhealthy")
    customer("x")
    for key in ("score", "segment", "band"):
        up, down = found(ben, sort=key), found(ben, sort=f"-{key}")
        assert up[-1] == down[-1] == "x"
        assert up[:2] == down[1::-1]


def test_names_are_sorted_without_regard_to_case(ben: Membership, customer: Customer) -> None:
    for name in ("banana", "Zebra", "Apple"):
        customer(name)
    assert found(ben, sort="name") == ["Apple", "banana", "Zebra"]


def test_the_count_is_that_of_the_chosen_bands(ben: Membership, customer: Customer) -> None:
    for band, revenue in (("healthy", 100), ("healthy", None), ("at_risk", 50)):
        customer(band=band, revenue_minor=revenue)
    shown = listed(ben, Wanted(band=("healthy",)))
    assert shown.page.paginator.count == len(shown.page.object_list) == 2
    assert shown.standings["healthy"].revenue_minor == 100
    assert shown.standings["at_risk"].accounts == 1
    assert shown.standings["unknown"].revenue_minor is None


def test_money_owed_is_hidden_from_those_who_may_not_know(
    member: Callable[[str], Membership], customer: Customer
) -> None:
    viewer = member("viewer")
    wanted = allowed(viewer, Wanted(overdue=True, sort="-overdue", column=("overdue",)))
    assert (wanted.overdue, wanted.sort, wanted.column) == (False, "band", ("band",))
    assert allowed(member("billing"), Wanted(overdue=True)).overdue
