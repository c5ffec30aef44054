"""A workspace's own words: learned from thirty on, and what a person sets right stays so."""

from __future__ import annotations

import numpy as np
import pytest

from sabai.text.sentiment import Own, Pair, Sentiment
from sabai.text.sentiment.own import FEWEST, label_of

SENTIMENT = Sentiment.shipped()
PLACES = [
    "on Monday",
    "in Bangkok",
    "at the branch",
    "for the second team",
    "again",
    "this week",
    "since the release",
    "at night",
]
UNHAPPY, HAPPY = ["zorbified", "got quangled", "went full brindle"], ["veltastic", "was pure snorv", "runs like glim"]


def said_here(words: list[str], label: int, many: int) -> list[Pair]:
    """Words that only this workspace uses, so that nobody could have learned them before."""
    return [Pair(f"The report {words[at % 3]} {PLACES[at % 8]} {at}", label) for at in range(many)]


def taught(many: int) -> list[Pair]:
    return said_here(UNHAPPY, 0, many // 2) + said_here(HAPPY, 2, many - many // 2)


ASKED = ["My dashboard zorbified", "It got quangled today", "The new screen is veltastic", "Everything runs like glim"]
TRUE = [0, 0, 2, 2]


def chance_of_truth(own: Own | None) -> float:
    said = SENTIMENT.judged(ASKED, own)
    return float(said.chance[np.arange(4), TRUE].mean())


def test_words_of_the_workspace_are_learned() -> None:
    before, after = chance_of_truth(None), chance_of_truth(Own.learned(taught(240)))
    assert after > before + 0.1
    assert SENTIMENT.judged(ASKED, Own.learned(taught(1_500))).label.tolist() == TRUE


def test_wrong_pairs_teach_wrongly() -> None:
    """The twin: what is learned is in the pairs, and nowhere else."""
    turned = [Pair(pair.text, 2 - pair.label) for pair in taught(240)]
    assert chance_of_truth(Own.learned(turned)) < chance_of_truth(None)


@pytest.mark.parametrize(("many", "share"), [(FEWEST - 1, 0.0), (FEWEST, 30 / 330), (300, 0.5)])
def test_the_share_grows_with_what_is_known(many: int, share: float) -> None:
    assert Own.learned(taught(many)).share == pytest.approx(share)


def test_the_order_of_pairs_does_not_matter() -> None:
    pairs = taught(60)
    one, other = Own.learned(pairs), Own.learned(pairs[::-1])
    assert (one.weights == other.weights).all()
    assert one.share == other.share


def test_one_label_alone_teaches_nothing() -> None:
    assert Own.learned(said_here(HAPPY, 2, 100)).share == 0


def test_a_label_that_never_came_keeps_its_chance() -> None:
    own, texts = Own.learned(taught(120)), ["The report arrived on Monday"]
    assert SENTIMENT.judged(texts, own).chance[0, 1] == pytest.approx(SENTIMENT.judged(texts).chance[0, 1], abs=1e-6)


def test_what_a_person_said_holds_at_once_and_for_good() -> None:
    own = Own.learned([Pair("Well, that was sick!", 2, corrected=True)])
    said = SENTIMENT.judged(["Well, that was  sick!", "Well, that was slick!"], own)
    assert said.chance[0].tolist() == [0, 0, 1]
    assert said.sure[0]
    assert said.chance[1] == pytest.approx(SENTIMENT.judged(["Well, that was slick!"]).chance[0])


def test_a_person_is_sure_in_any_language() -> None:
    german = "Naja, das war ja wieder klar, und die Rechnung ist auch nicht da."
    assert not SENTIMENT.judged([german]).sure[0]
    assert SENTIMENT.judged([german], Own.learned([Pair(german, 0, corrected=True)])).sure[0]


def test_a_correction_stands_in_place_of_the_score() -> None:
    pairs = [*taught(60), Pair("The report zorbified on Monday 0", 2, corrected=True)]
    own = Own.learned(pairs)
    assert SENTIMENT.judged(["The report zorbified on Monday 0"], own).label.tolist() == [2]


def test_a_correction_counts_as_several_pairs() -> None:
    new = [Pair(f"This is totally frumious {place}", 0) for place in PLACES]
    corrected = [Pair(pair.text, 0, corrected=True) for pair in new]
    asked = ["frumious, totally frumious"]
    by_score, by_person = (
        SENTIMENT.judged(asked, Own.learned(taught(60) + more)).chance[0, 0] for more in (new, corrected)
    )
    assert by_person > by_score


def test_texts_of_which_nothing_is_left_teach_nothing() -> None:
    assert Own.learned([Pair("\u200b", 0)] * 40 + [Pair("", 2)] * 40).share == 0


@pytest.mark.parametrize(
    ("score", "low", "high", "kind", "label"),
    [
        *[(score, 0, 10, "nps", 0) for score in range(7)],
        (7, 0, 10, "nps", 1),
        (8, 0, 10, "nps", 1),
        (9, 0, 10, "nps", 2),
        (10, 0, 10, "nps", 2),
        *[(score, 1, 5, "rating", label) for score, label in zip(range(1, 6), (0, 0, 1, 2, 2), strict=True)],
        *[(score, 1, 7, "rating", label) for score, label in zip(range(1, 8), (0, 0, 0, 1, 2, 2, 2), strict=True)],
    ],
)
def test_what_a_score_says(score: int, low: int, high: int, kind: str, label: int) -> None:
    assert label_of(score, low, high, kind) == label
