"""Every sentence that value writes in English is known to its page, which says it in other languages."""

from __future__ import annotations

import pytest

from sabai.language.language import speak
from sabai.report.money import value_notices as said
from sabai.value import contract_family, costs, curve_fit, fitting, lifetime, purchase_family, purchases
from tests.report.money.written import MARKED, unmarked, written

FILLED = {
    "group.name": "yearly terms, Bar, the small",
    "short": "12 renewals and 1 leavings were seen",
    "need": "at least 30 and 3 are needed",
    "since": "nobody is seen to leave before 2024-01-01",
    "seen": "the 4 renewals seen",
    "notice": "sbg: the likelihood did not converge; fell back",
    "rows": "7 of 1,009 rows of events",
}
"""What stands where another sentence is put into one."""
ROOMS = (
    (contract_family, "_notices"), (contract_family, "_about"), (purchase_family, "_notices"), (lifetime, "_about"),
    (costs, "_notices"), (purchases, "notices"),
)  # fmt: skip


@pytest.mark.parametrize(("room", "function"), ROOMS)
def test_every_notice_of_a_room_is_said_again(room: object, function: str) -> None:
    fallen = {"notice": "bgnbd: the likelihood did not converge; fell back to bgnbd"} if room is purchase_family else {}
    sentences = list(written(room, function, FILLED | fallen))
    assert sentences
    for sentence in sentences:
        assert unmarked(said.noticed(sentence, MARKED), "sbg", "bgnbd") == "", sentence


def test_a_sentence_that_nobody_knows_stays_as_it_was() -> None:
    """The twin."""
    assert unmarked(said.noticed("7 accounts are odd.", MARKED)) == "7 accounts are odd"


def test_both_reasons_against_the_naive_value_are_those_of_the_room() -> None:
    assert (lifetime._NAIVE, lifetime._NAIVE_PURCHASES) == said.NAIVE
    assert "%" not in "".join(said.NAIVE)


def test_every_problem_and_what_was_done_instead_is_said_again() -> None:
    ran = "a and b ran to the end of what was searched: the data do not tell it"
    problems = [ran, *written(fitting, "_problem"), "nobody or everybody left",
                "q is at most 1, and then the mean amount of all has no expectation"]  # fmt: skip
    instead = ["fell back", "fell back to bgnbd", "fell back to the mean amount of each, marked own mean",
               "fell back to as many purchases a week as so far, marked naive"]  # fmt: skip
    for problem in filter(None, problems):
        for done in instead:
            sentence = f"gammagamma: {problem}; {done}."
            assert unmarked(said.noticed(sentence, MARKED), "gammagamma") == "", sentence
    assert (
        curve_fit.fit_curve(curve_fit.Renewals.of_survivors([9, 9]))
        .notices[0]
        .endswith("nobody or everybody left; fell back")
    )


@pytest.mark.parametrize(
    "of", ["monthly terms", "quarterly terms", "yearly terms, A, B", "13-month terms", "13-month terms, A"]
)
def test_who_a_model_speaks_of_is_said_again(of: str) -> None:
    assert unmarked(said.group_name(of, MARKED), "13") == ""
    assert said.group_name(of, speak("en")).replace("\u2068", "").replace("\u2069", "") == of


def test_what_was_counted_stays() -> None:
    sentence = "monthly terms, Bar: 49% of what a new customer is worth lies beyond the 53 renewals seen."
    told = said.noticed(sentence, MARKED)
    assert "49%" in told
    assert "53" in told
    assert "Bar" in told


def test_who_never_heard_of_a_model_reads_its_full_name_and_plain_words() -> None:
    ran = "yearly terms, Bar: sbg: b ran to the end of what was searched: the data do not tell it; fell back."
    told = said.noticed(ran, speak("en")).replace("\u2068", "").replace("\u2069", "")
    assert told == (
        "yearly terms, Bar: Shifted beta-geometric (sBG) could not be used: too little was seen to settle how it "
        "should be set. A simpler model is used instead."
    )
    odd = "sbg: it rained; fell back."
    assert said.noticed(odd, speak("en")) == odd, "what nobody knows stays as it was written"
