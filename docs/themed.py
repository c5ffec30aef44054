"""Fills the tables of the page about themes: what is shipped, and how well it is found in labelled comments.

A block begins with a comment that names it, and is written anew up to the comment that says end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from benchmarks.themes.judged import agreement, macro_f1, micro_f1, ours, short, table
from benchmarks.themes.labelled import LANGUAGES, OTHER, Comment, comments
from sabai.text.themes import Corrected
from sabai.text.themes.taxonomy import Taxonomy, shipped

_BLOCK = re.compile(r"(<!-- (?!end)(\w+) -->\n).*?(?=<!-- end -->)", re.DOTALL)
_NAMES = {"en": "English", "th": "Thai", "ar": "Arabic", "ja": "Japanese", "": "**all**"}


def themed(page: str) -> str:
    """The page with its blocks written anew."""
    return _BLOCK.sub(lambda block: f"{block[1]}{BLOCKS[block[2]]()}\n", page)


def _shipped() -> str:
    rows = [
        f"| {theme.id} | {' | '.join(theme.name[language] for language in LANGUAGES)} |"
        for theme in shipped()
        if theme.id != OTHER
    ]
    return "\n".join(["| theme | English | Thai | Arabic | Japanese |", "|---|---|---|---|---|", *rows])


def _labels() -> str:
    twice, same, kappa = agreement()
    made = [each for each in comments() if each.origin != "demo"]
    about_nothing = sum(each.themes == {OTHER} for each in made)
    return (
        f"{len(made)} comments, {about_nothing} of them about none of the themes; {twice} were read twice, with the "
        f"same labels {same:.0%} of the time and a mean kappa of {kappa:.2f}."
    )


def _held_out() -> str:
    return _table(_among_held_out())


def _demo() -> str:
    return _table([each for each in comments() if each.origin == "demo"])


def _few() -> str:
    return _table(_among_held_out(), short(shipped()))


def _taught() -> str:
    held_out, demo = _among_held_out(), [each for each in comments() if each.origin == "demo"]
    before = [each for each in comments() if not each.held_out and each.origin != "demo"]
    rows = [
        ("the half for tuning → the half held out", before, held_out),
        ("both halves → the demo", [*before, *held_out], demo),
    ]
    return "\n".join(["| corrected → judged | without | with |", "|---|---|---|", *(_with(*row) for row in rows)])


def _with(name: str, before: Sequence[Comment], judged: Sequence[Comment]) -> str:
    texts, true = [each.text for each in judged], [each.themes for each in judged]
    corrected = [Corrected(each.text, tuple(each.themes - {OTHER})) for each in before]
    without, taught = ours(texts, shipped()), ours(texts, shipped(), corrected)
    said = " | ".join(f"{macro_f1(each, true):.2f} ({micro_f1(each, true):.2f})" for each in (without, taught))
    return f"| {name} | {said} |"


def _table(among: Sequence[Comment], taxonomy: Taxonomy | None = None) -> str:
    rows = [
        f"| {_NAMES[language]} | {many} | {' | '.join(f'{each:.2f}' for each in scores)} |"
        for language, many, scores in table(among, taxonomy)
    ]
    head = "| language | comments | searching for the words | words by the rules | words, then meaning |"
    return "\n".join([head, "|---|---|---|---|---|", *rows])


def _among_held_out() -> list[Comment]:
    return [each for each in comments() if each.held_out]


BLOCKS: dict[str, Callable[[], str]] = {
    "shipped": _shipped,
    "labels": _labels,
    "held_out": _held_out,
    "demo": _demo,
    "few": _few,
    "taught": _taught,
}
