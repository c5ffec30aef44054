"""A theme that nobody listed is found in each language, is named by its words, and nothing is made of little."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.themes.labelled import comments
from sabai.text.themes import Suggestion, assigned, suggested
from sabai.text.themes.groups import grouped
from sabai.text.themes.suggesting import TIGHT, telling
from sabai.text.themes.taxonomy import shipped
from sabai.text.themes.terms import as_written, terms_of
from tests.tries import tries

PLANTED = {
    "en": (
        "printer",
        ["the printer jams all the time", "printer prints nothing since monday", "the label printer eats paper",
         "our printer is so loud", "printer driver again...", "the printer at the counter blinks red",
         "we want a new printer"],
    ),
    "th": (
        "เครื่องพิมพ์",
        ["เครื่องพิมพ์กระดาษติดทุกวัน", "เครื่องพิมพ์ไม่ออกเลย", "เครื่องพิมพ์เสียงดังมาก", "อยากได้เครื่องพิมพ์ใหม่",
         "เครื่องพิมพ์หน้าร้านไฟแดง", "เครื่องพิมพ์หมึกหมด", "เครื่องพิมพ์เก่ามาก"],
    ),
    "ar": (
        "طابعة",
        ["الطابعة تأكل الورق كل يوم", "الطابعة لا تطبع منذ الاثنين", "صوت الطابعة مزعج", "نريد طابعة جديدة",
         "طابعة الكاشير ضوءها أحمر", "ورق الطابعة يخلص دائما", "الطابعة قديمة"],
    ),
    "ja": (
        "プリンター",
        ["プリンターがよく紙詰まりする", "プリンターから何も出ません", "プリンターの音がうるさい",
         "新しいプリンターが欲しい", "レジのプリンターが赤く点滅", "プリンターの紙がすぐなくなる", "プリンターが古い"],
    ),
}  # fmt: skip
OTHERS = [each.text for each in comments() if each.origin == "made"]


def suggestions(texts: list[str], least: int = 5) -> list[Suggestion]:
    return suggested(texts, assigned(texts, shipped()), shipped(), least)


@pytest.mark.parametrize("language", PLANTED)
def test_a_planted_theme_is_found_and_named(language: str) -> None:
    word, planted = PLANTED[language]
    texts = [*OTHERS, *planted]
    (found,) = [each for each in suggestions(texts) if word in each.terms]
    assert found.terms[0] == word
    assert sum(at >= len(OTHERS) for at in found.texts) >= 5
    assert found.tight >= TIGHT
    assert not any(word in each.terms for each in suggestions(OTHERS)), "it is not there without them"


def test_it_is_one_theme_in_all_languages() -> None:
    texts = [text for _, planted in PLANTED.values() for text in planted]
    first = suggestions([*OTHERS, *texts])[0]
    assert {word for word, _ in PLANTED.values()} <= set(first.terms)
    assert first.size == len(first.texts) >= 20


def test_two_things_stay_two() -> None:
    coffee = [
        "the coffee was cold",
        "awful coffee",
        "more coffee please",
        "the coffee machine was empty",
        "lovely coffee",
        "coffee and cake were nice",
        "no coffee left",
    ]
    texts = [*OTHERS, *PLANTED["en"][1], *PLANTED["ja"][1], *coffee]
    found = [set(each.terms) for each in suggestions(texts)]
    assert sum("printer" in terms for terms in found) == sum("coffee" in terms for terms in found) == 1
    assert not any({"printer", "coffee"} <= terms for terms in found)


def test_less_than_the_least_is_not_suggested() -> None:
    word, planted = PLANTED["en"]
    assert any(word in each.terms for each in suggestions([*OTHERS, *planted], least=5))
    assert not any(word in each.terms for each in suggestions([*OTHERS, *planted], least=9))
    assert suggestions(planted[:4]) == []


def test_the_same_text_again_is_counted_and_does_not_make_a_theme() -> None:
    assert suggestions(["our coffee machine hums"] * 50) == []
    word, planted = PLANTED["en"]
    twice = [each for each in suggestions([*OTHERS, *planted, *planted]) if word in each.terms]
    assert twice[0].size >= 10


def test_what_has_a_theme_is_left_alone() -> None:
    _, planted = PLANTED["en"]
    assert suggested(planted, [("hardware",)] * len(planted), shipped()) == []


def test_pleasantries_are_no_theme() -> None:
    thanks = ["Thank you", "Thanks a lot!", "many thanks", "thank you very much", "thx all good", "Thank you, all fine"]
    assert suggested(thanks, [()] * len(thanks), shipped()) == []


def test_the_same_texts_give_the_same_suggestions() -> None:
    texts = [*OTHERS, *PLANTED["ja"][1], *PLANTED["en"][1]]
    assert suggestions(texts) == suggestions(texts)


def test_texts_of_a_suggestion_are_indexes_the_most_typical_first() -> None:
    texts = [*OTHERS, *PLANTED["ja"][1]]
    themes = assigned(texts, shipped())
    for each in suggested(texts, themes, shipped()):
        assert len(set(each.texts)) == each.size >= 5
        assert all(themes[at] == () for at in each.texts)


# -- How groups are made and named -------------------------------------------------------------------------------------


def test_three_directions_are_three_groups() -> None:
    rng = np.random.default_rng(3)
    rows = np.repeat(np.eye(3, 20), 30, axis=0) + rng.normal(scale=0.05, size=(90, 20))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    found = grouped(rows, 3)
    assert [len(set(found.group[at : at + 30].tolist())) for at in (0, 30, 60)] == [1, 1, 1]
    assert len(set(found.group.tolist())) == 3
    assert np.allclose(np.linalg.norm(found.centre, axis=1), 1, atol=1e-5)
    assert np.array_equal(found.group, grouped(rows, 3).group)


def test_what_lies_near_is_one_group_however_many_were_asked_for() -> None:
    rng = np.random.default_rng(4)
    rows = np.repeat(np.eye(2, 20), 40, axis=0) + rng.normal(scale=0.05, size=(80, 20))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    found = grouped(rows, 9)
    assert [len(set(found.group[at : at + 40].tolist())) for at in (0, 40)] == [1, 1]
    assert len(found.centre) == len(set(found.group.tolist())) == 2


def test_more_groups_than_rows_that_differ() -> None:
    rows = np.array([[1, 0]] * 4 + [[0, 1]], dtype=np.float32)
    assert len(set(grouped(rows, 5).group.tolist())) == 2


def test_terms_that_everybody_uses_do_not_tell_a_group() -> None:
    terms = [frozenset({"system", "printer"})] * 5 + [frozenset({"system", "price"})] * 20
    assert telling(range(5), terms) == ("printer",)
    assert telling(range(5, 25), terms)[0] == "price"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Printers are loud", {"printer", "loud"}),
        ("والطابعة مزعجة", {"طابعه", "مزعجه"}),
        ("レジのプリンターがうるさい", {"プリンター", "レジ"}),
        ("旧システムからの移行", {"システム", "移行"}),
    ],
)
def test_terms(text: str, terms: set[str]) -> None:
    assert terms <= terms_of([text])[0]


def test_thai_terms_come_out_of_unbroken_text_with_all_their_signs() -> None:
    (terms,) = terms_of(["อยากได้เครื่องพิมพ์ใหม่ทำไม"])
    assert "เครื่องพิมพ์" in terms
    assert all(term[0] not in "\u0e31\u0e34\u0e48" and "\u0e4d\u0e32" not in term for term in terms)


def test_arabic_terms_are_shown_as_people_write_them() -> None:
    assert as_written(("طابعه", "paper"), ["الطابعة", "طابعة", "طابعه"]) == ("طابعة", "paper")


def test_scripts_in_one_text_are_cut_each_in_its_own_way() -> None:
    (terms,) = terms_of(["เครื่องพิมพ์ของ Epson، الطابعة معطلة レジのプリンター"])
    assert {"เครื่องพิมพ์", "epson", "طابعه", "レジ", "プリンター"} <= terms
    assert not any(" " in term and "طابعه" in term and "epson" in term for term in terms)


@tries(35)
@given(st.text(max_size=80))
def test_any_text_has_terms_without_signs(text: str) -> None:
    (terms,) = terms_of([text])
    assert all(term == term.strip() and len(term) > 1 for term in terms)
