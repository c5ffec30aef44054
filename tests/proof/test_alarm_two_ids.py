"""Customers under two ids: found by what only they share, and no John Smith among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sabai.facts.landed import Facts
from sabai.proof.alarms.alarm import Alarm
from sabai.proof.alarms.under_two_ids import under_two_ids
from sabai.proof.leaving import Leavings
from sabai.proof.past import Past
from sabai.proof.replay import NO_END, Question, Replay
from sabai.proof.two_ids import TwoIds, two_ids
from tests.metrics.landing import Row, fact, land
from tests.proof.made_past import made_past
from tests.proof.made_replay import made_leavings, made_replay

STRANGERS = 200


def account(number: int, name: str, start: int, **rest: Any) -> Row:
    return fact(f"a{number}", f"a{number:04}", 0, name=name, started_on=start, **{"country": "TH", **rest})


def contact(of: int, mail: str) -> Row:
    return fact(f"c{of}", f"a{of:04}", 0, contact_id=f"c{of}", email=mail)


def strangers() -> list[Row]:
    """Everybody has a name and a day of their own, in one country."""
    return [account(100 + each, f"Shop {each}", 1000 + 5 * each) for each in range(STRANGERS)]


def landed(folder: Path, accounts: Iterable[Row], contacts: Iterable[Row] = ()) -> Facts:
    rows = [*accounts]
    tables = {"accounts": rows, "contacts": [*contacts]}
    return land(folder, {name: of for name, of in tables.items() if of}, {row["account_id"] for row in rows})


def left_on(facts: Facts, **days: int) -> Leavings:
    """The accounts of those names left on those days."""
    place = np.array(sorted(facts.account_ids.index(name) for name in days), dtype=np.int32)
    day = np.array([days[facts.account_ids[each]] for each in place], dtype=np.int32)
    return Leavings(place, day, day, np.full(len(place), np.nan))


def found_in(facts: Facts, **days: int) -> list[tuple[str, str]]:
    found = two_ids(facts, left_on(facts, **days))
    return [(facts.account_ids[one], facts.account_ids[other]) for one, other in found.pairs.tolist()]


TWICE = [("a0001", "a0002")]


@pytest.mark.parametrize("written", ["BAAN  coffee ", "Ｂａａｎ Ｃｏｆｆｅｅ"])
def test_the_same_name_and_mail_domain(tmp_path: Path, written: str) -> None:
    accounts = [account(1, "Baan Coffee", 10), account(2, written, 500), *strangers()]
    mails = [contact(1, "anna@Baan.example"), contact(2, "bo@baan.example")]
    assert found_in(landed(tmp_path, accounts, mails)) == TWICE


def test_a_provider_of_mail_says_nothing(tmp_path: Path) -> None:
    accounts = [account(1, "Baan Coffee", 10), account(2, "Baan Coffee", 500), *strangers()]
    mails = [contact(each, f"x{each}@mail.example") for each in (1, 2, 100)]
    facts = landed(tmp_path, accounts, mails)
    assert found_in(facts) == []
    assert two_ids(facts, made_leavings()).namesakes == 1


@pytest.mark.parametrize(("country", "pairs"), [("TH", TWICE), ("JP", [])])
def test_the_same_start_in_one_country(tmp_path: Path, country: str, pairs: list[tuple[str, str]]) -> None:
    accounts = [account(1, "Baan Coffee", 10), account(2, "Baan Coffee", 10, country=country), *strangers()]
    assert found_in(landed(tmp_path, accounts)) == pairs


@pytest.mark.parametrize(("begins", "pairs"), [(631, TWICE), (632, []), (569, TWICE), (568, [])])
def test_one_begins_when_the_other_leaves(tmp_path: Path, begins: int, pairs: list[tuple[str, str]]) -> None:
    accounts = [account(1, "Baan Coffee", 10), account(2, "Baan Coffee", begins), *strangers()]
    assert found_in(landed(tmp_path, accounts), a0001=600) == pairs
    assert found_in(landed(tmp_path, accounts)) == []


@pytest.mark.parametrize("family", [{"parent_id": "a0001"}, {"parent_id": "a0100"}])
def test_a_family_shares_its_name(tmp_path: Path, family: dict[str, str]) -> None:
    first = family if family["parent_id"] != "a0001" else {}
    accounts = [account(1, "Baan Coffee", 10, **first), account(2, "Baan Coffee", 10, **family), *strangers()]
    assert found_in(landed(tmp_path, accounts)) == []


def test_a_chain_of_shops_is_many(tmp_path: Path) -> None:
    chain = [account(each, "Baan Coffee", 10) for each in range(6)]
    mails = [contact(each, f"shop{each}@baan.example") for each in range(6)]
    assert found_in(landed(tmp_path, [*chain, *strangers()], mails)) == []


def test_where_all_begin_on_one_day_that_says_nothing(tmp_path: Path) -> None:
    """As after a migration."""
    accounts = [account(each, f"Shop {each % 60}", 10) for each in range(120)]
    assert found_in(landed(tmp_path, accounts)) == []


def people(planted: int) -> list[Row]:
    """People of common names, of whom some share a day by chance; the last few are twice the same."""
    rng = np.random.default_rng(5)
    names, days = rng.integers(0, 900, 2_000), rng.integers(0, 300, 2_000)
    common = [account(each, f"John {names[each]}", int(days[each])) for each in range(2_000)]
    return common + [account(3_000 + each, f"Mai {each // 2}", int(days[each // 2])) for each in range(2 * planted)]


@pytest.mark.parametrize(("planted", "fires"), [(0, False), (40, True)])
def test_common_names_are_no_alarm(tmp_path: Path, planted: int, fires: bool) -> None:
    alarm = alarm_of(landed(tmp_path, people(planted)))
    assert alarm.fired is fires
    assert ("same name: " in alarm.sentence) is not fires


def alarm_of(facts: Facts) -> Alarm:
    return under_two_ids(replay_of(facts))


def replay_of(facts: Facts, **rest: Any) -> Replay:
    return made_replay(few(facts), facts=facts, **rest)


def few(facts: Facts) -> Past:
    return replace(made_past(len(facts.account_ids), 1, {"use": 1.0})[0], known_until=2 * NO_END)


def test_it_says_how_many_with_five_examples_and_what_to_do(tmp_path: Path) -> None:
    twice = [account(each, f"Baan {each // 2}", 10 + each // 2) for each in range(14)]
    alarm = alarm_of(landed(tmp_path, [*twice, *strangers()]))
    assert alarm.fired
    assert alarm.measured == 7
    assert "two ids: 7, for instance Baan 0 (a0000, a0001), Baan 1" in alarm.sentence
    assert alarm.sentence.endswith("and Baan 4 (a0008, a0009).")
    assert "identities" in alarm.what_to_do


def test_without_names_or_doubles_it_is_quiet(tmp_path: Path) -> None:
    assert alarm_of(landed(tmp_path, strangers())).sentence == "No two accounts have the same name."
    nameless = landed(tmp_path, [fact("a1", "a0001", 0)])
    assert alarm_of(nameless).measured is None


def test_accounts_of_one_customer_stand_in_one_fold(tmp_path: Path) -> None:
    """A twin that is not known to be one stands apart somewhere."""
    twice = [account(each, f"Baan {each // 2}", 10 + each // 2) for each in range(40)]
    apart = [account(each, f"Baan {each}", 10 + each // 2) for each in range(40)]
    for rows, together in ((twice, True), (apart, False)):
        replay = replay_of(landed(tmp_path, [*rows, *strangers()]), question=Question(cross_section=True))
        fold = dict(zip(replay.test.account.tolist(), replay.folds(5, seed=7).tolist(), strict=True))
        assert all(fold[each] == fold[each + 1] for each in range(0, 40, 2)) is together


def test_customers_are_numbered_through_all_their_ids() -> None:
    chain = TwoIds(np.array([[1, 3], [3, 4]]), ("x", "x"), 0, True)
    assert chain.customer(6).tolist() == [0, 1, 2, 1, 1, 5]
    assert TwoIds(np.empty((0, 2), np.int64), (), 0, True).customer(3).tolist() == [0, 1, 2]
