"""Every sentence that renewals write in English is known to their page, which says it in other languages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest

from sabai.renewals import calls, calls_file, chance, doubts, due, judge
from sabai.report.money import renewals_judged, renewals_listed
from sabai.report.money import renewals_notices as said
from tests.renewals.made import call, seen
from tests.renewals.test_judge import OVER, left, rows
from tests.report.money.written import MARKED, unmarked, written


@pytest.mark.parametrize("function", ["doubts", "_of_renewals", "_of_calibration"])
@pytest.mark.parametrize("wide", ["too far apart", "too close together"])
def test_every_doubt_is_said_again(function: str, wide: str) -> None:
    sentences = list(written(doubts, function, {"wide": wide}))
    assert sentences
    for sentence in sentences:
        assert unmarked(said.noticed(sentence, MARKED)) == "", sentence


def test_what_was_left_out_is_said_again() -> None:
    of_due = due._notices(pl.DataFrame({"monthly_minor": [None, -5, 7]}))
    of_judged = judge._notices(3, 4)
    late = list(calls.too_late([call("ant", 0.5)], 0))
    assert (len(of_due), len(of_judged), len(late)) == (2, 2, 1)
    for sentence in (*of_due, *of_judged, *late):
        assert unmarked(said.noticed(sentence, MARKED)) == "", sentence


def past(lost: int, kept: int) -> Any:
    return seen(np.full(lost + kept, 50.0), np.arange(lost + kept) < lost)


@pytest.mark.parametrize("why", list(written(chance, "too_little")))
def test_why_there_is_no_model_is_said_again(why: str) -> None:
    for known in (past(0, 0), past(2, 9)):
        sentence = chance._sentence(known, 11, why)
        assert unmarked(said.how_sure(sentence, MARKED)) == "", sentence


@pytest.mark.parametrize("tells", [True, False])
@pytest.mark.parametrize(("lost", "kept"), [(3, 9), (60, 90), (600, 900)])
def test_where_chances_are_learned_from_is_said_again(tells: bool, lost: int, kept: int) -> None:
    sentence = chance._learned_sentence(past(lost, kept), SimpleNamespace(tells=tells))  # type: ignore[arg-type]
    assert unmarked(said.how_sure(sentence, MARKED)) == "", sentence


def test_a_sentence_that_nobody_knows_stays_as_it_was() -> None:
    """The twin."""
    assert unmarked(said.noticed("7 renewals are odd.", MARKED)) == "7 renewals are odd"
    assert "odd" in unmarked(said.how_sure("By odd means.", MARKED))


def test_every_call_and_every_way_to_foretell_has_its_word() -> None:
    assert set(renewals_listed.CALL_WORDS) == set(calls_file.CALLS)
    told = judge.judge(rows(), left(), ("ant", "bee"), OVER, 0)
    ways = {each.name for each in (told.whole, *told.last_year, *told.called)}
    assert ways == set(renewals_judged.WAY_WORDS)
