"""Forecasts that were issued, beside what happened: who was right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.renewals.judgement import Judged, Judgement
from sabai.report.money.page import Section, Table
from sabai.report.money.renewals_pictures import judged
from sabai.report.money.words import share_of

WAY_WORDS = {
    "forecast": gettext_noop("the forecast"),
    "same rate as last year": gettext_noop("the rate of the year before"),
    "owners": gettext_noop("the owners"),
}


def who_was_right(told: Judgement | None, currency: str, language: Language) -> Iterator[Section]:
    """Each forecast with what came of it, and how it compares; else why there is none."""
    _, title = language.gettext, language.gettext("Who was right so far")
    if told is None or not told.forecasts:
        yield Section("judged", title, missing=_nothing_yet(told, language))
        return
    picture = judged(told.forecasts, title, currency, language)
    yield Section("judged", title, picture=picture, notes=tuple(_notes(told, language)))
    measures = _(
        "Brier score: less is better. Bias above 0: too much was promised. Error: the mean of "
        "|expected − renewed| ÷ due."
    )
    yield Section(
        "compared", _("Beside other ways to foretell"), table=compared(told, language), wide=True, notes=(measures,)
    )


def _nothing_yet(told: Judgement | None, language: Language) -> str:
    if told is None or told.next_day is None:
        return language.gettext("No forecast was issued yet: `sabai renewals --issue`")
    return language.gettext(
        "Nothing is due yet: the first forecast can be judged on %(date)s.", date=language.show.date(told.next_day)
    )


def _notes(told: Judgement, language: Language) -> Iterator[str]:
    _ = language.gettext
    yield _(
        "From P10 to P90 lay %(share)s of forecasts, and 80%% is right.",
        share=share_of(told.coverage, language, 0),
    )
    if told.waiting:
        yield _("Forecasts that wait for their renewals: %(count)s.", count=language.show.fixed(told.waiting))


def compared(told: Judgement, language: Language) -> Table:
    """Each way to foretell, on the renewals of which it and the forecast said something."""
    _ = language.gettext
    heads = (_("which renewals"), _("told by"), _("renewals"), _("Brier score"), _("bias"), _("error"))
    kinds = (
        (_("all"), (told.whole,)), (_("due a year before too"), told.last_year),
        (_("with a call of their owner"), told.called),
    )  # fmt: skip
    rows = [row for which, ways in kinds for row in _ways(which, ways, language)]
    return Table(heads, tuple(rows), words=2)


def _ways(which: str, ways: Sequence[Judged], language: Language) -> Iterator[tuple[str, ...]]:
    show = language.show
    for each in ways:
        if each.renewals:
            yield (
                which, language.gettext(WAY_WORDS[each.name]), show.fixed(each.renewals), show.fixed(each.brier, 3),
                show.percent(each.bias, 1), show.percent(each.error, 1),
            )  # fmt: skip
