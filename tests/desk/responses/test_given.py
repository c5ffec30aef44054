"""What is an answer and what is none; and that the order in which sheets come cannot change what is kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.responses.given import fitting, is_asked, merged, missing, sheets, written
from sabai.desk.responses.models import LONGEST
from sabai.desk.surveys.form import SCALES, Choice, Condition, Form, Question
from tests.tries import tries

TEXTS = {"en": "?"}
CHOICES = tuple(Choice(key, TEXTS) for key in "abc")
BOOLEANS = st.booleans()
OPEN = Form(
    (
        Question("n", "nps", TEXTS),
        Question("c", "ces7", TEXTS),
        Question("one", "choice", TEXTS, choices=CHOICES),
        Question("many", "choice", TEXTS, choices=CHOICES, many=True),
        Question("t", "text", TEXTS),
    )
)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"n": 0}, {"n": 0}),
        ({"n": "10"}, {"n": 10}),
        ({"c": 7}, {"c": 7}),
        ({"one": "a"}, {"one": "a"}),
        ({"one": ["a"]}, {"one": "a"}),
        ({"many": ["c", "a", "a"]}, {"many": ["a", "c"]}),
        ({"t": "hi\r\nyou"}, {"t": "hi\nyou"}),
    ],
)
def test_what_is_an_answer(told: dict[str, object], kept: dict[str, object]) -> None:
    assert fitting(OPEN, told) == (kept, {})


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"n": 11}, "scale"),
        ({"n": -1}, "scale"),
        ({"n": "-1"}, "scale"),
        ({"n": 5.0}, "scale"),
        ({"n": True}, "scale"),
        ({"n": "٣"}, "scale"),
        ({"n": "1e1"}, "scale"),
        ({"n": [1]}, "scale"),
        ({"n": "9" * 5000}, "scale"),
        ({"c": 0}, "scale"),
        ({"c": 8}, "scale"),
        ({"one": "z"}, "choice"),
        ({"one": ["a", "b"]}, "choice"),
        ({"one": {"a": 1}}, "choice"),
        ({"many": ["a", 1]}, "choice"),
        ({"t": 5}, "text"),
        ({"t": "x" * (LONGEST + 1)}, "long"),
        ({"t": "ก" * 100_000}, "long"),
        ({"other": 1}, "unknown"),
        ({"__class__": "x"}, "unknown"),
    ],
)
def test_what_is_none(told: dict[str, object], why: str) -> None:
    assert fitting(OPEN, told) == ({}, dict.fromkeys(told, why))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\0b", "ab"),
        ("good\u200b\u2060\ufeff!", "good!"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2066x\u2069", "x"),
        ("\U000e0041x", "x"),
        ("  \n ", ""),
        ("<b>{{ 7*7 }}</b>", "<b>{{ 7*7 }}</b>"),
        ("👩‍👩‍👧 ❤️", "👩‍👩‍👧 ❤️"),
        ("می‌خواهم", "می‌خواهم"),
        ("ดี ครับ\u200d" + "\u200d" * 500, "ดี ครับ"),
        ("السعر\u200f 5", "السعر\u200f 5"),
        ("\ud800x", "x"),
    ],
)
def test_what_nobody_sees_is_left_out(text: str, kept: str) -> None:
    assert written(text) == kept
    assert written(kept) == kept


@st.composite
def forms(draw: Any) -> Form:
    """Random questions of which any may depend on any earlier one."""
    kinds = st.sampled_from([*SCALES, "choice", "text"])
    questions: list[Question] = []
    for at in range(draw(st.integers(1, 7))):
        kind, when = draw(kinds), None
        if questions and draw(BOOLEANS):
            on = draw(st.sampled_from(questions))
            among = tuple(draw(st.lists(st.sampled_from("abc"), max_size=2))) if on.kind == "choice" else ()
            most = draw(st.none() | st.integers(0, 10)) if on.kind in SCALES else None
            when = Condition(on.key, among, most=most)
        required, many = draw(BOOLEANS), kind == "choice" and draw(BOOLEANS)
        questions.append(Question(f"q{at}", kind, TEXTS, choices=CHOICES, many=many, required=required, when=when))
    return Form(tuple(questions))


def answers(form: Form) -> st.SearchStrategy[dict[str, Any]]:
    one: dict[str, st.SearchStrategy[Any]] = {}
    for question in form.questions:
        if question.kind in SCALES:
            fit: st.SearchStrategy[Any] = st.integers(*SCALES[question.kind])
        elif question.kind == "choice":
            fit = st.lists(st.sampled_from("abc"), min_size=1) if question.many else st.sampled_from("abc")
        else:
            fit = st.text(min_size=1, max_size=5)
        one[question.key] = st.none() | fit
    return st.fixed_dictionaries({}, optional=one)


@tries(50)
@given(st.data())
def test_merging_holds_only_what_is_asked(data: st.DataObject) -> None:
    form = data.draw(forms())
    kept: dict[str, Any] = {}
    for _ in range(data.draw(st.integers(1, 5))):
        good, wrong = fitting(form, data.draw(answers(form)))
        assert not wrong
        kept = merged(form, kept, good)
        assert merged(form, kept, good) == kept
        assert merged(form, kept, {}) == kept
        questions = {question.key: question for question in form.questions}
        for key in kept:
            assert is_asked(questions[key], {name: kept[name] for name in list(kept)[: list(kept).index(key)]})
        assert all(question.key not in kept for question in missing(form, kept))


@tries(50)
@given(st.data())
def test_sheets_in_order_lead_to_the_same_as_all_at_once(data: st.DataObject) -> None:
    form = data.draw(forms())
    good, _ = fitting(form, data.draw(answers(form)))
    by_sheets: dict[str, Any] = {}
    for sheet in sheets(form):
        by_sheets = merged(form, by_sheets, {each.key: good[each.key] for each in sheet if each.key in good})
    assert by_sheets == merged(form, {}, good)


@tries(50)
@given(forms())
def test_sheets_hold_every_question_once_and_none_that_depends_on_its_neighbour(form: Form) -> None:
    found = sheets(form)
    assert [question for sheet in found for question in sheet] == list(form.questions)
    for sheet in found:
        keys = {question.key for question in sheet}
        assert not any(question.when and question.when.question in keys for question in sheet)
        assert len(sheet) <= 4


def test_branch_of_a_branch_goes_with_it() -> None:
    form = Form(
        (
            Question("a", "nps", TEXTS),
            Question("b", "choice", TEXTS, choices=CHOICES, when=Condition("a", most=6)),
            Question("c", "text", TEXTS, when=Condition("b", ("a",))),
        )
    )
    kept = merged(form, {}, {"a": 3, "b": "a", "c": "why"})
    assert kept == {"a": 3, "b": "a", "c": "why"}
    assert merged(form, kept, {"a": 9}) == {"a": 9}
    assert merged(form, kept, {"b": None}) == {"a": 3}
