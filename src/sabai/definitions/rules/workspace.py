"""Rules about the version of the format and about the workspace."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global
from babel.localedata import exists

from sabai.definitions.grammar.file import FORMAT
from sabai.definitions.rules.rule import File, Found, Rule, rule
from sabai.definitions.written import Entries, Text, Written, one_or_many
from sabai.errors import did_you_mean


@rule("DEF-015", "Another version of the format may mean something else by the same words.")
def unknown_format(file: File) -> Iterator[Found]:
    version = file.root.get("sabai")
    if isinstance(version, Text) and version.text != str(FORMAT):
        yield Found(version, f"Version {version.text} of the format is not known here.", f"Write sabai: {FORMAT}")


@cache
def _known_time_zones() -> frozenset[str]:
    """Looking for them in the folders of the system takes longer than all other rules together."""
    return frozenset(available_timezones())


@rule("DEF-016", "Days begin at midnight there, and every window is counted in days.")
def unknown_time_zone(file: File) -> Iterator[Found]:
    known = _known_time_zones()
    for node in _time_zones(file.root):
        if isinstance(node, Text) and node.text not in known:
            hint = _nearest(node.text, known, "Write its IANA name, for instance Asia/Bangkok.")
            yield Found(node, f'"{node.text}" is not a time zone.', hint)


def _nearest(text: str, known: Collection[str], otherwise: str) -> str:
    """The nearest word; where none is near, a list of hundreds would help nobody."""
    hint = did_you_mean(text, sorted(known))
    return hint if hint.startswith("Did") else otherwise


def _time_zones(root: Entries) -> Iterator[Written | None]:
    yield root.section("workspace").get("time_zone")
    for source in _sections(root.section("sources")):
        yield source.get("time_zone")
        for column in _sections(source.section("columns")):
            yield column.get("time_zone")


def _sections(node: Entries) -> Iterator[Entries]:
    return (value for _, value in node if isinstance(value, Entries))


@rule("DEF-017", "Amounts of an unknown currency cannot be added up.")
def unknown_currency(file: File) -> Iterator[Found]:
    known = get_global("all_currencies")
    for node in (file.root.section("workspace").get("currency"), *_constant_currencies(file.root)):
        if isinstance(node, Text) and node.text not in known:
            hint = _nearest(node.text.upper(), known, "Write its ISO 4217 code, for instance THB.")
            yield Found(node, f'"{node.text}" is not a currency.', hint)


def _constant_currencies(root: Entries) -> Iterator[Written | None]:
    for source in _sections(root.section("sources")):
        yield source.section("columns").section("currency").get("value")


@rule("DEF-018", "Pages and reports are written in these languages.")
def unknown_language(file: File) -> Iterator[Found]:
    for node in one_or_many(file.root.section("workspace").get("languages")):
        if isinstance(node, Text) and not exists(node.text.replace("-", "_")):
            yield Found(node, f'"{node.text}" is not a language.', "Write its code, for instance th, en, ja or ar.")


WORKSPACE_RULES: tuple[Rule, ...] = (unknown_format, unknown_time_zone, unknown_currency, unknown_language)
