"""The small pieces that stand in thousands of rows of the page: made here and not in templates, which is faster."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from sabai.health.scores import BANDS
from sabai.language.language import Language
from sabai.report.words import BAND_WORDS

if TYPE_CHECKING:  # the desk shows the same cells without what computes them
    from sabai.health.parents import RolledUp
    from sabai.report.customers import Customer

_TYPED, _AS_TYPED = re.compile(r"`([^`\s][^`]*)`"), r'<code class="code" dir="ltr">\1</code>'
STILL = 0.05  # points: what would be written as 0.0 did neither fall nor rise


@dataclass(frozen=True, slots=True)
class Cells:
    """Markup in one language; whatever is passed in is escaped. `pages` are the customers with a page of their own."""

    language: Language
    chips: dict[str, Markup]
    pages: Set[int]

    @classmethod
    def speaking(cls, language: Language, pages: Set[int]) -> Cells:
        return cls(language, {band: _chip(band, language.gettext(BAND_WORDS[band])) for band in BANDS}, pages)

    def chip(self, band: str) -> Markup:
        """A band by shape, word and colour."""
        return self.chips[band]

    def signed(self, value: float | None, decimals: int = 1) -> Markup:
        """A change: its sign and its colour say the same."""
        if value is None or isnan(value):
            return Markup('<span class="none">–</span>')
        way = "down" if value < -STILL else "up" if value > STILL else "still"
        return Markup(f'<span class="{way}">{self.language.show.signed(value, decimals)}</span>')

    def score(self, value: float | None) -> Markup:
        if value is None or isnan(value):
            return Markup(f'<span class="none">{escape(self.language.show.unknown)}</span>')
        return Markup(self.language.show.fixed(value))

    def link(self, customer: Customer) -> Markup:
        """The customer's name, which leads to her page where she has one."""
        named = name(customer.name)
        return Markup(f'<a href="#{customer.anchor}">{named}</a>') if customer.index in self.pages else Markup(named)

    def band(self, customer: Customer) -> Markup:
        """The band that is shown, with a pen beside it where somebody has set it."""
        chip = self.chips[customer.band]
        if not customer.beside.override:
            return chip
        word = escape(self.language.gettext("Override"))
        pen = f'<svg class="mark by_hand" role="img" aria-label="{word}"><use href="#by_hand"/></svg>'
        return Markup(f'<span class="overridden">{chip}{pen}</span>')

    def from_children(self, rolled: RolledUp) -> str:
        """A parent's score from its children, and how many of them have one."""
        ngettext, told = self.language.ngettext, self.language.show.fixed(rolled.score, 1)
        if rolled.how == "revenue":
            return ngettext(
                "from %(num)s child, by revenue: %(score)s",
                "from %(num)s children, by revenue: %(score)s",
                rolled.children,
                score=told,
            )
        return ngettext(
            "from %(num)s child, mean: %(score)s", "from %(num)s children, mean: %(score)s", rolled.children, score=told
        )


def mark(band: str) -> Markup:
    """The shape of a band, for those who do not see its colour.

    >>> mark("at_risk")
    Markup('<svg class="mark at_risk" aria-hidden="true"><use href="#at_risk"/></svg>')
    """
    return Markup(f'<svg class="mark {escape(band)}" aria-hidden="true"><use href="#{escape(band)}"/></svg>')


def name(text: object) -> Markup | str:
    """A name in any script, kept from turning around the text beside it; nothing where there is none.

    >>> name("<Baan & Co>")
    Markup('<bdi>&lt;Baan &amp; Co&gt;</bdi>')
    """
    return Markup(f"<bdi>{escape(text)}</bdi>") if text not in (None, "") else ""


def unbroken(text: str) -> Markup:
    """What is read at one glance, such as a date in a narrow column."""
    return Markup(f'<span class="unbroken">{escape(text)}</span>')


@pass_context
def called(context: Context, text: str) -> Markup | str:
    """A name of the definitions as the template's reader should see it: by its label."""
    return name(context["language"].called(text))


def sentence(text: str) -> Markup:
    """A sentence in any script; what stands in it between backticks is to be typed as it stands, from left to right.

    >>> sentence("Map `due_on` of <b>.")
    Markup('<bdi>Map <code class="code" dir="ltr">due_on</code> of &lt;b&gt;.</bdi>')
    """
    return Markup(f"<bdi>{_TYPED.sub(_AS_TYPED, str(escape(text)))}</bdi>")


def _chip(band: str, word: str) -> Markup:
    return Markup(f'<span class="chip {escape(band)}">{mark(band)}{escape(word)}</span>')
