"""The made company: the same bytes for the same seed, in four languages, with exactly the flaws that were put in."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from sabai.dates import to_day
from sabai.definitions.reader import read_definitions
from sabai.demo import make_company
from sabai.demo.calendar import LAST
from sabai.demo.mess import FLAWS
from sabai.facts.land import land
from sabai.facts.landed import Facts
from sabai.health.overrides import all_in_force, overrides_beside

TABLES = {
    "events": ("product", "web"),
    "invoices": ("invoices",),
    "payments": ("payments",),
    "tickets": ("tickets",),
    "responses": ("responses",),
    "subscriptions": ("subscriptions",),
    "touchpoints": ("touchpoints",),
    "costs": ("marketing", "sales", "care"),
}
FATES = ("duplicates", "versions", "conflicts", "waiting", "rejects")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    make_company(folder, seed=3, accounts=60)
    return folder


@pytest.fixture(scope="module")
def facts(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return land(read_definitions(company / "sabai.yaml"), company, tmp_path_factory.mktemp("facts"))


def _bytes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second, other = tmp_path / "first", tmp_path / "second", tmp_path / "other"
    for folder, seed in ((first, 5), (second, 5), (other, 6)):
        make_company(folder, seed=seed, accounts=40, months=4)
    assert _bytes(first) == _bytes(second)
    differ = {name for name, code in _bytes(other).items() if code != _bytes(first).get(name)}
    assert {
        "crm/accounts.csv",
        "overrides.csv",
        "usage/2026-06.parquet",
        "support/tickets.xlsx",
        "web/events.jsonl.gz",
    } <= differ


def _tally(facts: Facts, table: str) -> dict[str, int]:
    found = next(tally for tally in facts.tallies if tally.table == table)
    return {fate: getattr(found, fate) for fate in FATES}


def _put_in(company: Path, *exports: str) -> dict[str, int]:
    mess = json.loads((company / "truth.json").read_text(encoding="utf-8"))["mess"]
    return {fate: sum(mess[export].get(fate, 0) for export in exports) for fate in FATES}


@pytest.mark.parametrize("table", TABLES)
def test_every_flaw_that_was_put_in_is_found_and_no_other(company: Path, facts: Facts, table: str) -> None:
    assert _tally(facts, table) == _put_in(company, *TABLES[table])


def test_nothing_is_lost_and_all_else_is_clean(facts: Facts) -> None:
    assert all(tally.holds for tally in facts.tallies)
    clean = [tally for tally in facts.tallies if tally.table not in TABLES]
    assert {tally.table for tally in clean if tally.facts != tally.rows_in} == set()
    assert set(TABLES) == {table for table in TABLES for export in TABLES[table] if export in FLAWS}


def test_what_people_say_is_read_but_for_one_line(company: Path, facts: Facts) -> None:
    overrides, issues = overrides_beside(read_definitions(company / "sabai.yaml"), facts.account_ids)
    last = to_day(LAST)
    assert [issue.code for issue in issues] == ["HLT-023"]
    assert {override.kind for override in overrides} == {"override", "pulse"}
    assert [override.until_day <= last for override in overrides].count(True) == 1
    assert all(override.from_day < last for override in overrides)
    assert len(all_in_force(overrides, last)) >= 3


def test_people_and_companies_speak_four_languages(facts: Facts) -> None:
    names = facts.scan("accounts").collect()
    scripts = {"th": "[\u0e00-\u0e7f]", "ja": "[\u3040-\u30ff\u4e00-\u9fff]", "ar": "[\u0600-\u06ff]", "en": "[A-Za-z]"}
    for language, script in scripts.items():
        own = names.filter(language=language)["name"]
        assert len(own) > 0
        assert own.str.contains(script).all()
    assert names["name"].n_unique() == len(names)


def test_money_has_the_decimals_of_its_currency(facts: Facts) -> None:
    """The same price per seat everywhere: what an invoice is worth in baht does not depend on where it was written."""
    bills = facts.scan("invoices").filter(pl.col("base_minor").is_not_null()).collect()
    per_seat = bills.join(facts.scan("subscriptions").collect(), on="account_id").filter(pl.col("item_id") == "plan")
    worth = (
        per_seat.with_columns(each=pl.col("base_minor") / 100 / pl.col("seats"))
        .group_by("currency")
        .agg(pl.col("each").median())
    )
    assert {"THB", "JPY"} <= set(worth["currency"])
    assert worth["each"].is_between(250, 1500).all()


def test_bills_of_both_tools_are_read_alike(facts: Facts) -> None:
    baht = facts.scan("invoices").filter(pl.col("currency") == "THB").group_by("source")
    old, new = sorted(baht.agg(pl.col("amount_minor").median()).collect()["amount_minor"])
    assert new < 1.6 * old


def test_whoever_leaves_gave_notice_before(facts: Facts) -> None:
    gone = facts.scan("churn").collect()
    assert len(gone) > 0
    assert (gone["notice_at"] < gone["effective_at"]).all()


def test_no_event_comes_before_its_account_or_after_it_left(facts: Facts) -> None:
    lives = facts.scan("accounts").select("account_id", "started_day", "ended_day")
    events = facts.scan("events").join(lives, on="account_id").filter(pl.col("source") == "product").collect()
    assert (events["occurred_day"] >= events["started_day"] - 1).all()
    assert (events["occurred_day"] <= events["ended_day"].fill_null(10**6)).all()
