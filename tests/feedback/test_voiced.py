"""From responses to feedback: which answer counts, what was known then, who is silent, and bad input."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sabai.errors import UsageError
from sabai.feedback.feedback import voiced
from sabai.feedback.results import Results
from sabai.retention.span import Span
from tests.feedback.made import START, answer, asked_company, heard, many, reader
from tests.metrics.landing import define, fact
from tests.retention.made import account, contract, leaving, on

TWELVE = [10] * 6 + [8] * 3 + [2] * 3


def first(found: object) -> Results:
    of = found.first  # type: ignore[attr-defined]
    assert isinstance(of, Results)
    return of


def test_an_nps_with_everything_about_it(tmp_path: Path) -> None:
    of = first(heard(tmp_path, many(TWELVE)))
    assert (of.lately.n, of.lately.main.value) == (12, 25.0)
    assert of.lately.main == of.lately.votes.nps


def test_the_last_answer_of_a_person_counts(tmp_path: Path) -> None:
    changed = [answer("again", "K000", "2024-05-20", 2), answer("other", "K000", "2024-05-21", 10, contact_id="K000-2")]
    of = first(heard(tmp_path, [*many(TWELVE), *changed], Span(every="span")))
    assert (of.lately.votes.promoters, of.lately.votes.detractors, of.lately.n) == (6, 4, 13)


def test_it_counts_once_in_each_period(tmp_path: Path) -> None:
    """Within a quarter the last, in the next quarter again."""
    later = [answer("q2", "K000", "2024-06-20", 2), answer("q3", "K000", "2024-07-20", 3)]
    of = first(heard(tmp_path, [*many(TWELVE), *later], Span(every="quarter")))
    assert [cell.n for cell in of.each] == [12, 1]
    assert of.each[0].votes.detractors == 4


def test_every_answer_about_an_occasion_counts(tmp_path: Path) -> None:
    rows = [answer("one", "A", "2024-05-05", 5, "csat"), answer("two", "A", "2024-05-06", 2, "csat")]
    of = first(heard(tmp_path, rows))
    assert (of.lately.n, of.lately.accounts, of.lately.best) == (2, 1, 1)


def test_people_without_a_name_all_count(tmp_path: Path) -> None:
    found = heard(tmp_path, [answer(str(at), "A", "2024-05-05", 9, contact_id=None) for at in range(3)])
    assert first(found).lately.n == 3
    assert any("people without a name: 3" in notice for notice in found.notices)


def test_scales_are_never_mixed(tmp_path: Path) -> None:
    seven = many([7, 6, 5], kind="ces")
    five = [
        answer(f"f{at}", f"K{at:03}", "2024-05-06", score, "ces", scale_max=5) for at, score in enumerate([5, 5, 1])
    ]
    found = heard(tmp_path, [*seven, *five])
    assert [(of.question.high, of.lately.mean.value, of.lately.best) for of in found.questions] == [
        (5, pytest.approx(11 / 3), 2), (7, 6.0, 2)
    ]  # fmt: skip
    assert "CES was asked on several scales: 1–5, 1–7. They are kept apart." in found.notices


def test_own_questions_stand_by_their_name(tmp_path: Path) -> None:
    rows = [
        answer("a", "A", "2024-05-05", 4, "custom", survey="Docs"),
        answer("b", "B", "2024-05-05", 2, "onboarding", survey="Start"),
    ]
    assert [of.question.survey for of in heard(tmp_path, rows).questions] == ["Docs", "Start"]


def test_what_cannot_be_counted_is_counted(tmp_path: Path) -> None:
    bad = [
        answer("x1", "A", "2024-05-05", 11), answer("x2", "B", "2024-05-05", 3, scale_min=1, scale_max=5),
        answer("x3", "C", "2024-05-05", 4, "csat", scale_max=None), answer("x4", "D", "2024-05-05", 9, "csat"),
        answer("x5", "E", "2024-05-05", 5, "csat", scale_min=5, scale_max=1),
    ]  # fmt: skip
    found = heard(tmp_path, [*many(TWELVE), *bad])
    assert [of.question.kind for of in found.questions] == ["nps"]
    assert first(found).lately.n == 12
    assert {
        "NPS answers on another scale than 0–10: 1. They are left out: another scale is another question.",
        "Ratings of which nobody says the scale: 2. They are left out.",
        "Scores outside their scale: 2. They are left out.",
    } <= set(found.notices)


def test_the_same_answer_under_another_id_counts_once(tmp_path: Path) -> None:
    rows = [answer(key, "A", "2024-05-05", 4, "csat", comment="fine") for key in ("one", "two")]
    other = answer("three", "A", "2024-05-05", 4, "csat", comment="fine", contact_id=None)
    found = heard(tmp_path, [*rows, other])
    assert first(found).lately.n == 2
    assert any("word for word: 1." in notice for notice in found.notices)


def test_one_person_at_two_customers_counts_for_each(tmp_path: Path) -> None:
    rows = [answer("a", "A", "2024-05-05", 9), answer("b", "B", "2024-05-05", 3)]
    people = [fact(f"{who}-1", who, on(START), contact_id=f"{who}-1", email=mail, role="IT")
              for who, mail in (("A", "kim@example.com"), ("B", " KIM@example.com"))]  # fmt: skip
    found = heard(tmp_path, rows, contacts=people)
    assert first(found).lately.n == 2
    assert "People who answered for more than one customer: 1. They count once for each." in found.notices


def test_one_respondent_has_no_score_and_no_error(tmp_path: Path) -> None:
    found = heard(tmp_path, [answer("a", "A", "2024-05-05", 9)])
    assert first(found).lately.n == 1
    assert np.isnan(first(found).lately.main.value)
    assert found.reweighted is None


def test_nobody_was_asked(tmp_path: Path) -> None:
    facts = asked_company(
        tmp_path, [], tickets=[fact("t", "A", on("2024-05-05"), ticket_id="t", opened_at=on("2024-05-05"))]
    )
    (tmp_path / "responses.parquet").unlink(missing_ok=True)
    found = voiced(facts, define(), Span(), None, reader)
    assert found.first is None
    assert found.notices[0] == "There are no responses: nobody was asked, or no source says so."


def test_everybody_was_silent(tmp_path: Path) -> None:
    found = heard(tmp_path, many([None] * 5))  # type: ignore[list-item]
    assert found.first is None
    assert (found.rates[0].lately.asked, found.rates[0].lately.answered) == (5, 0)
    assert "Nobody has answered on a scale in this time." in found.notices


def test_a_comment_without_a_score_is_an_answer_without_a_score(tmp_path: Path) -> None:
    rows = [
        *many(TWELVE),
        answer("said", "Z", "2024-05-05", None, comment="bad price"),
        answer("not", "Y", "2024-05-05", None),
    ]
    found = heard(tmp_path, rows)
    assert first(found).lately.n == 12
    assert (found.rates[0].lately.asked, found.rates[0].lately.answered) == (14, 13)
    assert found.words.texts == 1


def test_only_answers_are_no_response_rate(tmp_path: Path) -> None:
    found = heard(tmp_path, many(TWELVE))
    assert found.rates == ()
    assert any("there is no response rate" in notice for notice in found.notices)


def test_what_comes_later_is_not_known_yet(tmp_path: Path) -> None:
    """Asked before, answered on the day itself: silent so far; asked later: not there."""
    late = [answer("late", "A", "2024-06-01", 10, asked="2024-05-20"), answer("next", "B", "2024-06-02", 10)]
    rows = [*many(TWELVE), *late]
    found = heard(tmp_path, rows, Span(last=date(2024, 6, 1), every="span"))
    assert first(found).lately.n == 12
    assert (found.rates[0].lately.asked, found.rates[0].lately.answered) == (13, 12)


def test_groups_are_those_of_the_day(tmp_path: Path) -> None:
    """K000 moved from small to large between two answers, and has another owner since."""
    moved = [
        fact("K000", "K000", on(START), on("2024-06-01"), started_on=on(START), segment="small", name="K"),
        fact("K000", "K000", on("2024-06-01"), started_on=on(START), segment="large", name="K"),
    ]
    owners = [
        fact("1", "K000", on(START), user="mali", from_on=on(START), until_on=on("2024-06-01")),
        fact("2", "K000", on("2024-06-01"), user="yuki", from_on=on("2024-06-01")),
    ]
    rows = [answer("a", "K000", "2024-05-05", 5, "csat"), answer("b", "K000", "2024-07-05", 2, "csat")]
    found = heard(tmp_path, rows, Span(every="span"), accounts=moved, owners=owners)
    of = first(found).groups
    assert {each.name: each.cell.score for each in of["segment"]} == {"small": 5, "large": 2}
    assert {each.name: each.cell.score for each in of["owner"]} == {"mali": 5, "yuki": 2}


def test_an_unknown_column_is_refused_with_a_hint(tmp_path: Path) -> None:
    facts = asked_company(tmp_path, many(TWELVE))
    with pytest.raises(UsageError, match="FBK-002") as raised:
        voiced(facts, define(), Span(by="segmnt"), None, reader)
    assert "segment" in raised.value.issues[0].hint


def test_an_empty_span_is_refused(tmp_path: Path) -> None:
    facts = asked_company(tmp_path, many(TWELVE))
    with pytest.raises(UsageError, match="FBK-001"):
        voiced(facts, define(), Span(date(2024, 6, 1), date(2024, 6, 1)), None, reader)


def test_revenue_is_that_of_the_day(tmp_path: Path) -> None:
    """Promoters pay 3,000, detractors 1,000, and one of these pays 9,000 more from the day of the answer on."""
    contracts = [contract(who, START, None, 3000 if who < "G" else 1000) for who in "ABCDEFGHIJKL"]
    rows = [answer(who, who, "2024-05-05", 10 if who < "G" else 0) for who in "ABCDEFGHIJKL"]
    found = heard(tmp_path, rows, subscriptions=[*contracts, contract("L2", "2024-05-05", None, 9000)])
    assert first(found).by_revenue.value.value == pytest.approx(100 * (3000 - 1000) / 4000)
    assert first(found).by_account.value.value == 0


def test_too_few_have_no_score_however_they_are_weighed(tmp_path: Path) -> None:
    of = first(heard(tmp_path, many([10] * 9)))
    assert np.isnan([of.lately.main.value, of.by_account.value.value, of.by_revenue.value.value]).all()


def test_test_accounts_do_not_speak(tmp_path: Path) -> None:
    accounts = [account("A", START), account("T", START, test=True)]
    found = heard(tmp_path, [answer("a", "A", "2024-05-05", 10), answer("t", "T", "2024-05-05", 0)], accounts=accounts)
    assert first(found).lately.n == 1


def test_the_weighted_score_is_that_of_all_who_were_asked(tmp_path: Path) -> None:
    """Small customers are unhappy and answer half as often: as all who were asked they weigh more."""
    rows, accounts = [], []
    for at in range(80):
        small = at % 2 == 0
        answers = at % 4 < 2 if small else True
        score = (3 if small else 10) if (answers and at % 4 == 0) or not small else None
        rows.append(answer(f"r{at}", f"K{at}", "2024-05-05", score))
        accounts.append(account(f"K{at}", START, segment="small" if small else "large"))
    found = heard(tmp_path, rows, accounts=accounts)
    again = found.reweighted
    assert again is not None
    assert first(found).lately.main.value == pytest.approx(100 * (40 - 20) / 60)
    assert again.nps.value == pytest.approx(0, abs=1e-6)
    assert again.worth < 60


def test_why_they_left_and_who_was_asked(tmp_path: Path) -> None:
    gone = [
        leaving(name, "2024-06-01", reason=reason, kind="voluntary")
        for name, reason in (("A", "price"), ("B", "price"), ("C", None))
    ]
    exit_row = answer("e", "A", "2024-05-20", None, "exit", comment="<b>too expensive</b>", reason="other")
    other = answer("f", "C", "2024-05-20", None, "exit", comment="closed", reason="bankruptcy")
    contracts = [contract(name, START, None, 1000) for name in "ABC"]
    later = [answer("z", "D", "2024-09-09", 9)]
    found = heard(tmp_path, [exit_row, other, *later], Span(every="span"), churn=gone, subscriptions=contracts)
    told = {each.reason: (each.left, each.asked, each.answered, each.monthly) for each in found.exits}
    assert told == {"price": (2, 1, 1, 2000), "bankruptcy": (1, 1, 1, 1000)}
    assert found.exits[0].quotes == ("<b>too expensive</b>",)


def test_wishes_weigh_what_those_pay_who_ask(tmp_path: Path) -> None:
    def wish(key: str, who: str, what: str) -> dict[str, object]:
        return fact(key, who, on("2024-05-05"), ticket_id=key, opened_at=on("2024-05-05"), request=what)

    tickets = [
        wish("1", "A", "Dark  mode"),
        wish("2", "B", "dark mode"),
        wish("3", "C", "Export"),
        wish("4", "C", "Export"),
    ]
    contracts = [contract("A", START, None, 1000), contract("B", START, None, 500), contract("C", START, None, 900)]
    found = heard(
        tmp_path, [answer("z", "D", "2024-12-12", 9)], Span(date(2024, 1, 1), every="span"),
        tickets=tickets, subscriptions=contracts, churn=[leaving("B", "2024-06-06")],
    )  # fmt: skip
    told = [(each.wish, each.accounts, each.tickets, each.monthly, each.lost) for each in found.wishes]
    assert told == [("Dark mode", 2, 2, 1000, 500), ("Export", 1, 2, 900, 0)]
    assert (found.wishes[0].left.left, found.wishes[0].left.said) == (1, 2)


def test_an_answer_is_known_from_when_it_came_in(tmp_path: Path) -> None:
    """A response has versions: first asked, then answered, then changed."""
    asked = answer("r", "A", "2024-05-01", None) | {"superseded_day": on("2024-05-05")}
    answered = answer("r", "A", "2024-05-04", 3, asked="2024-05-01") | {
        "received_at": on("2024-05-05"), "superseded_day": on("2024-06-05")
    }  # fmt: skip
    changed = answer("r", "A", "2024-06-04", 10, asked="2024-05-01") | {"received_at": on("2024-06-05")}
    rows = [*many(TWELVE), asked, answered, changed]
    seen = []
    for day in (date(2024, 5, 5), date(2024, 6, 5), date(2024, 6, 6)):
        (tmp_path / str(day)).mkdir()
        found = heard(tmp_path / str(day), rows, Span(date(2024, 5, 1), day, "span"))
        votes = found.first.lately.votes if found.first else None
        seen.append(votes and (votes.promoters, votes.detractors))
    assert seen == [None, (6, 4), (7, 3)]


def test_facts_of_later_change_nothing(tmp_path: Path) -> None:
    rows = many(TWELVE, "2024-05-05", comment="good price")
    later = many([0] * 12, "2024-09-09", comment="bad price")
    for at, row in enumerate(later):
        row |= {"key": f"later{at}", "response_id": f"later{at}"}
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    until = Span(date(2024, 1, 1), date(2024, 7, 1), "quarter")
    one = heard(tmp_path / "one", rows, until)
    two = heard(tmp_path / "two", [*rows, *later], until)
    assert repr(one.questions) == repr(two.questions)
    assert [each.mentions for each in one.words.themes] == [each.mentions for each in two.words.themes]
    assert isinstance(one.words.moods, pl.DataFrame)
    assert one.words.moods.equals(two.words.moods)
