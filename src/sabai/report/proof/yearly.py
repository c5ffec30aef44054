"""How still the score kept, year by year."""

from __future__ import annotations

from sabai.language.language import Language
from sabai.proof.stability import Flapping
from sabai.report.picture import Picture
from sabai.report.proof.told import ProofTold
from sabai.report.sheet import WIDTH, Scale, Sheet

_ROW = 54.0


def by_year(told: ProofTold, language: Language) -> Picture | None:
    """Moves between bands of one customer in a year, and the part of them that was soon taken back."""
    years = [each for each in told.stability.by_year if each.a_year is not None] if told.stability else []
    if not years:
        return None
    _, sheet = language.gettext, Sheet(language.rtl)
    scale = Scale(0, max(1.0, *(each.a_year or 0 for each in years)), 0, WIDTH)
    return Picture(
        "stability",
        _("How still the bands keep"),
        _(
            "How often a customer changed the band in each year; the dark part was taken back within four weeks, "
            "which is noise."
        ),
        " ".join(f"{each.year}: {_moves(each, language)}; {_taken_back(each, language)}." for each in years),
        _ROW * len(years) + 2,
        "".join(_year(each, sheet, scale, _ROW * place, language) for place, each in enumerate(years)),
    )


def _year(year: Flapping, sheet: Sheet, scale: Scale, y: float, language: Language) -> str:
    moves = scale.at(year.a_year or 0)
    return (
        sheet.text(0, y + 13, str(year.year), "name")
        + sheet.text(WIDTH, y + 13, _moves(year, language), anchor="end")
        + sheet.bar(0, y + 20, WIDTH, 12, "track")
        + sheet.bar(0, y + 20, moves, 12, "ribbon")
        + sheet.bar(0, y + 20, moves * (year.reversed_soon or 0), 12, "solid")
        + sheet.text(0, y + 45, _taken_back(year, language), "small")
    )


def _moves(year: Flapping, language: Language) -> str:
    return language.gettext("%(moves)s moves a year", moves=language.show.fixed(year.a_year, 1))


def _taken_back(year: Flapping, language: Language) -> str:
    return language.gettext("%(share)s soon taken back", share=language.show.percent(year.reversed_soon))
