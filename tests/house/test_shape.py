"""Small files and short functions: what fits on one screen is read, what does not is guessed."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from statistics import median, quantiles

from tests.house.tree import ROOT, project_files

FILE_LINES, FUNCTION_LINES = 400, 50
EXCEPTIONS: dict[str, str] = {}
"""path or path:function -> the reason. It may shrink, never grow: lower MOST_EXCEPTIONS with it."""
MOST_EXCEPTIONS = 0


def sources(folder: str) -> list[Path]:
    return [path for path in project_files(".py") if path.is_relative_to(ROOT / folder)]


@cache
def file_lines(folder: str) -> dict[str, int]:
    return {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources(folder)}


@cache
def function_lines(folder: str) -> dict[str, int]:
    return {
        f"{name(path)}:{function}": lines
        for path in sources(folder)
        for function, lines in functions_in(path.read_text(encoding="utf-8")).items()
    }


def functions_in(source: str) -> dict[str, int]:
    """
    >>> functions_in("def f():\\n    return 1\\n")
    {'f': 2}
    """
    return {
        node.name: (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def too_long() -> set[str]:
    files = {path for path, lines in (file_lines("src") | file_lines("tests")).items() if lines > FILE_LINES}
    return files | {path for path, lines in function_lines("src").items() if lines > FUNCTION_LINES}


def test_nothing_is_too_long() -> None:
    assert sorted(too_long() - EXCEPTIONS.keys()) == []


def test_every_exception_is_needed_and_says_why() -> None:
    assert sorted(EXCEPTIONS.keys() - too_long()) == []
    assert all(len(reason.split()) >= 5 for reason in EXCEPTIONS.values())


def test_the_list_of_exceptions_does_not_grow() -> None:
    assert len(EXCEPTIONS) <= MOST_EXCEPTIONS


def test_most_files_are_small() -> None:
    lines = list(file_lines("src").values())
    assert median(lines) <= 80
    assert quantiles(lines, n=10)[-1] <= 250


def test_most_functions_are_short() -> None:
    lines = list(function_lines("src").values())
    assert median(lines) <= 8
    assert quantiles(lines, n=10)[-1] <= 25


def test_a_long_function_is_seen() -> None:
    long = "def f():\n" + "    x = 1\n" * FUNCTION_LINES
    assert functions_in(long)["f"] == FUNCTION_LINES + 1
