"""What customers talk about: themes as bars and rows, and a few of their sentences."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from sabai.feedback.feedback import Feedback
from sabai.feedback.words.leaving import WITHIN_DAYS, Left
from sabai.feedback.words.themes import OTHER, Theme
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.cells import name, unbroken
from sabai.report.feedback.words import signed_span, whether_shown
from sabai.report.money.drawn import Drawn, Series, legend
from sabai.report.money.page import Section, Table
from sabai.report.money.words import share_of
from sabai.report.picture import Picture
from sabai.report.sheet import WIDTH, Scale, Sheet, apart

MOST_THEMES, MOST_QUOTES = 10, 12
_STEP = 40.0
MOOD_WORDS = {
    "negative": gettext_noop("unhappy"),
    "neutral": gettext_noop("neither"),
    "positive": gettext_noop("happy"),
}


def theme_sections(found: Feedback, language: Language) -> Iterator[Section]:
    _, words = language.gettext, found.words
    where = _("Nobody has written anything in this time.")
    if words.unread:
        where = _(
            '%(count)s texts were not read: reading words needs the extra text (pip install "sabai[text]").',
            count=language.show.fixed(words.texts),
        )
    notes = (
        _("A text can be about several themes. Only texts whose mood is clear count as unhappy or not."),
        _("The score with a theme is that of answers whose comment is about it, less that of all other comments."),
        _("That those who said something left more often does not mean that they left because of it."),
    )
    yield Section(
        "themes", _("What they talk about"), picture=theme_bars(found, language), table=_table(found, language),
        wide=True, notes=notes if words.themes else (), missing=where,
    )  # fmt: skip
    if words.themes:
        yield Section("quotes", _("In their own words"), table=_quotes(found, language), wide=True)


def theme_name(theme: Theme, language: Language) -> str:
    """In the reader's language, else in English, else its id."""
    if theme.id == OTHER:
        return language.gettext("something else")
    return theme.names.get(language.code) or theme.names.get("en") or theme.id


def theme_bars(found: Feedback, language: Language) -> Picture | None:
    """As long as it is mentioned; the part of those who are unhappy stands out."""
    shown = found.words.themes[:MOST_THEMES]
    if not shown:
        return None
    _ = language.gettext
    drawn = _bars(shown, language)
    caption = _("How many texts are about it; the marked part is the share of unhappy ones.")
    about = " ".join(f"{theme_name(each, language)}: {_said(each, language)}." for each in shown)
    return Picture("themes", _("What they talk about"), caption, about, drawn.height, drawn.shapes)


def _bars(shown: tuple[Theme, ...], language: Language) -> Drawn:
    sheet, shapes = Sheet(language.rtl), ""
    scale = Scale(0, max(each.mentions for each in shown), 0, WIDTH)
    for place, each in enumerate(shown):
        y, long = _STEP * place, scale.at(each.mentions)
        unhappy = each.negative.value if each.sure else 0.0
        shapes += (
            sheet.text(0, y + 13, apart(theme_name(each, language), 24), "name")
            + sheet.text(WIDTH, y + 13, _said(each, language), anchor="end")
            + sheet.bar(0, y + 19, long, 11, "grew")
            + (sheet.bar(0, y + 19, long * unhappy, 11, "left") if unhappy else "")
        )
    words = [Series(language.gettext("unhappy"), "left", ()), Series(language.gettext("all others"), "grew", ())]
    keys = legend(words, sheet, _STEP * len(shown) + 4)
    return Drawn(shapes + keys.shapes, keys.height)


def _said(theme: Theme, language: Language) -> str:
    _, show = language.gettext, language.show
    texts = language.ngettext("%(num)s text", "%(num)s texts", theme.mentions)
    if not theme.sure:
        return texts
    return _("%(texts)s, %(share)s unhappy", texts=texts, share=show.percent(theme.negative.value))


def _table(found: Feedback, language: Language) -> Table:
    _, show = language.gettext, language.show
    heads = (
        _("theme"), _("customers"), _("unhappy"), _("score with it, less without"),
        _("left in %(days)s days", days=show.fixed(WITHIN_DAYS)), _("of all texts, lately"), _("most in"),
    )  # fmt: skip
    return Table(
        heads,
        tuple(
            (name(theme_name(each, language)), show.fixed(each.accounts), share_of(each.negative, language, 0),
             _effect(each, language),
             _below(_left(each.left, language), _others(each.left, language)), _rise(each, language),
             _most_in(each, language))
            for each in found.words.themes[:MOST_THEMES]
        ),
    )  # fmt: skip


def _effect(theme: Theme, language: Language) -> Markup | str:
    """The difference, and whether it is more than chance."""
    if theme.effect.p != theme.effect.p:
        return language.show.unknown
    return _below(signed_span(theme.effect.difference, language), whether_shown(theme.effect, language))


def _left(left: Left, language: Language) -> str:
    return _of(left.left, left.said, language)


def _others(left: Left, language: Language) -> str:
    return language.gettext("others: %(share)s", share=_of(left.others_left, left.others, language))


def _below(first: str, second: str) -> Markup:
    """Two lines in one cell."""
    return Markup("{}<small>{}</small>").format(first, second)


def _of(part: int, whole: int, language: Language) -> str:
    show = language.show
    if not whole:
        return show.unknown
    return language.gettext("%(part)s of %(whole)s", part=show.fixed(part), whole=show.fixed(whole))


def _rise(theme: Theme, language: Language) -> str:
    """Of all texts, so many points more or less."""
    if theme.rise.p != theme.rise.p:
        return language.show.unknown
    points = language.show.signed(100 * theme.rise.difference.value, 1)
    return language.gettext("%(points)s points", points=points)


def _most_in(theme: Theme, language: Language) -> str:
    """The segment of whose texts it is the largest part, among those that say much."""
    said = [(segment, n / texts) for segment, n, texts in theme.segments if texts >= MOST_THEMES and n]
    if len(said) < 2:
        return language.show.unknown
    segment, share = said[0]
    return f"{apart(language.called(segment))}, {language.show.percent(share)}"


def _quotes(found: Feedback, language: Language) -> Table:
    _, show = language.gettext, language.show
    heads = (_("theme"), _("mood"), _("what they wrote"), _("customer"), _("on"))
    told = [(theme, quote) for theme in found.words.themes if theme.id != OTHER for quote in theme.quotes]
    rows = tuple(
        (name(theme_name(theme, language)), _(MOOD_WORDS[quote.mood]), name(quote.text),
         name(found.names.get(quote.account_id, quote.account_id)), unbroken(show.date(quote.said_on)))
        for theme, quote in told[: 3 * MOST_QUOTES]
    )  # fmt: skip
    return Table(heads, rows, words=5)
