"""What a docstring shows is what happens: every `>>>` of the library and of its tests is run, module by module."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest

from tests.house.tree import ROOT, project_files

SHOWN = re.compile(r"^\s*>>> ", re.MULTILINE)


def modules_that_show() -> Iterator[str]:
    """Found by their text: a module that shows nothing need not be imported for it."""
    for path in project_files(".py"):
        room, *rest = path.relative_to(ROOT).with_suffix("").parts
        if room in {"src", "tests"} and SHOWN.search(path.read_text(encoding="utf-8")):
            name = rest if room == "src" else [room, *rest]
            yield ".".join(name).removesuffix(".__init__")


@pytest.mark.parametrize("name", [*modules_that_show()])
def test_what_it_shows_is_what_happens(name: str) -> None:
    tried = doctest.testmod(import_module(name))
    assert tried.attempted > 0, "it looks as if it showed something, and nothing was run"
    assert tried.failed == 0


def test_a_wrong_answer_is_seen() -> None:
    assert doctest.testmod(ModuleType("wrong", ">>> 1 + 1\n3")).failed == 1
