"""The shipped list is whole, and what a company writes in its definitions becomes part of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sabai.definitions.grammar.themes import SHIPPED_THEMES
from sabai.definitions.model import OwnTheme
from sabai.text.themes import assigned
from sabai.text.themes.taxonomy import OTHER, Theme, shipped, taxonomy
from tests.definitions.good import GOOD, read

SCRIPTS = {"en": r"[a-z]", "th": r"[\u0e00-\u0e7f]", "ar": r"[\u0600-\u06ff]", "ja": r"[\u3040-\u30ff\u4e00-\u9fff]"}


def by_id(own: list[OwnTheme]) -> dict[str, Theme]:
    return {theme.id: theme for theme in taxonomy(own)}


def test_the_grammar_names_the_shipped_themes() -> None:
    assert (*SHIPPED_THEMES, OTHER) == tuple(theme.id for theme in shipped())


@pytest.mark.parametrize("theme", shipped(), ids=lambda theme: theme.id)
def test_each_speaks_four_languages(theme: Theme) -> None:
    for language, script in SCRIPTS.items():
        assert re.search(script, theme.name[language].lower())
        assert sum(bool(re.search(script, sentence.lower())) for sentence in theme.sentences) >= 2
        if theme.id != OTHER:
            own = [word for word in theme.words[language] if re.search(script, word.lower())]
            assert len(own) >= 8, (theme.id, language)


def test_no_name_is_given_twice() -> None:
    for language in SCRIPTS:
        names = [theme.name[language] for theme in shipped()]
        assert len(set(names)) == len(names)


def test_nothing_own_is_the_shipped_list() -> None:
    assert taxonomy() == shipped()


def test_an_addition_keeps_what_was_there() -> None:
    own = OwnTheme(
        "speed", name={"de": "Tempo"}, words={"en": ("crawls",), "de": ("lahm",)}, sentences=("Es kriecht.",)
    )
    speed, before = by_id([own])["speed"], by_id([])["speed"]
    assert speed.words["en"] == (*before.words["en"], "crawls")
    assert speed.words["th"] == before.words["th"]
    assert (speed.called("de"), speed.called("th")) == ("Tempo", before.called("th"))
    assert speed.sentences == (*before.sentences, "Es kriecht.")


def test_a_replacement_keeps_nothing() -> None:
    speed = by_id([OwnTheme("speed", words={"en": ("crawls",)}, replaces=True)])["speed"]
    assert speed == Theme("speed", words={"en": ("crawls",)})
    assert speed.called("ja") == "Speed"


def test_a_dropped_theme_is_found_no_more() -> None:
    text = ["We were charged twice, the invoice is wrong."]
    assert assigned(text, taxonomy()) == [("billing",)]
    assert "billing" not in assigned(text, taxonomy([OwnTheme("billing", dropped=True)]))[0]


def test_other_stays_at_the_end() -> None:
    assert [theme.id for theme in taxonomy([OwnTheme("kiosk", words={"en": ("kiosk",)})])][-2:] == ["kiosk", OTHER]


def test_from_the_file_to_the_text(tmp_path: Path) -> None:
    own = read(tmp_path, GOOD).themes
    themes = taxonomy(own)
    assert "competitor" not in {theme.id for theme in themes}
    texts = ["the grinding is loud", "グラインダーが壊れた", "it crawls", "fast food for lunch", "the receipt is wrong"]
    found = assigned(texts, themes)
    assert found[:3] == [("grinder",), ("bugs", "grinder"), ("speed",)]
    assert "speed" not in found[3]
    assert "billing" not in found[4], "replaced: only `bill` is looked for now"


def test_themes_are_not_part_of_the_version(tmp_path: Path) -> None:
    without = GOOD[: GOOD.index("\nthemes:")] + "\n"
    assert read(tmp_path, without).themes == ()
    assert read(tmp_path, without).version == read(tmp_path, GOOD).version
