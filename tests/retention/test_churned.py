"""Who left, why, who looked after them, and whether anybody asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from sabai.retention.churned import HOW, Churned
from sabai.retention.kept import Kept, kept
from tests.metrics.landing import Row, fact
from tests.retention.made import account, by_churn_facts, by_contracts, company, contract, leaving, on, span

SPAN = span("2024-02-01", "2025-02-01")
ANT = account("A", "2024-01-10")


def owner(name: str, first: str, last: str | None = None) -> Row:
    return fact(f"A {name} {first}", "A", on(first), user=name, from_on=on(first), until_on=last and on(last))


def survey(asked: str, answered: str | None = None, kind: str = "exit") -> Row:
    return fact(asked, "A", on(asked), kind=kind, asked_at=on(asked), answered_at=answered and on(answered))


def gone(folder: Path, **tables: list[Row]) -> Churned:
    tables = {"accounts": [ANT], "churn": [leaving("A", "2024-09-15")], **tables}
    [only] = kept(company(folder, **tables), by_churn_facts(), SPAN).churned
    return only


def test_all_that_was_written_down(tmp_path: Path) -> None:
    said = leaving("A", "2024-09-15", reason="price", comment="Too dear", kind="voluntary", notice_at=on("2024-08-15"))
    found = gone(tmp_path, churn=[said], owners=[owner("mali", "2024-01-10")])
    assert (found.name, found.owner, found.reason, found.comment) == ("A", "mali", "price", "Too dear")
    assert (str(found.left_on), str(found.notice_on)) == ("2024-09-15", "2024-08-15")
    assert found.stayed_days == on("2024-09-15") - on("2024-01-10")


@pytest.mark.parametrize(
    ("kind", "how"),
    [("failed payment", "involuntary"), ("Dunning", "involuntary"), ("card expired", "involuntary"),
     ("voluntary", "voluntary"), ("customer", "voluntary"), (None, "not said")],
)  # fmt: skip
def test_voluntary_and_involuntary_stand_apart(kind: str | None, how: str, tmp_path: Path) -> None:
    assert gone(tmp_path, churn=[leaving("A", "2024-09-15", kind=kind)]).how == how


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ([], "not asked"),
        ([survey("2024-08-20")], "asked"),
        ([survey("2024-09-20", "2024-09-21")], "answered"),
        ([survey("2024-09-20", "2024-09-21", kind="nps")], "not asked"),
        ([survey("2024-02-01", "2024-02-02")], "not asked"),
    ],
    ids=["nothing", "asked", "answered", "another survey", "long before"],
)
def test_whether_anybody_asked(rows: list[Row], asked: str, tmp_path: Path) -> None:
    assert gone(tmp_path, responses=rows).asked == asked


def test_the_owner_of_the_day_on_which_it_left(tmp_path: Path) -> None:
    rows = [owner("mali", "2024-01-10", "2024-06-01"), owner("yuki", "2024-06-01"), owner("james", "2024-10-01")]
    assert gone(tmp_path, owners=rows).owner == "yuki"


def test_the_latest_first_and_only_those_of_the_time(tmp_path: Path) -> None:
    days = {"A": "2024-01-31", "B": "2024-02-01", "C": "2025-01-31", "D": "2025-02-01", "E": "2024-07-07"}
    facts = company(
        tmp_path,
        accounts=[account(name, "2024-01-02") for name in days],
        churn=[leaving(name, day, reason=f"of {name}") for name, day in days.items()],
    )
    found = kept(facts, by_churn_facts(), SPAN).churned
    assert [(each.account_id, each.reason) for each in found] == [("C", "of C"), ("E", "of E"), ("B", "of B")]


def counted(found: Kept) -> list[tuple[int, int]]:
    return [(each.lost, sum(found.how[place].values())) for place, each in enumerate(found.each)]


def test_how_they_left_adds_up_to_the_lost(tmp_path: Path) -> None:
    """B came and left within March: it is listed, and was not there at the start of a month."""
    facts = company(
        tmp_path,
        subscriptions=[contract("A", "2024-01-01", "2024-03-10"), contract("B", "2024-03-02", "2024-03-20"),
                       contract("C", "2024-01-01")],
        churn=[leaving("A", "2024-03-10", kind="failed payment")],
    )  # fmt: skip
    found = kept(facts, by_contracts(grace_days=5), span("2024-02-01", "2024-05-01"))
    assert {each.account_id for each in found.churned} == {"A", "B"}
    assert counted(found) == [(0, 0), (1, 1), (0, 0)]
    assert dict(found.how[1]) == dict(zip(HOW, (0, 1, 0), strict=True))


def test_nobody_left(tmp_path: Path) -> None:
    found = kept(company(tmp_path, accounts=[ANT]), by_churn_facts(), SPAN)
    assert (found.churned, found.lately.churn.value, found.lately.rate.value) == ((), 0.0, 1.0)
