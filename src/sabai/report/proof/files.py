"""Pictures as files: each an SVG of its own, to be opened, sent, or put into a slide."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sabai.language.language import speak
from sabai.report.proof.picture import Picture
from sabai.report.proof.pictures import pictures
from sabai.report.proof.told import ProofTold
from sabai.store.aside import aside


def write_pictures(told: ProofTold, folder: Path, lang: str = "en") -> list[Path]:
    """One file for each picture that can be drawn, in `folder`, which is made where it is missing.

    UsageError for a language that is not spoken.
    """
    return write_each(pictures(told, speak(lang)).values(), folder, lang)


def write_each(drawn: Iterable[Picture], folder: Path, lang: str) -> list[Path]:
    """Any pictures, each as NAME.svg."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_written(picture, folder / f"{picture.name}.svg", lang) for picture in drawn]


def _written(picture: Picture, path: Path, lang: str) -> Path:
    with aside(path) as unfinished:
        unfinished.write_text(picture.alone(speak(lang)), encoding="utf-8")
    return path
