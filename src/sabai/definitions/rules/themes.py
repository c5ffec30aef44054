"""Rules about the themes of comments."""

from __future__ import annotations

from collections.abc import Iterator

from babel.localedata import exists

from sabai.definitions.grammar.themes import OTHER, SHIPPED_THEMES
from sabai.definitions.rules.rule import File, Found, Rule, rule
from sabai.definitions.written import Entries, Text, one_or_many
from sabai.errors import did_you_mean


@rule("DEF-062", "A word is looked for by the rules of its language, and a name is shown to its readers.")
def theme_in_unknown_language(file: File) -> Iterator[Found]:
    for _, theme in _themes(file):
        for section in ("name", "words"):
            for key, _ in theme.section(section):
                if not exists(key.text.replace("-", "_")):
                    yield Found(key, f'"{key.text}" is not a language.', "Write its code: th, en, ja or ar.")


@rule("DEF-063", "Only what is shipped can be dropped or replaced.")
def dropped_that_is_not_shipped(file: File) -> Iterator[Found]:
    for key, node in file.root.section("themes"):
        dropped = not isinstance(node, Entries) or node.text("replaces").lower() in ("yes", "true")
        if dropped and key.text not in SHIPPED_THEMES:
            yield Found(key, f'"{key.text}" is no shipped theme.', did_you_mean(key.text, SHIPPED_THEMES))


@rule("DEF-064", "A theme without words and sentences is never found.")
def theme_that_is_never_found(file: File) -> Iterator[Found]:
    for key, theme in _themes(file):
        new = key.text not in (*SHIPPED_THEMES, OTHER) or theme.text("replaces").lower() in ("yes", "true")
        if new and not _looked_for(theme) and not one_or_many(theme.get("sentences")):
            yield Found(key, f'Theme "{key.text}" says nothing to look for.', "Write words: { en: [one, another] }")


@rule("DEF-065", "It would be found in nearly every text.")
def word_of_one_letter(file: File) -> Iterator[Found]:
    for _, theme in _themes(file):
        for node in _words(theme):
            said = node.text.strip("~〜～- ")
            if not said or (len(said) == 1 and said.isascii()):
                yield Found(node, f'"{node.text}" is too short for a word.', "Write a whole word, or take it away.")


@rule("DEF-066", "Other is what is left when no theme is found.")
def words_of_other(file: File) -> Iterator[Found]:
    for key, theme in _themes(file):
        if key.text == OTHER and _words(theme):
            yield Found(key, 'Words are written for "other".', "Write sentences, or give the theme another name.")


def _themes(file: File) -> list[tuple[Text, Entries]]:
    return [(key, node) for key, node in file.root.section("themes") if isinstance(node, Entries)]


def _words(theme: Entries) -> list[Text]:
    listed = (word for _, words in theme.section("words") for word in one_or_many(words))
    return [word for word in listed if isinstance(word, Text)]


def _looked_for(theme: Entries) -> list[Text]:
    return [word for word in _words(theme) if not word.text.startswith("-")]


THEME_RULES: tuple[Rule, ...] = (
    theme_in_unknown_language,
    dropped_that_is_not_shipped,
    theme_that_is_never_found,
    word_of_one_letter,
    words_of_other,
)
