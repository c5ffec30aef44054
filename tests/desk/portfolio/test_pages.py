"""The list as people use it: looked at, kept, worked through and taken out."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.models import Ownership, SavedView
from sabai.desk.portfolio.table import harmless
from sabai.desk.scoring.models import Account, Count
from sabai.desk.tasks.models import Task

LIST = "/w/lanna/accounts/"
SignIn = Callable[[Membership], Client]
Customer = Callable[..., Account]
EVIL = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", " ＝1+1", "-2+3", "x\n=1")


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    cache.clear()


def test_names_of_every_script_stand_in_the_list(ben: Membership, sign_in: SignIn, customer: Customer) -> None:
    for name in ("ร้านกาแฟ", "カフェ青空", "شركة النخيل", "<script>alert(1)</script>"):
        customer(name, stage="<b>", segment='"><i>', owner_name="<u>")
    page = sign_in(ben).get(LIST).content.decode()
    assert all(f"<bdi>{name}</bdi>" in page for name in ("ร้านกาแฟ", "カフェ青空", "شركة النخيل"))
    assert not any(tag in page for tag in ("<script>alert", "<b></bdi>", "<i>", "<u>"))


def test_a_search_answers_with_the_list_alone_and_its_address(
    ben: Membership, sign_in: SignIn, customer: Customer
) -> None:
    customer("Found")
    answer = sign_in(ben).get(f"{LIST}?q=found&owner=&segment=&sort=band", headers={"hx-request": "true"})
    assert answer.headers["HX-Push-Url"] == f"{LIST}?q=found"
    assert b"<html" not in answer.content
    assert b"Found" in answer.content


def test_a_list_of_any_length_asks_the_database_as_often(
    ben: Membership, sign_in: SignIn, customer: Customer, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = sign_in(ben)
    for at in range(60):
        customer(f"Customer {at}", owner=ben.user if at % 2 else None)
    client.get(LIST)  # fills what is kept for a minute
    with django_assert_max_num_queries(11):  # type: ignore[attr-defined]
        page = client.get(f"{LIST}?size=100").content
    assert len(page) < 200_000


def test_counts_and_their_change_against_four_weeks_before(
    ben: Membership, sign_in: SignIn, customer: Customer
) -> None:
    for _ in range(5):
        customer(band="healthy", revenue_minor=100_00)
    for day, accounts in ((date(2026, 6, 29), 5), (date(2026, 6, 1), 3)):
        Count.everywhere.create(workspace=ben.workspace, as_of=day, band="healthy", accounts=accounts, revenue_minor=1)
    page = sign_in(ben).get(LIST).content.decode()
    assert "<b>5</b> healthy</a> <small>+2</small>" in page
    assert "<small>+2</small>" not in sign_in(ben).get(f"{LIST}?q=baan").content.decode()


def test_an_empty_desk_says_what_will_stand_here(ben: Membership, aiko: Membership, sign_in: SignIn) -> None:
    assert "Here every customer will stand" in sign_in(ben).get(LIST).content.decode()
    assert "Bring in data" in sign_in(aiko).get(LIST).content.decode()
    assert "Bring in data" not in sign_in(ben).get(LIST).content.decode()


def test_a_list_is_kept_renamed_and_removed(ben: Membership, sign_in: SignIn, customer: Customer) -> None:
    customer()
    client = sign_in(ben)
    client.post(f"{LIST}views/", {"name": "ของฉัน", "of": "owner=me&band=at_risk&sort=%00"})
    view = SavedView.of(ben.workspace).get()
    assert (view.name, view.query, view.shared) == ("ของฉัน", "band=at_risk&owner=me", False)
    assert "ของฉัน" in client.get(LIST).content.decode()
    client.post(f"{LIST}views/{view.pk}/", {"do": "rename", "name": "Mine"})
    assert SavedView.of(ben.workspace).get().name == "Mine"
    client.post(f"{LIST}views/{view.pk}/", {"do": "remove"})
    assert not SavedView.of(ben.workspace).exists()
    assert [entry.verb for entry in Entry.of(ben.workspace).filter(kind="view").order_by("number")] == [
        "create",
        "change",
        "remove",
    ]


def test_another_keeps_what_is_theirs(ben: Membership, aiko: Membership, sign_in: SignIn) -> None:
    for name, shared in (("Secret", False), ("For all", True)):
        SavedView.everywhere.create(workspace=ben.workspace, user=aiko.user, name=name, query="fell=1", shared=shared)
    client = sign_in(ben)
    page = client.get(LIST).content.decode()
    assert "For all" in page
    assert "Secret" not in page
    shared_view = SavedView.of(ben.workspace).get(shared=True)
    assert client.post(f"{LIST}views/{shared_view.pk}/", {"do": "remove"}).status_code == 404


def test_ticked_customers_are_assigned(aiko: Membership, ben: Membership, sign_in: SignIn, customer: Customer) -> None:
    one, other = customer(), customer()
    data = {"account": [one.pk], "to": ben.pk, "from_on": "2026-01-01", "of": "sort=name"}
    answer = sign_in(aiko).post(f"{LIST}assign/", data)
    assert answer.headers["Location"] == f"{LIST}?sort=name"
    assert Ownership.of(aiko.workspace).get().account == one
    other.refresh_from_db()
    assert other.owner is None


def test_all_that_match_are_assigned_and_no_others(
    aiko: Membership, ben: Membership, chloe: Membership, sign_in: SignIn, customer: Customer
) -> None:
    wanted = {customer(band="at_risk").pk for _ in range(3)}
    customer(band="healthy")
    customer(band="at_risk", workspace=chloe.workspace)
    sign_in(aiko).post(f"{LIST}assign/", {"all": "1", "of": "band=at_risk", "to": ben.pk, "from_on": "2026-01-01"})
    assert set(Ownership.everywhere.values_list("account", flat=True)) == wanted


@pytest.mark.parametrize("wrong", [{"from_on": ""}, {"from_on": "0001-01-01"}, {"to": "x"}, {"account": []}])
def test_half_an_order_changes_nothing(
    wrong: dict[str, object], aiko: Membership, ben: Membership, sign_in: SignIn, customer: Customer
) -> None:
    data = {"account": [customer().pk], "to": ben.pk, "from_on": "2026-01-01"}
    client = sign_in(aiko)
    client.post(f"{LIST}assign/", data | wrong)
    assert not Ownership.of(aiko.workspace).exists()
    client.post(f"{LIST}assign/", data)
    assert Ownership.of(aiko.workspace).exists()


def test_nobody_of_another_workspace_is_given_customers(
    aiko: Membership, chloe: Membership, sign_in: SignIn, customer: Customer
) -> None:
    data = {"account": [customer().pk], "to": chloe.pk, "from_on": "2026-01-01"}
    sign_in(aiko).post(f"{LIST}assign/", data)
    assert not Ownership.everywhere.exists()


def test_a_task_for_each_goes_to_whoever_answers_for_them_once(
    aiko: Membership, ben: Membership, sign_in: SignIn, customer: Customer
) -> None:
    accounts = [customer(owner=ben.user), customer()]
    data = {"account": [each.pk for each in accounts], "title": "ส่งใบเสนอราคา", "due_on": "2026-07-01", "key": "a" * 32}
    for _ in range(2):
        sign_in(aiko).post(f"{LIST}ask/", data)
    made = {task.account: task.assigned for task in Task.of(aiko.workspace)}
    assert made == {accounts[0]: ben.user, accounts[1]: aiko.user}
    assert Task.of(aiko.workspace).count() == 2


def test_csv_holds_what_the_list_shows_and_no_formula(ben: Membership, sign_in: SignIn, customer: Customer) -> None:
    for at, evil in enumerate(EVIL):
        customer(evil, account_id=f"A-{at}", segment=evil, revenue_minor=123456)
    customer("Other", band="healthy")
    answer = sign_in(ben).get(f"{LIST}export.csv?band=unknown&column=segment&column=revenue")
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(StringIO(text.lstrip("\ufeff"), newline=""))
    assert head == ["Customer", "Id", "Segment", "Revenue a month"]
    assert len(rows) == len(EVIL)
    assert all(row[3] == "1234.56" for row in rows)
    assert not any(cell.lstrip()[:1] in tuple("=+-@＝") for row in rows for cell in row)
    assert Entry.of(ben.workspace).get(verb="export").after == {"query": "band=unknown&column=segment&column=revenue"}


def test_a_workbook_holds_text_numbers_and_days(ben: Membership, sign_in: SignIn, customer: Customer) -> None:
    customer("=1+1", renews_on=date(2026, 7, 1), score=61.25)
    book = load_workbook(BytesIO(sign_in(ben).get(f"{LIST}export.xlsx?column=score&column=renews").content))
    name, _, score, renews = next(book.active.iter_rows(min_row=2))
    assert (name.value, name.data_type) == ("=1+1", "s")
    assert score.value == 61.25
    assert renews.value.date() == date(2026, 7, 1)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_who_may_not_know_money_owed_does_not_take_it_out(
    kind: str, ben: Membership, member: Callable[[str], Membership], sign_in: SignIn, customer: Customer
) -> None:
    customer(overdue_minor=98_765, band="healthy")
    viewer = sign_in(member("viewer"))
    assert viewer.get(f"{LIST}export.{kind}").status_code == 403
    assert b"988" not in viewer.get(f"{LIST}?column=overdue").content
    assert b"988" in sign_in(ben).get(f"{LIST}?column=overdue").content


@given(st.text(max_size=20))
def test_a_harmless_text_stays_so(text: str) -> None:
    assert harmless(harmless(text)) == harmless(text)


@pytest.mark.parametrize("number", ["-12.50", "+1", "-1e5", "1,5"])
def test_numbers_stay_numbers(number: str) -> None:
    assert harmless(number) == number
