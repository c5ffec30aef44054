"""The table of the past: who left when, what was known then, and what each row may be asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sabai.dates import from_day
from sabai.definitions.model import Basic, Churn, Factor, Health
from sabai.facts.landed import Facts
from sabai.metrics.grid import Floats
from sabai.pipeline import walk
from sabai.proof.contracts import contracts, next_renewal
from sabai.proof.leaving import leavings, settle_days
from sabai.proof.past import Past
from sabai.proof.replay import Question, Replay, replayed
from sabai.proof.split import best_split
from tests.metrics.landing import Row, define, fact, land

START, UNTIL = 18_263, 18_263 + 400  # 2020-01-01
GRACE = Churn("subscriptions", 30)


def account(name: str, since: int = START - 100, until: int | None = None) -> Row:
    return fact(name, name, since, started_on=since, ended_on=until)


def left(name: str, notice: int | None, effective: int, recorded: int | None = None) -> Row:
    return fact(
        f"{name}-left", name, notice or effective, notice_at=notice, effective_at=effective, recorded_at=recorded
    )


def subscribed(name: str, start: int, end: int | None, **columns: object) -> Row:
    return fact(f"{name}-{start}", name, start, starts_at=start, ends_at=end, **columns)


def used(name: str, day: float) -> Row:
    return fact(f"{name}-{day}", name, day, name="login", occurred_at=day)


def history(folder: Path, **tables: list[Row]) -> Facts:
    """Three accounts that log in every week, and whatever else the tables say."""
    names = ("ant", "bee", "cat")
    events = [used(name, day) for name in names for day in range(START, UNTIL, 7)]
    everything = {"accounts": [account(name) for name in names], "events": events, **tables}
    return land(folder, everything, accounts=names, since=START)


LOGINS = Health(factors=(Factor("logins", "usage", 1, curve=((0, 0), (20, 100))),), dimensions=("usage",))


def looked_back(facts: Facts, question: Question = Question(30), churn: Churn = Churn(), *as_of: int) -> Replay:  # noqa: B008 (frozen)
    definitions = define(Basic("logins", "count", "events", window_days=28), health=LOGINS, churn=churn)
    return replayed(question, definitions, facts, [from_day(day) for day in as_of], lambda *given: walk(*given)[0])


def rows(past: Past, name: str) -> list[int]:
    """The as-of days at which the account stands in the table, counted from START."""
    return [int(day) - START for day, each in zip(past.as_of, past.account, strict=True) if past.accounts[each] == name]


class TestLeaving:
    def test_of_churn_facts_the_first_counts_and_notice_is_never_after_the_end(self, tmp_path: Path) -> None:
        churn = [
            left("ant", START + 60, START + 90),
            left("ant", None, START + 200),
            left("bee", START + 50, START + 40),
        ]
        facts = history(tmp_path, churn=churn)
        found = leavings(facts, define(churn=Churn()), UNTIL)
        assert (found.notice - START).tolist() == [60, 40]
        assert (found.effective - START).tolist() == [90, 40]

    def test_subscriptions_that_go_on_within_the_grace_are_no_leaving(self, tmp_path: Path) -> None:
        facts = history(
            tmp_path,
            subscriptions=[
                subscribed("ant", START, START + 30), subscribed("ant", START + 60, START + 90),  # 30 days: grace
                subscribed("bee", START, START + 30), subscribed("bee", START + 61, None),  # 31: left, and came back
                subscribed("cat", START, UNTIL - 30),  # the grace is not over yet
            ],
        )  # fmt: skip
        found = leavings(facts, define(churn=GRACE), UNTIL)
        assert [(int(a), int(d) - START) for a, d in zip(found.account, found.effective, strict=True)] == [
            (0, 90),
            (1, 30),
        ]

    def test_a_shorter_one_inside_a_longer_is_no_end(self, tmp_path: Path) -> None:
        rows = [subscribed("ant", START, START + 200), subscribed("ant", START + 10, START + 20)]
        found = leavings(history(tmp_path, subscriptions=rows), define(churn=GRACE), UNTIL)
        assert (found.effective - START).tolist() == [200]

    def test_it_settles_when_nearly_all_were_written_down_and_the_grace_is_over(self, tmp_path: Path) -> None:
        facts = history(tmp_path, churn=[left(name, None, START + 50, START + 53) for name in ("ant", "bee", "cat")])
        definitions = define(churn=Churn())
        assert settle_days(definitions, leavings(facts, definitions, UNTIL)) == 3


class TestRows:
    def test_nobody_stands_in_the_table_who_has_given_notice_or_left(self, tmp_path: Path) -> None:
        facts = history(tmp_path, churn=[left("ant", START + 100, START + 160)])
        past = looked_back(facts, Question(30), Churn(), *(START + day for day in (90, 100, 101, 130, 200))).past
        assert rows(past, "ant") == [90, 100]  # on the day of the notice nobody knows it yet
        assert rows(past, "bee") == [90, 100, 101, 130, 200]

    def test_who_pays_by_subscription_and_has_none_is_left_out_at_once(self, tmp_path: Path) -> None:
        facts = history(tmp_path, subscriptions=[
            subscribed("ant", START, START + 100), subscribed("bee", START, None),
            subscribed("cat", START, START + 100), subscribed("cat", START + 120, None),
        ])  # fmt: skip
        past = looked_back(facts, Question(30), GRACE, *(START + day for day in (100, 101, 110, 125))).past
        assert rows(past, "ant") == [100]
        assert rows(past, "cat") == [100, 125]  # whether it would come back was not known on day 110
        assert rows(past, "bee") == [100, 101, 110, 125]

    def test_labels_are_half_open_and_both_kinds_are_told(self, tmp_path: Path) -> None:
        facts = history(tmp_path, churn=[left("ant", START + 100, START + 160)])
        past = looked_back(facts, Question(30), Churn(), START + 70, START + 71).past
        ant = past.only(past.account == 0)
        assert ant.leaves("notice", 30).tolist() == [False, True]
        assert ant.leaves("effective", 90).tolist() == [False, True]
        assert ant.notice_in.tolist() == [30, 29]

    def test_a_window_must_have_ended_and_its_leavings_be_written_down(self, tmp_path: Path) -> None:
        late = [left("ant", None, START + 50, START + 60)]
        past = looked_back(history(tmp_path, churn=late), Question(30), Churn(), START + 355, START + 380).past
        assert past.settle_days == 10
        assert past.known_until == UNTIL  # the day after the last login
        assert dict(zip((past.as_of - START).tolist(), past.mature(35).tolist(), strict=True)) == {
            355: True,
            380: False,
        }
        assert not past.mature(36).any()

    def test_facts_of_later_change_nothing(self, tmp_path: Path) -> None:
        """The twin below shows that the comparison sees a change."""
        day = START + 200
        later = {"short": [], "long": [used("ant", day)] * 9, "other": [used("ant", day - 1.5), used("ant", day - 2.5)]}
        told = [self.scores(tmp_path / name, events, day) for name, events in later.items()]
        assert told[0].tobytes() == told[1].tobytes()
        assert told[0].tobytes() != told[2].tobytes()

    def scores(self, folder: Path, events: list[Row], day: int) -> Floats:
        folder.mkdir()
        early = [used("ant", START + each) for each in range(0, 200, 3)]
        facts = land(folder, {"accounts": [account("ant")], "events": early + events}, since=START)
        return looked_back(facts, Question(30), Churn(), day).past.score


class TestContracts:
    def test_renewal_comes_from_start_and_term_whatever_the_end_says(self, tmp_path: Path) -> None:
        facts = history(tmp_path, subscriptions=[
            subscribed("ant", START, START + 40, term_months=12, recurring_minor=500),
            subscribed("bee", START, None, term_months=1), subscribed("cat", START, None),
        ])  # fmt: skip
        found = contracts(facts, np.array([START + 10, START + 50], dtype=np.int32))
        assert found.renewal_in[:, 0].tolist()[:2] == [366 - 10, 31 - 10]
        assert np.isnan(found.renewal_in[2]).all()
        assert found.revenue[0, 0] == 500
        assert np.isnan(found.revenue[:, 1]).all()
        assert found.held[:, 1].tolist() == [False, True, True]

    @pytest.mark.parametrize(
        ("start", "term", "seen", "due"),
        [
            (date(2020, 1, 31), 1, date(2020, 2, 10), date(2020, 2, 29)),
            (date(2020, 1, 31), 1, date(2020, 2, 29), date(2020, 2, 29)),
            (date(2020, 1, 31), 1, date(2020, 3, 1), date(2020, 3, 31)),
            (date(2020, 5, 15), 12, date(2020, 5, 16), date(2021, 5, 15)),
            (date(2020, 5, 15), 6, date(2022, 5, 15), date(2022, 5, 15)),
        ],
    )
    def test_terms_end_on_calendar_days(self, start: date, term: int, seen: date, due: date) -> None:
        epoch = date(1970, 1, 1)
        found = next_renewal(np.array([(start - epoch).days]), np.array([float(term)]), (seen - epoch).days)
        assert from_day(int(found[0])) == due


class TestSplit:
    def test_it_leaves_most_leavers_on_the_poorer_side(self, tmp_path: Path) -> None:
        facts = history(tmp_path, churn=[left("ant", None, START + 100), left("bee", None, START + 300)])
        found = leavings(facts, define(churn=Churn()), UNTIL)
        days = [START + day for day in range(50, 400, 50)]
        assert best_split(found, "effective", days, away_days=30) == START + 150
        assert best_split(found, "effective", days, away_days=250) is None

    def test_no_label_of_the_earlier_side_was_known_only_later(self, tmp_path: Path) -> None:
        facts = history(tmp_path, churn=[left("ant", None, START + 100), left("bee", None, START + 300)])
        replay = looked_back(facts, Question(30, every="week"))
        assert replay.split is not None
        assert (replay.train.as_of + 30 <= replay.split).all()
        assert (replay.test.as_of >= replay.split).all()
        assert len(replay.train) > 0 < len(replay.test)
        assert replay.rebuilt  # no reference was stated, so the later months must not say what is usual
        assert replay.definitions.health.reference == (from_day(START), from_day(replay.split - 1))
