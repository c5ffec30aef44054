"""What comments speak of: themes of a company's own, and what it changes of the shipped ones."""

from __future__ import annotations

from sabai.definitions.grammar.kinds import FLAG, NAME, TEXT, Either, Key, Keys, Many, Named, Word, choice

SHIPPED_THEMES = (
    "price", "value", "billing", "contract", "ease_of_use", "missing_feature", "bugs", "outage", "speed", "support",
    "onboarding", "documentation", "integration", "reporting", "data", "mobile", "security", "people", "competitor",
    "translation",
)  # fmt: skip
"""The themes whose words come with Sabai; `text/themes/shipped.yaml` has them."""

OTHER = "other"
"""What is about no theme; it has sentences and no words."""

LANGUAGE = Word(
    "the code of a language, such as th, en, ja or ar", str, {"type": "string", "pattern": "^[A-Za-z]{2,3}([_-].+)?$"}
)

THEME = Keys(
    "a theme",
    (
        Key(
            "name",
            Named("names by language", TEXT, LANGUAGE),
            "How it is called on pages, by language. Default: as you call it here.",
        ),
        Key(
            "words",
            Named("words by language", Many("words", TEXT), LANGUAGE),
            "Words by which it is known: slow~ also finds slower, -elephant says where nothing is found.",
        ),
        Key("sentences", Many("sentences", TEXT), "What somebody might say of it, in any language."),
        Key("replaces", FLAG, "Whether nothing of the shipped theme of that name stays.", "no"),
    ),
)

THEMES = Named("themes by name", Either("drop, or a theme", (choice("drop"), THEME)), NAME)
