"""The small pieces that stand in thousands of rows of the page: made here and not in templates, which is faster."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from markupsafe import Markup

from sabai.health.scores import BANDS
from sabai.language.language import Language
from sabai.report.words import BAND_WORDS

STILL = 0.05  # points: what would be written as 0.0 did neither fall nor rise


@dataclass(frozen=True, slots=True)
class Cells:
    """Markup in one language; whatever is passed in is escaped."""

    language: Language
    chips: dict[str, Markup]

    @classmethod
    def speaking(cls, language: Language) -> Cells:
        return cls(language, {band: _chip(band, language.gettext(BAND_WORDS[band])) for band in BANDS})

    def chip(self, band: str) -> Markup:
        """A band by shape, word and colour."""
        return self.chips[band]

    def signed(self, value: float | None, decimals: int = 1) -> Markup:
        """A change: its sign and its colour say the same."""
        if value is None or isnan(value):
            return Markup('<span class="none">–</span>')
        way = "down" if value < -STILL else "up" if value > STILL else "still"
        return Markup('<span class="{}">{}</span>').format(way, self.language.show.signed(value, decimals))

    def score(self, value: float | None) -> Markup:
        if value is None or isnan(value):
            return Markup('<span class="none">{}</span>').format(self.language.show.unknown)
        return Markup(self.language.show.fixed(value))


def mark(band: str) -> Markup:
    """The shape of a band, for those who do not see its colour.

    >>> mark("at_risk")
    Markup('<svg class="mark at_risk" aria-hidden="true"><use href="#at_risk"/></svg>')
    """
    return Markup('<svg class="mark {0}" aria-hidden="true"><use href="#{0}"/></svg>').format(band)


def name(text: object) -> Markup | str:
    """A name in any script, kept from turning around the text beside it; nothing where there is none.

    >>> name("<Baan & Co>")
    Markup('<bdi>&lt;Baan &amp; Co&gt;</bdi>')
    """
    return Markup("<bdi>") + str(text) + Markup("</bdi>") if text not in (None, "") else ""


def _chip(band: str, word: str) -> Markup:
    return Markup('<span class="chip {}">{}{}</span>').format(band, mark(band), word)
