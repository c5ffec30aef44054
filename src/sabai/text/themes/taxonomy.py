"""The list of themes: the shipped ones, and what a company makes of them in its definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from sabai.definitions.model import OwnTheme

OTHER = "other"
"""The id of what is about none of the themes: it has a name and sentences, and no text is ever given to it."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Something that customers speak of. `name` and `words` by language; `sentences` in any language."""

    id: str
    name: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()

    def called(self, language: str) -> str:
        """The name in that language, or else in English, in any, or as its id says.

        >>> Theme("late_bus", {"en": "Late bus"}).called("th"), Theme("late_bus").called("en")
        ('Late bus', 'Late bus')
        """
        first = next(iter(self.name.values()), self.id.replace("_", " ").capitalize())
        return self.name.get(language) or self.name.get("en") or first


Taxonomy = tuple[Theme, ...]


@cache
def shipped() -> Taxonomy:
    """The themes of companies that sell to companies, and `other` at the end.

    >>> [theme.called("ja") for theme in shipped()][:3]
    ['価格', '費用対効果', '請求']
    """
    text = files("sabai.text.themes").joinpath("shipped.yaml").read_text(encoding="utf-8")
    return tuple(_theme(name, written) for name, written in YAML(typ="safe").load(text).items())


def taxonomy(own: Sequence[OwnTheme] = ()) -> Taxonomy:
    """The shipped themes with what a company adds to them, drops of them and puts beside them, `other` at the end.

    >>> [theme.id for theme in taxonomy([OwnTheme("price", dropped=True), OwnTheme("kiosk", words={"en": ("kiosk",)})])
    ...  if theme.id in ("price", "kiosk", "other")]
    ['kiosk', 'other']
    """
    themes = {theme.id: theme for theme in shipped()}
    for each in own:
        if each.dropped:
            themes.pop(each.id, None)
        else:
            before = Theme(each.id) if each.replaces else themes.get(each.id, Theme(each.id))
            themes[each.id] = _with(before, each)
    other = themes.pop(OTHER, None)
    return (*themes.values(), *([other] if other else []))


def _with(theme: Theme, own: OwnTheme) -> Theme:
    words = {
        language: (*theme.words.get(language, ()), *own.words.get(language, ()))
        for language in dict.fromkeys((*theme.words, *own.words))
    }
    return replace(theme, name={**theme.name, **own.name}, words=words, sentences=(*theme.sentences, *own.sentences))


def _theme(name: str, written: Mapping[str, Any]) -> Theme:
    words = {language: tuple(said) for language, said in written.get("words", {}).items()}
    return Theme(name, dict(written["name"]), words, tuple(written["sentences"]))
