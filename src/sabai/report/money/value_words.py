"""How values are written: short, since they are estimates, and with what they may well be."""

from __future__ import annotations

from math import nan

from sabai.intervals import Interval
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money.value_notices import group_name
from sabai.report.proof.sentence import span
from sabai.report.sheet import apart
from sabai.value.values import ModelTold, Values, Worth
from sabai.value.who import ALL

OF_WORDS = {
    "all who ever bought": gettext_noop("all who ever bought"),
    "all who came back and paid": gettext_noop("all who came back and paid"),
}
MODEL_NAMES = {
    "sbg": "sBG", "bdw": "BdW", "bgnbd": "BG/NBD", "pareto": "Pareto/NBD", "gammagamma": "Gamma-Gamma",
}  # fmt: skip


def short_money(minor: float | None, found: Values, language: Language) -> str:
    return language.show.money_short(minor, found.currency)


def worth_of(worth: Worth, found: Values, language: Language) -> str:
    """A value with what it may well be."""
    value, ends = short_money(worth.value_minor, found, language), ends_of(worth, found, language)
    return f"{value} ({ends})" if ends else value


def ends_of(worth: Worth, found: Values, language: Language) -> str:
    """From low to high; empty where nobody knows."""
    if worth.low_minor is None or worth.high_minor is None:
        return ""
    return span(*(short_money(end, found, language) for end in (worth.low_minor, worth.high_minor)))


def interval_of(worth: Worth) -> Interval:
    """For a picture: NaN where it is unknown."""
    ends = (worth.value_minor, worth.low_minor, worth.high_minor)
    return Interval(*(nan if end is None else float(end) for end in ends))


def segment_called(segment: str, language: Language) -> str:
    """As its user calls it; all of them, and those of whom nobody knows it, in words."""
    words = {ALL: language.gettext("all"), "unknown": language.show.unknown}
    return words.get(segment) or apart(language.called(segment))


def model_of(told: ModelTold, language: Language) -> str:
    """Of whom a model speaks."""
    return language.gettext(OF_WORDS[told.of]) if told.of in OF_WORDS else group_name(told.of, language)


def model_name(told: ModelTold, language: Language) -> str:
    return MODEL_NAMES.get(told.model) or language.gettext("a constant rate (naive)")
