"""The sentences that a function of the library writes, and whether a page says them again."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from gettext import NullTranslations
from typing import Any

from sabai.language.language import Language, speak


class _Marks(NullTranslations):
    """A language in which every message is the English one, between marks."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"


MARKED = Language("xx", speak("en").show, _Marks())


def unmarked(said: str, *names: str) -> str:
    """What of it is not between marks, without `names` and signs: nothing, where all of it was said again."""
    before = ""
    while before != said:
        before, said = said, re.sub("«[^«»]*»", "", said)
    for name in names:
        said = said.replace(name, "")
    return said.strip(" :;.,\u2066\u2068\u2069")


def written(room: Any, function: str, filled: Mapping[str, str] | None = None) -> Iterator[str]:
    """Every text that `function` of a module yields or returns, a 7 where something is filled in, or what `filled` has
    for it."""
    for given in _given(room, function):
        value = given.elt if isinstance(given, ast.GeneratorExp) else given
        if isinstance(value, ast.JoinedStr):
            yield "".join(_part(part, filled or {}) for part in value.values)
        elif isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def _given(room: Any, function: str) -> Iterator[ast.expr]:
    for found in ast.walk(ast.parse(inspect.getsource(room))):
        if isinstance(found, ast.FunctionDef) and found.name == function:
            for each in ast.walk(found):
                if isinstance(each, ast.Yield | ast.Return | ast.YieldFrom) and each.value is not None:
                    yield each.value


def _part(part: ast.expr, filled: Mapping[str, str]) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    return filled.get(ast.unparse(part.value), "7")
