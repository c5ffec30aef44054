"""The labelled comments are what the page says of them, and themes are found in them better than by a search."""

from __future__ import annotations

import pytest

from benchmarks.themes.judged import agreement, by_search, macro_f1, micro_f1, ours, short
from benchmarks.themes.labelled import LANGUAGES, OTHER, comments
from sabai.text.themes import Corrected
from sabai.text.themes.taxonomy import shipped

HELD_OUT = [each for each in comments() if each.held_out]
TRUE = [each.themes for each in HELD_OUT]
TEXTS = [each.text for each in HELD_OUT]


def test_there_are_enough_of_each_language_and_a_fifth_are_about_nothing() -> None:
    made = [each for each in comments() if each.origin != "demo"]
    assert len(made) >= 400
    for language in LANGUAGES:
        own = [each for each in made if each.language == language]
        assert len(own) >= 100
        assert sum(each.themes == {OTHER} for each in own) >= len(own) / 5


def test_labels_are_themes_of_the_shipped_list() -> None:
    known = {theme.id for theme in shipped()}
    for each in comments():
        assert each.themes
        assert each.themes <= known
        assert each.themes == {OTHER} or OTHER not in each.themes


def test_texts_differ_and_halves_are_halves() -> None:
    texts = [each.text for each in comments()]
    assert len(set(texts)) == len(texts)
    made = [each for each in comments() if each.origin != "demo"]
    assert 0.4 < len(HELD_OUT) / len(made) < 0.6


def test_no_comment_stands_among_the_sentences_of_the_themes() -> None:
    assert not {each.text for each in comments()} & {text for theme in shipped() for text in theme.sentences}


def test_agreement() -> None:
    many, same, kappa = agreement()
    assert (many, round(same, 2)) == (379, 0.97)
    assert 0.9 < kappa < 1


def test_themes_are_found_better_than_by_a_search() -> None:
    assert macro_f1(ours(TEXTS, shipped()), TRUE) > macro_f1(by_search(TEXTS, shipped()), TRUE)
    assert macro_f1(ours(TEXTS, shipped()), TRUE) > 0.8


def test_with_few_words_meaning_helps_most() -> None:
    few = short(shipped())
    assert macro_f1(ours(TEXTS, few), TRUE) > macro_f1(by_search(TEXTS, few), TRUE) + 0.03


def test_corrections_help_where_similar_things_are_said_again() -> None:
    taught = [Corrected(each.text, tuple(each.themes - {OTHER})) for each in comments() if not each.held_out]
    assert macro_f1(ours(TEXTS, shipped(), taught), TRUE) > macro_f1(ours(TEXTS, shipped()), TRUE)


@pytest.mark.parametrize("wrong", [[frozenset({OTHER})] * len(TRUE), TRUE[1:] + TRUE[:1]], ids=["nothing", "shifted"])
def test_wrong_answers_are_judged_wrong(wrong: list[frozenset[str]]) -> None:
    assert macro_f1(wrong, TRUE) < 0.3
    assert micro_f1(wrong, TRUE) < 0.3
    assert macro_f1(TRUE, TRUE) == micro_f1(TRUE, TRUE) == 1
