"""Who stays, as a page: came and left, how the loss ran, where it is worse, why they left, whether anybody asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from sabai.definitions.model import Definitions
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language, speak
from sabai.report.cells import mark, name, unbroken
from sabai.report.money.others import others_have
from sabai.report.money.page import Page, Section, Table, Tile, write_page
from sabai.report.money.retention_notices import noticed
from sabai.report.money.retention_pictures import HOW_WORDS, by_group, came_and_left, churn_course, reasons
from sabai.report.money.words import EVERY_WORDS, group_called, group_word, how_long, period_name, share_of
from sabai.report.money.workbook.retention import retention_sheets
from sabai.report.words import BAND_WORDS
from sabai.retention.churned import Churned
from sabai.retention.kept import Kept
from sabai.retention.told import kept_tables

MOST_LEFT = 30
ASKED_WORDS = {
    "answered": gettext_noop("asked, and answered"),
    "asked": gettext_noop("asked, no answer"),
    "not asked": gettext_noop("not asked"),
}


def write_retention(found: Kept, definitions: Definitions, folder: Path, lang: str) -> Path:
    """retention.html, pictures and tables into `folder`; UsageError for a language that is not spoken."""
    language = speak(lang).calling(definitions.labels)
    page, sheets = retention_page(found, language), retention_sheets(found, language)
    return write_page(page, kept_tables(found), definitions, folder, language, sheets)


def retention_page(found: Kept, language: Language) -> Page:
    """All of it in one language."""
    _, show, lately = language.gettext, language.show, found.lately
    first, last = (show.date(int(day)) for day in found.year.bounds)
    answer = _(
        "Of %(start)s customers on %(first)s, %(kept)s were still there on %(last)s.",
        start=show.fixed(lately.start), first=first, kept=share_of(lately.rate, language), last=last,
    )  # fmt: skip
    return Page(
        "retention", _("How many customers stay?"), answer, tuple(_tiles(found, language)),
        tuple(_sections(found, language)), noticed(found.notices, language),
    )  # fmt: skip


def _tiles(found: Kept, language: Language) -> Iterator[Tile]:
    _, show, mean = language.gettext, language.show, found.all_periods
    kept = _("Kept over the year") if found.year.is_a_year else _("Kept over this time")
    yield Tile(kept, show.percent(found.lately.rate.value, 1), others_have("retention", found, language))
    yield Tile(
        _("Lost in a month, on average") if found.periods.every == "month" else _("Lost in a period, on average"),
        show.percent(mean.churn.value, 1), others_have("churn", found, language),
    )  # fmt: skip
    yield Tile(_("Customers now"), show.fixed(found.each[-1].end), "")
    left, each_was = len(found.churned), Counter(each.asked for each in found.churned)
    asked = left - each_was["not asked"]
    yield Tile(
        _("Asked why they left"), show.percent(asked / left if left else None),
        _("%(asked)s of %(left)s who left; answers: %(answered)s", asked=show.fixed(asked), left=show.fixed(left),
          answered=show.fixed(each_was["answered"])),
    )  # fmt: skip


def _sections(found: Kept, language: Language) -> Iterator[Section]:
    _ = language.gettext
    yield Section("came", _("Came and left"), picture=came_and_left(found, language))
    yield Section("churn", _("How the loss ran"), picture=churn_course(found, language))
    if found.by:
        yield _groups(found, found.by, language)
    yield Section(
        "reasons", _("Why they left"), picture=reasons(found, language), missing=_("Nobody left in this time.")
    )
    yield Section(
        "left", _("Who left"), table=_left(found, language), wide=True, missing=_("Nobody left in this time.")
    )
    yield Section(
        "periods",
        _("Every period"),
        table=_periods(found, language),
        wide=True,
        notes=tuple(_readings(found, language)),
    )


def _groups(found: Kept, by: str, language: Language) -> Section:
    _, show = language.gettext, language.show
    word = group_word(by, language)
    groups = sorted((each for each in found.groups if each.each.start), key=lambda each: -each.each.start)
    title = _("Apart by %(group)s", group=word)
    table = Table(
        (word, _("customers now"), _("kept over the year"), _("lost in a period"), _("left in all")),
        tuple(
            (name(group_called(by, each.name, language)), show.fixed(each.lately.end),
             share_of(each.lately.rate, language), share_of(each.each.churn, language), show.fixed(each.each.lost))
            for each in groups
        ),
    )  # fmt: skip
    picture, missing = by_group(found, by, title, language), _("Nobody is known.")
    return Section("groups", title, picture=picture, table=table, folded=_("Every group"), missing=missing)


def _left(found: Kept, language: Language) -> Table:
    _, show = language.gettext, language.show
    heads = (
        _("customer"),
        _("left on"),
        _("reason"),
        _("how"),
        _("last owner"),
        _("was anybody asked"),
        _("last band before"),
        _("stayed"),
    )
    return Table(
        heads,
        tuple(
            (name(each.name), unbroken(show.date(each.left_on)), name(each.reason) or show.unknown,
             _(HOW_WORDS[each.how]), name(group_called("owner", each.owner, language)), _(ASKED_WORDS[each.asked]),
             _last_band(each, language),
             how_long(round(each.stayed_days / 30.4), "month", language))
            for each in found.churned[:MOST_LEFT]
        ),
        words=7,
    )  # fmt: skip


def _last_band(each: Churned, language: Language) -> Markup | str:
    """By shape and word, as everywhere."""
    if each.last_seen is None:
        return language.show.unknown
    return Markup("{}{}").format(mark(each.last_seen.band), language.gettext(BAND_WORDS[each.last_seen.band]))


def _periods(found: Kept, language: Language) -> Table:
    _, show = language.gettext, language.show
    heads = (
        _(EVERY_WORDS[found.periods.every]), _("at the start"), _("new"), _("came back"), _("lost"), _("at the end"),
        _("kept"), _("lost, of those at the start"),
    )  # fmt: skip
    rows = [
        (period_name(found.periods, place, language), show.fixed(each.start), show.fixed(each.new),
         show.fixed(each.came_back), show.fixed(each.lost), show.fixed(each.end), share_of(each.rate, language),
         share_of(each.churn, language))
        for place, each in enumerate(found.each)
    ]  # fmt: skip
    return Table(heads, tuple(reversed(rows)))


def _readings(found: Kept, language: Language) -> Iterator[str]:
    """The formula, and the other readings of it where they differ."""
    _, show, lately = language.gettext, language.show, found.lately
    yield _("Kept = (customers at the end − new ones − those who came back) / customers at the start.")
    if lately.arrived != lately.new:
        yield _(
            "Taking off also the %(count)s who came and left again within the year: %(rate)s.",
            count=show.fixed(lately.arrived - lately.new), rate=show.percent(lately.rate_of_all_new, 1),
        )  # fmt: skip
    if lately.came_back:
        yield _(
            "Counting the %(count)s who came back as kept: %(rate)s.",
            count=show.fixed(lately.came_back), rate=show.percent(lately.rate_with_returns, 1),
        )  # fmt: skip
