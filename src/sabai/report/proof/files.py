"""Pictures as files: each an SVG of its own, to be opened, sent, or put into a slide."""

from __future__ import annotations

from pathlib import Path

from sabai.language.language import speak
from sabai.report.picture import write_each
from sabai.report.proof.pictures import pictures
from sabai.report.proof.told import ProofTold


def write_pictures(told: ProofTold, folder: Path, lang: str = "en") -> list[Path]:
    """One file for each picture that can be drawn, in `folder`, which is made where it is missing.

    UsageError for a language that is not spoken.
    """
    language = speak(lang).calling(told.proof.replay.definitions.labels)
    return write_each(pictures(told, language).values(), folder, lang)
