"""Pictures of where an hour of work changes most: what doing nothing costs, and on whom the sum hangs."""

from __future__ import annotations

from collections.abc import Mapping

from sabai.language.language import Language
from sabai.renewals.forecast import Renewals
from sabai.report.money import in_rows
from sabai.report.names import Named
from sabai.report.picture import Picture
from sabai.report.sheet import apart

MOST_SAVED = 10


def where_work_pays(found: Renewals, names: Mapping[str, Named], title: str, language: Language) -> Picture | None:
    """What would be expected besides, were those healthy who are not."""
    saved = found.inaction[:MOST_SAVED]
    if not saved:
        return None
    named = [
        (called(each.account_id, names), each.gain_minor, language.show.money_short(each.gain_minor, found.currency))
        for each in saved
    ]
    drawn = in_rows.bars(named, language)
    caption = language.gettext("How much more would be expected, if these customers were as healthy as others are.")
    about = " ".join(f"{apart(who)}: {said}." for who, _gain, said in named)
    return Picture("inaction", title, caption, about, drawn.height, drawn.shapes)


def on_whom(found: Renewals, names: Mapping[str, Named], title: str, language: Language) -> Picture | None:
    """The customers of whom most is due."""
    if not found.whales.largest:
        return None
    named = [
        (called(each.account_id, names), each.share, language.show.percent(each.share, 1))
        for each in found.whales.largest
    ]
    drawn = in_rows.bars(named, language)
    caption = language.gettext("The customers with most to renew: their share of all that is due.")
    about = " ".join(f"{apart(who)}: {said}." for who, _share, said in named)
    return Picture("on-whom", title, caption, about, drawn.height, drawn.shapes)


def called(account_id: str, names: Mapping[str, Named]) -> str:
    """By name, where there is one."""
    named = names.get(account_id)
    return named.name if named else account_id
