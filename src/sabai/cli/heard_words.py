"""The words of customers on the terminal: themes, reasons for leaving, missing features."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sabai.cli.columns import UNKNOWN, columns, span

if TYPE_CHECKING:
    from sabai.feedback.feedback import Feedback
    from sabai.feedback.words.leaving import Left

SHOWN = 12


def themes(found: Feedback) -> Iterator[str]:
    from sabai.cli.heard import chance, signed

    words = found.words
    if words.unread:
        yield f"{words.texts:,} texts were not read. {words.unread}"
    rows = [
        (each.names.get("en", each.id), f"{each.mentions:,}", f"{each.accounts:,}", span(each.negative, 0),
         signed(each.effect.difference), chance(each.effect), left_of(each.left))
        for each in words.themes[:SHOWN]
    ]  # fmt: skip
    if rows:
        heads = ("theme", "texts", "customers", "unhappy (95%)", "score, with less without", "by chance",
                 "left in 90 days, and others")  # fmt: skip
        yield from columns(heads, rows)


def left_of(left: Left) -> str:
    """Of so many who said it, and of so many others."""
    if not left.said:
        return UNKNOWN
    others = f"{left.others_left:,} of {left.others:,}" if left.others else UNKNOWN
    return f"{left.left:,} of {left.said:,}, {others}"


def exits(found: Feedback) -> Iterator[str]:
    rows = [
        (each.reason or "no reason noted", f"{each.left:,}", f"{each.asked:,}", f"{each.answered:,}",
         _money(found, each.monthly), *(f"{each.bands[band]:,}" for band in ("healthy", "at_risk", "unhealthy")))
        for each in found.exits[:SHOWN]
    ]  # fmt: skip
    if rows:
        heads = (
            "why they left",
            "left",
            "asked why",
            "answered",
            "paid a month",
            "healthy before",
            "at risk",
            "unhealthy",
        )
        yield from columns(heads, rows)


def wishes(found: Feedback) -> Iterator[str]:
    rows = [
        (each.wish, f"{each.accounts:,}", f"{each.tickets:,}", _money(found, each.monthly), _money(found, each.lost),
         left_of(each.left))
        for each in found.wishes[:SHOWN]
    ]  # fmt: skip
    if rows:
        heads = (
            "feature asked for",
            "customers",
            "tickets",
            "they pay a month",
            "left, had paid",
            "left in 90 days, and others",
        )
        yield from columns(heads, rows)


def _money(found: Feedback, minor: int | None) -> str:
    from sabai.language.language import speak

    return UNKNOWN if minor is None else speak("en").show.money(minor, found.currency)
