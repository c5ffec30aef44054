"""A finished picture: part of a page, or a file of its own that can be put into a slide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from unicodedata import category, east_asian_width

import numpy as np
from markupsafe import Markup, escape

from sabai.language.language import Language, speak
from sabai.report.environment import own
from sabai.report.sheet import WIDTH, Sheet, short
from sabai.store.aside import aside

_MARGIN, _TITLE, _LINE = 24.0, 30.0, 18.0
_LETTERS = 54.0  # narrow ones in a line of a caption
_WIDE = r"\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef"
_NEVER_FIRST = "、。，．）」』】％・ー…!?,.;:)%ぁぃぅぇぉっゃゅょァィゥェォッャュョ"


@dataclass(frozen=True, slots=True)
class Picture:
    """`name` is that of its file; `caption` says in one sentence what to see, `about` every number that is drawn."""

    name: str
    title: str
    caption: str
    about: str
    height: float
    shapes: str

    @property
    def inline(self) -> Markup:
        """For a page that has `picture.css`, a heading and the caption already."""
        frame = f'class="picture" viewBox="0 0 {WIDTH:.0f} {short(self.height)}"'
        return Markup(f"<svg {frame} {self._spoken(self.title)}{self.shapes}</svg>")

    def alone(self, language: Language) -> str:
        """A whole SVG document in light and in dark, with its title and caption written above."""
        lines = wrapped(self.caption)
        above = _MARGIN + _TITLE + _LINE * len(lines) + 12
        width, height = WIDTH + 2 * _MARGIN, above + self.height + _MARGIN
        sheet = Sheet(language.rtl)
        title = sheet.text(0, _MARGIN + 16, self.title, "title")
        said = (sheet.text(0, _MARGIN + _TITLE + 12 + _LINE * at, line, "muted") for at, line in enumerate(lines))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {short(width)} {short(height)}" '
            f'width="{short(2 * width)}" height="{short(2 * height)}" lang="{language.code}" '
            f'xml:lang="{language.code}" direction="{language.direction}" {self._spoken(self.caption)}'
            f"<style>{own('picture.css')}</style>"
            f'<rect class="paper" width="{short(width)}" height="{short(height)}"/>'
            f'<g transform="translate({short(_MARGIN)} 0)">{title}{"".join(said)}'
            f'<g transform="translate(0 {short(above)})">{self.shapes}</g></g></svg>\n'
        )

    def _spoken(self, first: str) -> str:
        ids = f"{self.name}-title", f"{self.name}-about"
        about = self.about if first == self.title else f"{first} {self.about}"
        return (
            f'role="img" aria-labelledby="{ids[0]}" aria-describedby="{ids[1]}"><title id="{ids[0]}">'
            f'{escape(self.title)}</title><desc id="{ids[1]}">{escape(about)}</desc>'
        )


def write_each(drawn: Iterable[Picture], folder: Path, lang: str) -> list[Path]:
    """Any pictures, each as NAME.svg."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_written(picture, folder / f"{picture.name}.svg", lang) for picture in drawn]


def _written(picture: Picture, path: Path, lang: str) -> Path:
    with aside(path) as unfinished:
        unfinished.write_text(picture.alone(speak(lang)), encoding="utf-8")
    return path


def wrapped(text: str, letters: float = _LETTERS) -> list[str]:
    """As few lines as so many narrow letters allow, of about the same length: SVG breaks none of its own.

    >>> wrapped("one two three four five", letters=19)
    ['one two three', 'four five']
    """
    fewest = len(_lines(text, letters))
    widths = chain(np.arange(_wide(text) / fewest, letters), [letters])
    return next(lines for lines in (_lines(text, width) for width in widths) if len(lines) == fewest)


def _lines(text: str, letters: float) -> list[str]:
    """Wide writings break anywhere, others between words."""
    lines = [""]
    for piece in _pieces(text):
        if _wide(lines[-1] + piece.rstrip()) > letters and lines[-1] and piece[0] not in _NEVER_FIRST:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def _pieces(text: str) -> list[str]:
    """What must stay together: words, and each letter of writings without spaces."""
    return re.findall(rf"[{_WIDE}]\s*|[^\s{_WIDE}]+\s*", text)


def _wide(text: str) -> float:
    """Signs above and below letters take no room."""
    return sum((1.75 if east_asian_width(each) in "WF" else 1.0) for each in text if category(each) not in ("Mn", "Cf"))
