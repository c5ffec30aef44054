"""Why customers left, and which features they miss."""

from __future__ import annotations

from sabai.feedback.exits import ExitReason
from sabai.feedback.feedback import Feedback
from sabai.feedback.wished import Wish
from sabai.feedback.words.leaving import WITHIN_DAYS
from sabai.language.language import Language
from sabai.report.cells import name
from sabai.report.feedback.pictures import reasons
from sabai.report.money.page import Section, Table
from sabai.report.words import BAND_WORDS

MOST = 20


def exit_section(found: Feedback, language: Language) -> Section:
    _, show = language.gettext, language.show
    asked, left = sum(each.asked for each in found.exits), sum(each.left for each in found.exits)
    note = _("Asked by an exit survey: %(asked)s of %(left)s who left.", asked=show.fixed(asked), left=show.fixed(left))
    seen = _("The bands are those of the last score before they gave notice, or left.")
    return Section(
        "exits", _("Why they left"), picture=reasons(found, language), table=_exits(found, language), wide=True,
        notes=(note, seen) if found.exits else (), missing=_("Nobody left in this time."),
    )  # fmt: skip


def _exits(found: Feedback, language: Language) -> Table:
    _ = language.gettext
    shown = ("healthy", "at_risk", "unhealthy", "unknown")
    heads = (
        _("reason"),
        _("left"),
        _("asked why"),
        _("answered"),
        _("paid a month"),
        *(_(BAND_WORDS[each]) for each in shown),
    )
    return Table(heads, tuple(_exit(each, found, shown, language) for each in found.exits[:MOST]))


def _exit(each: ExitReason, found: Feedback, bands: tuple[str, ...], language: Language) -> tuple[str, ...]:
    show = language.show
    return (
        name(each.reason) or language.gettext("no reason noted"), show.fixed(each.left), show.fixed(each.asked),
        show.fixed(each.answered), show.money_short(each.monthly, found.currency),
        *(show.fixed(each.bands[band]) for band in bands),
    )  # fmt: skip


def wish_section(found: Feedback, language: Language) -> Section:
    _ = language.gettext
    note = _("Sorted by what those who ask pay a month, and what those who have left since paid.")
    return Section(
        "wishes", _("Features that are missing"), table=_wishes(found, language), wide=True,
        notes=(note,) if found.wishes else (), missing=_("No ticket asks for a feature."),
    )  # fmt: skip


def _wishes(found: Feedback, language: Language) -> Table:
    _, show = language.gettext, language.show
    heads = (
        _("asked for"), _("customers"), _("tickets"), _("they pay a month"), _("those who left had paid"),
        _("left in %(days)s days", days=show.fixed(WITHIN_DAYS)), _("others who left"),
    )  # fmt: skip
    return Table(heads, tuple(_wish(each, found, language) for each in found.wishes[:MOST]))


def _wish(each: Wish, found: Feedback, language: Language) -> tuple[str, ...]:
    show = language.show
    return (
        name(each.wish), show.fixed(each.accounts), show.fixed(each.tickets),
        show.money_short(each.monthly, found.currency), show.money_short(each.lost, found.currency),
        *(_of(part, whole, language) for part, whole in
          ((each.left.left, each.left.said), (each.left.others_left, each.left.others))),
    )  # fmt: skip


def _of(part: int, whole: int, language: Language) -> str:
    show = language.show
    if not whole:
        return show.unknown
    return language.gettext("%(part)s of %(whole)s", part=show.fixed(part), whole=show.fixed(whole))
