"""No sentence that cohorts or survival write in English is missing from the pages of other languages."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest

from sabai.language.catalogues import SOURCE
from sabai.language.language import speak
from sabai.report.money import cohorts_notices, retention_notices, survival_notices
from sabai.report.said_again import _patterns
from sabai.retention.cohorts import asked, cohorts, counted
from sabai.retention.survival import design, ratios, survival

COHORTS = cohorts_notices.AT_THE_CURVE + cohorts_notices.SENTENCES + retention_notices.NOTICES


def written(module: ModuleType) -> Iterator[str]:
    """Every sentence that the module may say, with 7 for what is filled in; errors and docstrings are not said here."""
    tree = ast.parse(inspect.getsource(module))
    left_out = {id(node) for each in ast.walk(tree) if _apart(each) for node in ast.walk(each)}
    whole = {id(part) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for part in each.values}
    for node in ast.walk(tree):
        if id(node) not in left_out and id(node) not in whole and isinstance(node, ast.JoinedStr | ast.Constant):
            said = _filled(node)
            if said.endswith(".") and " " in said:
                yield said


def _apart(node: ast.AST) -> bool:
    """Docstrings, issues, and the sentences of ratios, which pages put together themselves."""
    issue = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Issue"
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return issue or docstring or (isinstance(node, ast.ClassDef) and node.name == "Ratio")


def _filled(node: ast.JoinedStr | ast.Constant) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)


@pytest.mark.parametrize("module", [cohorts, asked, counted], ids=lambda each: each.__name__)
def test_every_notice_of_cohorts_is_known(module: ModuleType) -> None:
    assert [said for said in written(module) if not fits(said, COHORTS)] == []


@pytest.mark.parametrize("module", [survival, design, ratios], ids=lambda each: each.__name__)
def test_every_notice_of_survival_is_known(module: ModuleType) -> None:
    assert [said for said in written(module) if not fits(said, survival_notices.SENTENCES)] == []


def test_sentences_are_found_and_none_is_made_up() -> None:
    said = [each for module in (survival, design, ratios) for each in written(module)]
    assert len(said) == len(survival_notices.SENTENCES)
    assert not fits("Nobody ever wrote this.", COHORTS + survival_notices.SENTENCES)


def test_what_is_filled_in_stands_apart_in_another_language() -> None:
    notice = "12 customers without seats are left out."
    assert survival_notices.noticed(notice, speak(SOURCE)) == notice
    assert "\u206612\u2069" in survival_notices.noticed(notice, speak("ar"))


def fits(sentence: str, messages: tuple[str, ...]) -> bool:
    return any(pattern.fullmatch(sentence) for _, pattern in _patterns(messages))
