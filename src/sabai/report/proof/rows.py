"""Pictures of rows below each other: bands that left, rivals on one scale, weights beside what the past supports."""

from __future__ import annotations

from math import isnan

from sabai.definitions.model import Factor
from sabai.intervals import Interval
from sabai.language.language import Language
from sabai.proof.by_band import BandChurn
from sabai.proof.calibration import Calibration
from sabai.proof.rivals import Rival
from sabai.report.picture import Picture
from sabai.report.proof.told import COLOURS, ProofTold, Written
from sabai.report.sheet import WIDTH, Scale, Sheet, apart, top_of
from sabai.report.words import BAND_WORDS

_CHANCE = 0.5
_BAND, _RIVAL, _WEIGHT = 64, 44, 40  # how high a row is


def churn_by_band(told: ProofTold, language: Language) -> Picture | None:
    """One bar for each band that has rows: its share that left, and what it counts."""
    bands = [each for each in told.proof.bands.churn if each.rows and each.band != "unknown"]
    if not bands:
        return None
    _, sheet = language.gettext, Sheet(language.rtl)
    scale = Scale(0, top_of(max(_highest(each.rate) for each in bands)), 0, WIDTH)
    rows = "".join(_band(sheet, scale, each, _BAND * place, language) for place, each in enumerate(bands))
    return Picture(
        "churn-by-band",
        _("Churn by band"),
        _("The share of customers in each band who left; the thin line shows how sure that share is."),
        " ".join(f"{_named(each, language)}: {_counted(each, language)}" for each in bands),
        _BAND * len(bands) + 14,
        rows + _ends(sheet, scale, _BAND * len(bands) + 8, language),
    )


def _band(sheet: Sheet, scale: Scale, churn: BandChurn, y: float, language: Language) -> str:
    return (
        sheet.mark(churn.band, 7, y + 8)
        + sheet.text(20, y + 13, _named(churn, language), "name")
        + sheet.text(WIDTH, y + 13, Written(language).share(churn.rate), anchor="end")
        + sheet.bar(0, y + 20, WIDTH, 16, "track")
        + sheet.bar(0, y + 20, scale.at(churn.rate.value), 16, f"fill {churn.band}")
        + sheet.lying(scale, churn.rate, y + 28)
        + sheet.text(0, y + 50, _of_rows(churn, language), "small")
    )


def _named(churn: BandChurn, language: Language) -> str:
    """Word and colour: the word is that of the report, the colour that of the talk about it."""
    word, colour = language.gettext(BAND_WORDS[churn.band]), language.gettext(COLOURS[churn.band])
    return language.gettext("%(band)s (%(colour)s)", band=word, colour=colour)


def _of_rows(churn: BandChurn, language: Language) -> str:
    show = language.show
    return language.gettext(
        "%(churned)s of %(rows)s rows left: %(accounts)s customers",
        churned=show.fixed(churn.churned), rows=show.fixed(churn.rows), accounts=show.fixed(churn.churned_accounts),
    )  # fmt: skip


def _counted(churn: BandChurn, language: Language) -> str:
    return f"{Written(language).share(churn.rate)}, {_of_rows(churn, language)}."


def rivals(told: ProofTold, language: Language) -> Picture | None:
    """The score beside everything else that could have told, on one scale from worse than a coin to never wrong."""
    found, written = told.rivals, Written(language)
    if not found:
        return None
    _, sheet = language.gettext, Sheet(language.rtl)
    scale = Scale(min(0.4, *(_lowest(each.auc) for each in found)), 1, 0, WIDTH)
    bottom = _RIVAL * len(found)
    rows = "".join(_rival(sheet, scale, each, _RIVAL * place, written) for place, each in enumerate(found))
    return Picture(
        "rivals",
        _("What else could have told"),
        _(
            "How often each puts a customer who left below one who stayed: on the dashed line it is no better than "
            "tossing a coin."
        ),
        " ".join(f"{written.rival(each)}: {written.auc(each.auc)}." for each in found),
        bottom + 18,
        rows
        + sheet.text(scale.at(_CHANCE), bottom + 14, _("chance"), "small", "middle")
        + sheet.text(WIDTH, bottom + 14, _("never wrong"), "small", "end"),
    )


def _rival(sheet: Sheet, scale: Scale, rival: Rival, y: float, written: Written) -> str:
    return (
        sheet.bar(0, y + 20, WIDTH, 16, "track")
        + sheet.line((scale.at(_CHANCE), y + 20), (scale.at(_CHANCE), y + 36), "chance")
        + sheet.text(0, y + 14, written.rival(rival), "name" if rival.kind == "score" else "ink")
        + sheet.text(WIDTH, y + 14, written.auc(rival.auc), anchor="end")
        + sheet.lying(scale, rival.auc, y + 28)
        + sheet.dot(scale.at(rival.auc.value), y + 28, "dot" if rival.kind == "score" else "hollow")
    )


def weights(told: ProofTold, language: Language) -> Picture | None:
    """Each factor's weight in use beside the share of weight that the past supports."""
    if told.calibration is None or not told.calibration.learned.shares:
        return None
    _, sheet, found = language.gettext, Sheet(language.rtl), told.calibration
    factors = [each for each in told.proof.replay.definitions.health.factors if each.name in found.learned.shares]
    factors.sort(key=lambda each: -found.learned.shares[each.name].value)
    rows = [_Weight(each, factors, found, language) for each in factors]
    scale = Scale(0, top_of(max(max(_highest(each.learned), each.hand) for each in rows)), 0, WIDTH)
    return Picture(
        "weights",
        _("Your weights, and what the past supports"),
        _(
            "The upright line is your weight, the dot what the past supports, with how sure that is; a hollow dot is "
            "not proven."
        ),
        " ".join(each.told for each in rows),
        _WEIGHT * len(rows) + 14,
        "".join(each.drawn(sheet, scale, _WEIGHT * place) for place, each in enumerate(rows))
        + _ends(sheet, scale, _WEIGHT * len(rows) + 10, language),
    )


class _Weight:
    """One factor: the share of weight that it has, and the one that the past gives it."""

    def __init__(self, factor: Factor, factors: list[Factor], found: Calibration, language: Language) -> None:
        self.name = apart(language.called(factor.name), 28)
        self.hand = factor.weight / sum(each.weight for each in factors)
        self.learned = found.learned.shares[factor.name]
        self.proven = factor.name not in found.learned.not_proven
        self._language = language

    @property
    def said(self) -> str:
        _, show = self._language.gettext, self._language.show
        return _(
            "yours %(hand)s, past %(learned)s",
            hand=show.percent(self.hand), learned=Written(self._language).share(self.learned),
        )  # fmt: skip

    @property
    def told(self) -> str:
        not_proven = self._language.gettext("not proven")
        return f"{self.name}: {self.said}." if self.proven else f"{self.name}: {self.said} ({not_proven})."

    def drawn(self, sheet: Sheet, scale: Scale, y: float) -> str:
        at = scale.at(self.hand)
        return (
            sheet.bar(0, y + 19, WIDTH, 12, "track")
            + sheet.text(0, y + 13, self.name, "name")
            + sheet.text(WIDTH, y + 13, self.said, "small", "end")
            + sheet.line((at, y + 17), (at, y + 33), "hand")
            + sheet.lying(scale, self.learned, y + 25)
            + sheet.dot(scale.at(self.learned.value), y + 25, "dot" if self.proven else "hollow")
        )


def _ends(sheet: Sheet, scale: Scale, y: float, language: Language) -> str:
    """What the two ends of a scale of shares stand for."""
    low, high = (language.show.percent(edge) for edge in (scale.low, scale.high))
    return sheet.text(0, y, low, "small") + sheet.text(WIDTH, y, high, "small", "end")


def _highest(span: Interval) -> float:
    return max((each for each in (span.value, span.high) if not isnan(each)), default=0.0)


def _lowest(span: Interval) -> float:
    return min((each for each in (span.value, span.low) if not isnan(each)), default=1.0)
