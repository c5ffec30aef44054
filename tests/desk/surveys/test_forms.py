"""Questions: what may be wrong with them, how they are changed, and what is shipped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.surveys import designing
from sabai.desk.surveys.checking import missing, places, problems
from sabai.desk.surveys.form import SCALES, Choice, Condition, Form, Kind, Question
from sabai.desk.surveys.shipped.templates import SHIPPED, TEMPLATES, written

SAID = {"en": "x"}
SCORE, TEXT = Question("s", "nps", SAID), Question("t", "text", SAID)
A = Choice("a", SAID)
AROUND = {"subject": SAID, "greeting": SAID, "thanks": SAID}


def form(*questions: Question, **other: object) -> Form:
    return Form(questions, **{**AROUND, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (form(), "no question"),
        (form(TEXT), "needs a scale"),
        (form(Question("s", "nps", SAID, when=Condition("s", least=1))), "cannot have a condition"),
        (form(SCORE, Question("t", "text", {"en": " ", "th": "ก"})), "lacks"),
        (form(SCORE, subject={}), "no text in"),
        (form(SCORE, Question("t", "text", SAID, when=Condition("u")), Question("u", "nps", SAID)), "before it"),
        (form(SCORE, Question("t", "text", SAID, when=Condition("s", least=9, most=3))), "nobody can give"),
        (form(SCORE, Question("t", "text", SAID, when=Condition("s", among=("yes",)))), "nobody can give"),
        (form(SCORE, Question("c", "choice", SAID, choices=(A,))), "two choices"),
        (form(SCORE, Question("c", "choice", SAID, choices=(A, A))), "key of their own"),
        (form(SCORE, SCORE), "key of another"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(wrong: Form, said: str) -> None:
    assert [problem for problem in problems(wrong) if said in problem.said]


def test_nothing_is_wrong_with_what_is_right() -> None:
    choices = (A, Choice("b", SAID))
    branch = Question("t", "text", SAID, when=Condition("c", among=("a",)))
    assert problems(form(SCORE, Question("c", "choice", SAID, choices=choices), branch)) == []


@pytest.mark.parametrize("key", [key for key in TEMPLATES if key != "custom"])
def test_what_is_shipped_is_whole_in_four_languages(key: str) -> None:
    shipped = written(TEMPLATES[key].form, "ลานนา", SHIPPED, "ja")
    assert problems(shipped) == []
    assert missing(shipped) == {}
    assert shipped.languages == ("ja", "en", "th", "ar")
    texts = [text for place in places(shipped) for text in place.texts.values()]
    assert all(texts)
    assert not any("{" in text for text in texts)
    assert shipped.first.required


def test_efforts_stay_apart() -> None:
    assert TEMPLATES["ces5"].form.first.kind == "ces5"
    assert TEMPLATES["ces7"].form.first.kind == "ces7"


def test_a_missing_language_is_listed_and_falls_back() -> None:
    spoken = designing.spoken_in(written(TEMPLATES["csat"].form, "Lanna", ("th",), "en"), "fr")
    assert problems(spoken) == []
    assert set(missing(spoken)) == {"fr"}
    assert len(missing(spoken)["fr"]) == sum(1 for _ in places(spoken))
    assert missing(designing.silent_in(spoken, "fr")) == {}
    assert designing.silent_in(spoken, "en") == spoken


def test_taking_a_question_out_frees_those_that_depend_on_it() -> None:
    left = designing.without(form(SCORE, Question("t", "text", SAID, when=Condition("s", least=1))), "s")
    assert [question.when for question in left.questions] == [None]


kinds = st.sampled_from([*SCALES, "choice", "text"])
steps = st.lists(st.tuples(st.sampled_from(["add", "up", "down", "out"]), kinds, st.integers(0, 9)), max_size=20)


@given(steps)
def test_keys_stay_unique_whatever_is_done(done: list[tuple[str, Kind, int]]) -> None:
    found = Form((), subject=SAID)
    for do, kind, at in done:
        keys = [question.key for question in found.questions]
        key = keys[at] if at < len(keys) else "none"
        before = sorted(keys)
        if do == "add":
            found = designing.added(found, kind)
        elif do == "out":
            found = designing.without(found, key)
        else:
            found = designing.moved(found, key, -1 if do == "up" else 1)
            assert sorted(question.key for question in found.questions) == before
    keys = [question.key for question in found.questions]
    assert len(set(keys)) == len(keys)
    assert all(question.texts == {"en": ""} for question in found.questions)
