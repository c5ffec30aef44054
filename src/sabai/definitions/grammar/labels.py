"""What pages call the things that definitions name."""

from __future__ import annotations

from sabai.definitions.grammar.kinds import TEXT, Either, Named, Word
from sabai.definitions.grammar.themes import LANGUAGE

LABELS = Named(
    "labels by name",
    Either("a text, or texts by language", (TEXT, Named("texts by language", TEXT, LANGUAGE))),
    Word("the name of a metric, deduction, milestone, segment, stage or event"),
)
