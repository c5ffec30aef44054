"""What a survey came to, by group and over time, against SQL of its own and the statistics of `sabai feedback`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from sabai.desk.people.models import Membership
from sabai.desk.responses.measured import Answers, found, worth
from sabai.desk.responses.models import Response
from sabai.desk.responses.results import Results, results
from sabai.desk.scoring.models import Account
from sabai.desk.surveys.models import Survey
from sabai.feedback.numbers.cells import Said
from sabai.feedback.numbers.scales import Question
from sabai.feedback.numbers.student import student

SignIn = Callable[[Membership], Client]
Customer = Callable[..., Account]
BY_SQL = """
SELECT a.segment, 100.0 * SUM((r.score >= 9) - (r.score <= 6)) / COUNT(*), COUNT(*)
FROM responses_response r JOIN scoring_account a ON a.id = r.account_id
WHERE r.survey_id = %s AND r.counted GROUP BY 1 HAVING COUNT(*) >= 10
"""


def answered(survey: Survey, account: Account | None, score: int, at: datetime, **known: object) -> Response:
    told: dict[str, object] = {
        "workspace": survey.workspace, "survey": survey, "version": survey.versions.get(), "channel": "mail",
        "language": "th", "state": "complete", "given": {"score": score}, "asked_at": at, "answered_at": at,
        "key": f"k{Response.everywhere.count()}", "counted": True, "account": account, "score": score,
    }  # fmt: skip
    return Response.everywhere.create(**told | known)


@pytest.fixture
def filled(survey: Survey, customer: Customer) -> Survey:
    """Thirty customers of three segments, from July to October without anything in August; one answer of nobody."""
    rng = np.random.default_rng(7)
    for number in range(30):
        account = customer(segment=("small", "large", "")[number % 3], country="TH", owner_name="mali")
        for month in (7, 9, 10)[: 1 + number % 3]:
            answered(survey, account, int(rng.integers(0, 11)), datetime(2026, month, 15, tzinfo=UTC))
    answered(survey, None, 9, datetime(2026, 6, 30, 20, tzinfo=UTC), channel="qr", language="")
    return survey


def of(survey: Survey, by: str = "") -> Results:
    made = results(survey, by)
    assert made is not None
    return made


def test_groups_are_those_of_sql(filled: Survey) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BY_SQL, [filled.pk])
        said = {name: (round(float(nps), 6), n) for name, nps, n in cursor.fetchall()}
    made = of(filled, "segment")
    known = {part.name: (round(part.found.main.value, 6), part.found.n) for part in made.groups if part.found.main}
    assert len(said) == 3
    assert known.pop("", None) == (pytest.approx(known_of_nobody(filled)), said.pop("")[1] + 1)
    assert known == said


def known_of_nobody(survey: Survey) -> float:
    """Those without a segment, and whoever is nobody's."""
    theirs = Response.everywhere.filter(survey=survey).exclude(account__segment__in=("small", "large"))
    scores = list(theirs.values_list("score", flat=True))
    return 100 * sum((score >= 9) - (score <= 6) for score in scores) / len(scores)


def test_only_what_is_known_tells_apart(filled: Survey) -> None:
    assert of(filled).known == ("segment", "country", "owner", "language", "channel")
    assert of(filled).by == "segment"
    assert of(filled, "stage").by == of(filled, "'; DROP TABLE").by == "segment"
    assert [part.name for part in of(filled, "segment").groups][-1] == "", "of whom nobody knows it stands last"


def test_of_few_answers_of_a_group_nothing_is_said(filled: Survey) -> None:
    ways = {part.name: part for part in of(filled, "channel").groups}
    assert (ways["qr"].found.n, ways["qr"].found.main, ways["qr"].change.p) == (
        1,
        None,
        pytest.approx(np.nan, nan_ok=True),
    )


def test_months_are_those_of_the_workspace_and_have_no_gap(filled: Survey) -> None:
    periods = of(filled).periods
    assert [day for day, _ in periods] == [date(2026, month, 1) for month in (7, 8, 9, 10)], "20:30 UTC is July there"
    assert [part.found.n for _, part in periods] == [31, 0, 20, 10]
    assert [part.change.p == part.change.p for _, part in periods] == [False, False, False, True]


def test_many_months_become_quarters(survey: Survey) -> None:
    answered(survey, None, 9, datetime(2023, 2, 1, tzinfo=UTC))
    answered(survey, None, 9, datetime(2026, 2, 1, tzinfo=UTC))
    made = of(survey)
    assert (made.months, len(made.periods), made.periods[0][0], made.periods[-1][0]) == (
        3, 13, date(2023, 1, 1), date(2026, 1, 1),
    )  # fmt: skip


def test_the_page_tells_apart(filled: Survey, aiko: Membership, sign_in: SignIn, chloe: Membership) -> None:
    somebody, path = sign_in(aiko), f"/w/lanna/responses/of/{filled.pk}/"
    assert "<bdi>large</bdi>" in somebody.get(path).content.decode()
    page = somebody.get(f"{path}?by=country").content.decode()
    assert "Thailand" in page
    assert "<bdi>large</bdi>" not in page
    assert 'href="?by=country#apart" aria-current="true"' in page
    assert somebody.get(f"{path}?by=%00").status_code == 200
    assert sign_in(chloe).get(path).status_code == 404


@given(st.lists(st.integers(0, 10), min_size=10, max_size=60), st.integers(1, 4))
def test_answers_said_again_by_the_same_are_worth_no_more(scores: list[int], times: int) -> None:
    values = np.repeat(np.array(scores, dtype=np.float64), times)
    account = np.repeat(np.arange(len(scores)), times)
    counts = worth(values, account)
    assert 1 <= counts <= len(scores) + 1e-6
    assert worth(values, np.arange(len(values))) == len(values), "the twin: each stands alone"


def test_intervals_are_about_those_of_drawn_accounts() -> None:
    """Whole accounts drawn again and again, as `sabai feedback` does, say nearly the same."""
    rng = np.random.default_rng(3)
    account = np.repeat(np.arange(200), 4)
    score = np.clip(np.round(np.repeat(rng.normal(8, 2, 200), 4) + rng.normal(0, 0.7, 800)), 0, 10).astype(np.int64)
    drawn = Said(Question("nps", 0, 10), score.astype(np.float64), account.astype(np.int32)).whole().main
    ours = found(Answers("nps", score, account)).main
    alone = found(Answers("nps", score, np.arange(800))).main
    assert ours is not None
    assert alone is not None
    assert (ours.value, ours.low, ours.high) == pytest.approx((drawn.value, drawn.low, drawn.high), abs=1.5)
    assert alone.high - alone.low < 0.65 * (drawn.high - drawn.low), "the twin: as if each stood alone"


@pytest.mark.parametrize("freedom", [9, 10.5, 15, 30, 99, 1000])
def test_student_is_that_of_scipy(freedom: float) -> None:
    assert student(freedom) == pytest.approx(float(stdtrit(freedom, 0.975)), abs=2e-5)
