"""What narrows a list, in words, and the list without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sabai.desk.portfolio.wanted import BLANK, Wanted
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.words import BAND_WORDS

Choices = Mapping[str, list[tuple[str, str]]]
HEADS = {
    "owner": gettext_noop("Owner"),
    "segment": gettext_noop("Segment"),
    "country": gettext_noop("Country"),
    "stage": gettext_noop("Stage"),
    "product": gettext_noop("Product"),
}
MARKS = {
    "fell": gettext_noop("Fell"),
    "rose": gettext_noop("Rose and healthy"),
    "grew": gettext_noop("Pay more than a week ago"),
    "paid": gettext_noop("Paid in the last week"),
    "call": gettext_noop("Needs a call"),
    "overdue": gettext_noop("Owes overdue money"),
    "young": gettext_noop("In onboarding"),
}
HERE = {
    "customers": gettext_noop("Customers"),
    "former": gettext_noop("Former customers"),
    "all": gettext_noop("Customers and former ones"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """`text` is what somebody wrote (a name, a segment), `head` what kind of thing it is."""

    text: str
    without: str
    head: str = ""


def chips(wanted: Wanted, choices: Choices, language: Language) -> list[Chip]:
    """One for each filter, and one for each band."""
    return list(_chips(wanted, choices, language))


def _chips(wanted: Wanted, choices: Choices, language: Language) -> Iterator[Chip]:
    say = language.gettext
    for name, value in wanted.filters.items():
        without = wanted.without(name)
        if name == "band":
            yield from (Chip(say(BAND_WORDS[band]), wanted.without("band", band)) for band in value)
        elif name == "q":
            yield Chip(value, without, say("Found by"))
        elif name in HEADS:
            yield Chip(_chosen(name, value, choices, language), without, say(HEADS[name]))
        elif name in ("renews", "silent"):
            yield Chip(_days(name, value, language), without)
        else:
            word = HERE[value] if name == "here" else MARKS[name]
            yield Chip(say(word), without)


def _chosen(name: str, value: str, choices: Choices, language: Language) -> str:
    if name == "stage" and value != BLANK:
        return language.called(value)
    if name == "owner" and value in ("me", "nobody"):
        return language.gettext("me") if value == "me" else language.gettext("nobody")
    return language.show.unknown if value == BLANK else dict(choices[name]).get(value, value)


def _days(name: str, days: int, language: Language) -> str:
    if name == "renews":
        return language.ngettext("Renews within %(num)s day", "Renews within %(num)s days", days)
    return language.ngettext("Silent for more than %(num)s day", "Silent for more than %(num)s days", days)
