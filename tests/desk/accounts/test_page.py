"""The page of an account tells all that is known, to those who may see it, quickly and in little."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from time import process_time

import pytest
from django.test import Client
from django.urls import reverse
from msgspec.structs import replace
from pytest_django import DjangoAssertNumQueries

from sabai.desk.accounts.actions import notes, opinions
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account, Told
from sabai.desk.tasks.actions.create import create
from tests.desk.accounts.conftest import Open, known
from tests.desk.accounts.stories import NAMES, rich

SCRIPTS = list(NAMES)
BIDI = "\u202e\u2066\u200f"
HOSTILE = f"<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{BIDI}"


def words(markup: str) -> str:
    """What a reader sees, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", markup))


def number(shown: str) -> float:
    """A number as a page shows it, whose minus is a minus and not a hyphen."""
    return float(shown.replace("−", "-"))


def test_the_head_says_who_it_is_and_how_it_stands(nordlicht: Account, ben: Membership, opened: Open) -> None:
    seen = words(opened(ben, nordlicht))
    for said in ("Nordlicht Rösterei", "A-1", "Enterprise", "Germany", "61", "healthy", "59 provisional", "in 42 days"):
        assert said in seen
    assert "\N{MINUS SIGN}3.4 since last week" in seen and "+2.4 since last quarter" in seen  # noqa: PT018


def test_the_addition_can_be_added_again(nordlicht: Account, ben: Membership, opened: Open) -> None:
    table = re.search(r'<table class="addition">.*?</table>', opened(ben, nordlicht), re.DOTALL)
    assert table
    amounts = [number(each) for each in re.findall(r"<b>([+−]?\d+\.\d\d)</b>", table[0])]
    assert sum(amounts[:-1]) == pytest.approx(amounts[-1])
    assert amounts[-1] == 61.3
    assert "61 days old" in table[0]
    assert table[0].count('class="chart spark factor"') == 6


@pytest.mark.parametrize("span", [0, 1])
def test_each_move_is_the_sum_of_its_reasons(nordlicht: Account, ben: Membership, opened: Open, span: int) -> None:
    told = re.findall(r'<table class="reasons">.*?</table>', opened(ben, nordlicht), re.DOTALL)[span]
    whole = re.sub(r"<details>.*?</details>", "", told, flags=re.DOTALL)
    amounts = [number(each) for each in re.findall(r'<span class="(?:up|down|still)">([+−]?\d+\.\d\d)</span>', whole)]
    assert sum(amounts[:-1]) == pytest.approx(amounts[-1])
    assert amounts[-1] == (-3.4, 2.35)[span]


def test_of_who_left_no_factor_is_called_unknown(
    customer: Callable[..., Account], ben: Membership, opened: Open
) -> None:
    left = known(customer, replace(rich(), lines=()), here=False, score=None, coverage=None)
    seen = words(opened(ben, left))
    assert "whoever is no longer a customer is not scored" in seen
    assert "only unknown" not in seen
    assert "Unknown here" not in seen


def test_goals_say_what_became_of_them(nordlicht: Account, ben: Membership, opened: Open) -> None:
    seen = words(opened(ben, nordlicht))
    assert seen.index("met May 29, 2026") < seen.index("met late") < seen.index("overdue") < seen.index("wish")


def test_contacts_say_who_has_gone_quiet(nordlicht: Account, ben: Membership, opened: Open) -> None:
    seen = words(opened(ben, nordlicht))
    assert "2 have gone quiet" in seen
    assert "74 days ago" in seen
    assert "never seen" in seen


def test_money_is_for_those_who_may_see_it(
    nordlicht: Account, member: Callable[[str], Membership], opened: Open
) -> None:
    billing, viewer = (words(opened(member(role), nordlicht)) for role in ("billing", "viewer"))
    for said in ("INV-2031", "THB 7,777.00", "Invoices", "33 days past due"):
        assert said in billing
        assert said not in viewer


def test_forms_are_for_those_who_may_work(
    nordlicht: Account, ben: Membership, member: Callable[[str], Membership], opened: Open
) -> None:
    assert opened(ben, nordlicht).count('<form method="post"') == 5  # four of the page, and signing out
    assert 'data-key="c"' in opened(ben, nordlicht)
    main = opened(member("viewer"), nordlicht).split("<main")[1].split("</main")[0]
    assert "<form" not in main


def test_the_journey_shows_where_it_stands(nordlicht: Account, ben: Membership, opened: Open) -> None:
    stages = re.findall(
        r'<li class="(gone|here|ahead)"( aria-current="step")?><span><bdi>(\w+)', opened(ben, nordlicht)
    )
    assert [(way, bool(step), name) for way, step, name in stages] == [
        ("gone", False, "trial"), ("gone", False, "onboarding"), ("gone", False, "adoption"), ("here", True, "renewal"),
    ]  # fmt: skip


def test_a_stage_that_nobody_defines_is_said_by_name(
    customer: Callable[..., Account], ben: Membership, opened: Open
) -> None:
    assert "Stage: farewell" in words(opened(ben, known(customer, rich(), stage="farewell")))


def test_children_are_rolled_up_by_revenue(
    nordlicht: Account, customer: Callable[..., Account], ben: Membership, opened: Open
) -> None:
    customer("Nord", parent=nordlicht, score=80.0, band="healthy", revenue_minor=300_000)
    customer("Süd", parent=nordlicht, score=40.0, band="unhealthy", revenue_minor=100_000)
    customer("Gone", parent=nordlicht, score=1.0, here=False)
    seen = words(opened(ben, nordlicht))
    assert "from 2 children, by revenue: 70.0" in seen
    assert "THB 4K" in seen
    assert "Gone" not in seen


def test_unknown_stays_unknown(customer: Callable[..., Account], ben: Membership, opened: Open) -> None:
    account = customer("New", as_of=None)
    Told.objects.filter(account=account).delete()
    seen = words(opened(ben, account))
    assert "There is no score yet." in seen
    assert seen.count("unknown") >= 5


def test_another_workspace_is_not_there(
    nordlicht: Account, chloe: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    for slug in (nordlicht.workspace.slug, chloe.workspace.slug):
        answer = sign_in(chloe).get(reverse("accounts:account", args=(slug, nordlicht.pk)))
        assert answer.status_code == 404
        assert "Nordlicht" not in answer.content.decode()


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("language", ["en", "th", "ar", "ja"])
def test_every_script_in_every_language(
    customer: Callable[..., Account], ben: Membership, opened: Open, script: str, language: str
) -> None:
    name, who, goal = NAMES[script]
    page = opened(ben, known(customer, rich(script), name=name), **{"Accept-Language": language})
    assert f'lang="{language}"' in page
    for said in (name, who, goal):
        assert f"<bdi>{said}</bdi>" in page


class Read(HTMLParser):
    """Counts what a browser would run, and checks that each bidirectional mark stands in an isolated place."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.within: list[str] = []
        self.runs: list[str] = []
        self.loose: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within.append(tag)
        self.runs += [name for name, _ in attrs if name.startswith("on")]
        if tag == "img" or (tag == "script" and not dict(attrs).get("src")):
            self.runs.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.within:
            while self.within.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if BIDI in data and not {"bdi", "title", "option", "textarea"} & set(self.within):
            self.loose.append(data)


def hostile_account(customer: Callable[..., Account], ben: Membership) -> Account:
    text = dict.fromkeys(("name", "segment", "country", "industry", "product", "owner_name"), f"x{HOSTILE}")
    parent = customer(f"Parent{HOSTILE}")
    account = known(customer, rich(hostile=HOSTILE), **text, parent=parent, stage=f"adoption{HOSTILE}")
    customer(f"Child{HOSTILE}", parent=account, score=50.0)
    notes.add(ben, account, f"note{HOSTILE}", pinned=True)
    for kind in ("override", "pulse"):
        until = account.workspace.today() + timedelta(days=9)
        opinions.say(ben, account, kind=kind, band="at_risk", reason=f"reason{HOSTILE}", until_on=until)
    create(account.workspace, title=f"task{HOSTILE}", key="t", origin="person", account=account, by=ben.user)
    return account


@pytest.mark.parametrize("kind", ["", "events", "tickets", "responses", "touchpoints", "notes", "opinions", "tasks"])
def test_nothing_that_is_stored_runs_or_turns_the_page_around(
    customer: Callable[..., Account], ben: Membership, opened: Open, kind: str
) -> None:
    ben.user.name = f"Ben{HOSTILE}"
    ben.user.save()
    account = hostile_account(customer, ben)
    page = opened(ben, account, f"?kind={kind}")
    read = Read()
    read.feed(page)
    assert HOSTILE not in page
    assert "onerror=alert(2)&gt;" in page
    assert read.runs == []
    assert read.loose == []


def test_the_check_for_hostile_text_can_fail() -> None:
    read = Read()
    read.feed(f"<p>{BIDI}</p><svg onload=alert(1)></svg><script>alert(1)</script>")
    assert read.runs == ["onload", "script"]
    assert read.loose == [BIDI]


def test_a_full_page_is_small_quick_and_asks_little(
    nordlicht: Account,
    customer: Callable[..., Account],
    ben: Membership,
    sign_in: Callable[[Membership], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(30):
        customer(f"Child {number}", parent=nordlicht, score=50.0)
        notes.add(ben, nordlicht, f"Note {number}")
        create(nordlicht.workspace, title=f"Task {number}", key=str(number), origin="person", account=nordlicht)
    client = sign_in(ben)
    address = reverse("accounts:account", args=(nordlicht.workspace.slug, nordlicht.pk))
    client.get(address)
    with django_assert_max_num_queries(12):
        answer = client.get(address)
    assert len(answer.content) < 200_000
    assert min(seconds_of(client, address) for _ in range(3)) < 0.2


def seconds_of(client: Client, address: str) -> float:
    """Of the processor, which do not depend on what else the machine does."""
    began = process_time()
    client.get(address)
    return process_time() - began
