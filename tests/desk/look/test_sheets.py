"""The sheets of style that every page of the desk reads, one after the other."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import sabai.desk

DESK = Path(sabai.desk.__file__).parent
LISTED = re.findall(r'"(\w+)/(\w+)\.css"', (DESK / "look/jinja2/look/base.html").read_text(encoding="utf-8"))


def styled_alone(sheet: str) -> set[str]:
    """Classes that a sheet styles wherever they stand: `.a { … }`, but neither `.b .a` nor `p.a`.

    >>> sorted(styled_alone(".a { } .b .c { } @media print { .d, p.e { } } .f:is(.g, .h) { }"))
    ['a', 'd']
    """
    told = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    without = re.sub(r":\w+\([^{}]*?\)", "~", told)
    selectors = [each.strip() for group in re.findall(r"([^{}]+)\{", without) for each in group.split(",")]
    return {each[1:] for each in selectors if re.fullmatch(r"\.[a-z-]+", each)}


def test_no_two_apps_style_the_same_class() -> None:
    """Else the card of one app is laid out by the sheet of another, as the last one wins everywhere."""
    sheets = defaultdict(set)
    for app, name in LISTED:
        if app not in ("report", "look"):
            for each in styled_alone((DESK / app / "static" / app / f"{name}.css").read_text(encoding="utf-8")):
                sheets[each].add(app)

    assert LISTED
    assert {each: apps for each, apps in sheets.items() if len(apps) > 1} == {}
