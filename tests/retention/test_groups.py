"""Customers told apart: a column, the owner or the product of the day, the quarter in which they came."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.errors import UsageError
from sabai.facts.landed import Facts
from sabai.retention.customers import Retention, pooled
from sabai.retention.groups import UNKNOWN, grouped
from sabai.retention.kept import kept
from sabai.retention.stays import stays
from tests.metrics.landing import Row, fact
from tests.retention.made import UNTIL, account, by_contracts, company, contract, months, on, span
from tests.tries import tries

YEAR = months("2024-02-01", "2024-08-01")


def names(facts: Facts, by: str) -> list[list[str]]:
    """Of each account at each bound."""
    found = grouped(facts, stays(facts, by_contracts(), on(UNTIL)), by, YEAR.bounds)
    return [[found.names[code] for code in row] for row in found.code]


def test_a_column_is_taken_as_it_stands_today(tmp_path: Path) -> None:
    old = account("A", "2024-01-01", segment="small") | {"superseded_day": on("2024-06-01")}
    new = account("A", "2024-01-01", segment="large") | {"received_at": on("2024-06-01")}
    rows = [old, new, account("B", "2024-01-01"), account("C", "2024-01-01", **{"properties.region": "north"})]
    facts = company(tmp_path, accounts=rows)
    assert [row[0] for row in names(facts, "segment")] == ["large", UNKNOWN, UNKNOWN]
    assert [row[0] for row in names(facts, "region")] == [UNKNOWN, UNKNOWN, "north"]


def test_the_owner_is_that_of_the_day(tmp_path: Path) -> None:
    def owner(user: str, first: str, last: str | None) -> Row:
        return fact(f"{user}{first}", "A", on(first), user=user, from_on=on(first), until_on=last and on(last))

    facts = company(
        tmp_path, accounts=[account("A", "2024-01-01")],
        owners=[owner("mali", "2024-01-01", "2024-04-10"), owner("yuki", "2024-04-10", "2024-06-15")],
    )  # fmt: skip
    assert names(facts, "owner") == [["mali", "mali", "mali", "yuki", "yuki", UNKNOWN, UNKNOWN]]


@pytest.mark.parametrize("turned", [False, True], ids=["as written", "turned"])
def test_the_product_is_the_one_that_costs_most(turned: bool, tmp_path: Path) -> None:
    rows = [
        contract("A", "2024-01-01", "2024-04-15", 500, product="base"),
        contract("A2", "2024-01-01", None, 300, product="extra"),
        contract("B", "2024-01-01", None, 300, product="extra"),
        contract("B2", "2024-01-01", None, 300, product="base"),
    ]
    facts = company(tmp_path, subscriptions=rows[::-1] if turned else rows)
    assert names(facts, "product") == [["base"] * 3 + ["extra"] * 4, ["extra"] * 7]


def test_the_quarter_in_which_they_came(tmp_path: Path) -> None:
    facts = company(tmp_path, subscriptions=[contract("A", "2024-03-31"), contract("B", "2024-04-01")])
    assert [row[0] for row in names(facts, "cohort")] == ["2024 Q1", "2024 Q2"]


@pytest.mark.parametrize(
    ("by", "hint"),
    [("segmnt", 'Did you mean "segment"?'), ("ownr", 'Did you mean "owner"?'), ("zzz", "Map the column")],
)
def test_what_is_not_known_is_said_with_what_was_meant(by: str, hint: str, tmp_path: Path) -> None:
    facts = company(tmp_path, accounts=[account("A", "2024-01-01", segment="small")])
    with pytest.raises(UsageError) as refused:
        names(facts, by)
    issue = refused.value.issues[0]
    assert (issue.code, issue.where) == ("RET-002", "--by")
    assert hint in issue.hint
    assert "segment" in issue.why


def added(each: list[Retention]) -> Retention:
    return pooled(tuple(each))


_ROWS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(0, 300), st.integers(1, 200), st.sampled_from(["one", "two", None])),
    min_size=1, max_size=8,
)  # fmt: skip


@given(_ROWS, st.sampled_from(["product", "cohort", "segment"]))
@tries(5)
def test_groups_add_up_to_the_whole(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int, int, str | None]], by: str
) -> None:
    """Also where a customer changes its group, and where one comes back into another."""
    folder = tmp_path_factory.mktemp("made")
    first = on("2024-01-15")
    facts = company(
        folder,
        accounts=[account(name, None, segment=segment) for name, segment in (("A", "x"), ("B", "y"), ("C", None))],
        subscriptions=[
            contract(f"{name}{at}", "2024-01-01", None, 100 + at, product=product)
            | {"starts_at": first + start, "ends_at": first + start + length}
            for at, (name, start, length, product) in enumerate(rows)
        ],
    )  # fmt: skip
    found = kept(facts, by_contracts(0), span("2024-02-01", "2025-02-01", by=by))
    assert added([group.lately for group in found.groups]) == found.lately
    assert added([group.each for group in found.groups]) == found.all_periods
