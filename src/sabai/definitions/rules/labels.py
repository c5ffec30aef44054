"""Rules about what pages call things."""

from __future__ import annotations

from collections.abc import Iterator

from babel.localedata import exists

from sabai.definitions.rules.rule import File, Found, Rule, rule
from sabai.definitions.written import Entries, Items, Text, Written, texts
from sabai.errors import did_you_mean

CHOSEN_BY = ("where", "among")


@rule("DEF-067", "A label of something that does not exist is never shown.")
def label_of_nothing(file: File) -> Iterator[Found]:
    named = list(_named(file))
    for key, _ in file.root.section("labels"):
        if key.text not in named:
            yield Found(key, f'"{key.text}" is a name of nothing.', did_you_mean(key.text, named))


@rule("DEF-068", "Readers of no language would see it.")
def label_in_unknown_language(file: File) -> Iterator[Found]:
    for _, label in file.root.section("labels"):
        for key, _ in label if isinstance(label, Entries) else ():
            if not exists(key.text.replace("-", "_")):
                yield Found(key, f'"{key.text}" is not a language.', "Write its code: th, en, ja or ar.")


@rule("DEF-069", "Pages would show nothing where the name should be.")
def empty_label(file: File) -> Iterator[Found]:
    for key, label in file.root.section("labels"):
        said: list[Written] = [text for _, text in label] if isinstance(label, Entries) else [label]
        if not any(isinstance(text, Text) and text.text.strip() for text in said):
            yield Found(key, f'The label of "{key.text}" says nothing.', "Write what pages should call it.")


def _named(file: File) -> Iterator[str]:
    """What a label may be of."""
    health = file.written.section("health")
    yield from file.metrics
    yield from health.section("deductions").names()
    yield from health.section("segments").names()
    young = health.section("young")
    yield from (*texts(young.get("milestones")), *young.section("milestones").names())
    yield from file.written.section("stages").names()
    yield from _events(file.written)


def _events(node: Written) -> Iterator[str]:
    """The events that definitions speak of: `event: login`, or a name that rows are chosen by."""
    if isinstance(node, Items):
        for item in node.items:
            yield from _events(item)
    elif isinstance(node, Entries):
        for key, value in node:
            yield from texts(value) if key.text == "event" else ()
            yield from texts(value.get("name")) if key.text in CHOSEN_BY and isinstance(value, Entries) else ()
            yield from _events(value)


LABEL_RULES: tuple[Rule, ...] = (label_of_nothing, label_in_unknown_language, empty_label)
