"""Pictures of how long customers stay: the curve of all, and those of groups."""

from __future__ import annotations

from sabai.language.language import Language
from sabai.report.money.survival_plane import MOST
from sabai.report.money.survival_stairs import stairs
from sabai.report.money.survival_table import AFTER
from sabai.report.money.survival_words import level_word
from sabai.report.money.words import group_word, share_of
from sabai.report.picture import Picture
from sabai.retention.survival.kaplan_meier import Curve
from sabai.retention.survival.survival import Survival


def everybody(found: Survival, language: Language) -> Picture | None:
    """The curve of all customers; nothing where nobody is known to have left."""
    if not found.everybody.left:
        return None
    _ = language.gettext
    drawn = stairs([("", found.everybody)], language)
    caption = _("The share of customers still there so long after they began; the ribbon shows how sure it is.")
    about = _about(found.everybody, language)
    return Picture("survival", _("All customers"), caption, about, drawn.height, drawn.shapes)


def by_group(found: Survival, by: str, language: Language) -> Picture | None:
    """The curves of the largest groups."""
    groups = largest(found)
    if not groups or not any(curve.left for curve in groups):
        return None
    _ = language.gettext
    named = [(level_word(curve.name, language, by), curve) for curve in groups]
    drawn = stairs(named, language)
    caption = _(
        "The same for each group, the largest of them; each line has its own dashes, its name stands at its end."
    )
    about = " ".join(f"{name}: {_about(curve, language)}" for name, curve in named)
    title = _("Apart by %(group)s", group=group_word(by, language))
    return Picture("survival-groups", title, caption, about, drawn.height, drawn.shapes)


def largest(found: Survival) -> list[Curve]:
    """So many groups as can be told apart in one picture."""
    return sorted((curve for curve in found.groups if curve.watched), key=lambda curve: -curve.watched)[:MOST]


def _about(curve: Curve, language: Language) -> str:
    _ = language.gettext
    told = [(months, curve.at(day)) for months, day in AFTER.items() if day <= curve.longest]
    return " ".join(
        f"{language.ngettext('after %(num)s month', 'after %(num)s months', months)}: {share_of(share, language, 0)}."
        for months, share in told
    )
