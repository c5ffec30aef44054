"""The tables of the page about text, out of what the training measured: figures are nowhere written by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sabai.text.sentiment.model import card

LANGUAGES = {"th": "Thai", "ar": "Arabic", "ja": "Japanese", "en": "English"}
HEADS = ("n", "accuracy (95%)", "macro-F1", "2 classes", "share sure", "accuracy where sure", "calibration error")


def filled(page: Path) -> str:
    """The page with every table between `<!-- NAME -->` and `<!-- end -->` made anew."""

    def table(found: re.Match[str]) -> str:
        name = found.group(1)
        return f"<!-- {name} -->\n{TABLES[name]()}\n<!-- end -->"

    return re.sub(r"<!-- ([a-z ]+) -->\n.*?<!-- end -->", table, page.read_text(encoding="utf-8"), flags=re.DOTALL)


def _held_out() -> str:
    return _figures(("language", "set"), ((_of(name), figures) for name, figures in card()["held_out"].items()))


def _unseen() -> str:
    return _figures(("language", "set left out"), ((_of(name), figures) for name, figures in card()["unseen"].items()))


def _own() -> str:
    return _figures(("own pairs",), (([many], figures) for many, figures in card()["own"].items()))


def _languages() -> str:
    rows = [
        [*_of(name), f"{found['n']:,}", f"{found['language']:.2%}", f"{found['language_where_written']:.2%}"]
        for name, found in card()["languages"].items()
    ]
    return _table(("language", "set", "n", "of all texts", "of those with a letter of its script"), rows)


def _made_from() -> str:
    rows = [
        [*_of(each["name"]), each["licence"], each["credit"], "learned from" if each["teaches"] else "only judged by"]
        for each in [*card()["made_from"], *card()["judged_by"]]
    ]
    return _table(("language", "set", "licence", "by", "used"), rows)


def _of(name: str) -> list[str]:
    language = {each["name"]: each["language"] for each in [*card()["made_from"], *card()["judged_by"]]}[name]
    return [LANGUAGES[language], f"`{name}`"]


def _figures(heads: tuple[str, ...], found: Iterable[tuple[Sequence[str], Mapping[str, Any]]]) -> str:
    return _table((*heads, *HEADS), [[*names, *_cells(figures)] for names, figures in found])


def _cells(found: Mapping[str, Any]) -> list[str]:
    accuracy = f"{_three(found['accuracy'])} ({_three(found['low'])}–{_three(found['high'])})"
    kept = ("macro_f1", "two_classes", "share_sure", "accuracy_sure", "calibration_error")
    return [f"{found['n']:,}", accuracy, *(_three(found[name]) for name in kept)]


def _three(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


TABLES: dict[str, Callable[[], str]] = {
    "held out": _held_out,
    "unseen": _unseen,
    "own pairs": _own,
    "languages": _languages,
    "made from": _made_from,
}
