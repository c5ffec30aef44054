"""Weights changed in the file that people wrote, and not a space or comment more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sabai.definitions.lines import read_lines, text_of
from sabai.definitions.reader import read_text
from sabai.definitions.written import Entries, Text
from sabai.errors import DefinitionsError, Issue, did_you_mean


def with_weights(path: Path, weights: Mapping[str, float]) -> str:
    """The text of the file at `path` with new weights for these factors; it is checked, but not written.

    Raises DefinitionsError where a factor is not in the file, or what would stand there breaks a rule.
    """
    text = text_of(path)
    spans = {name: node.span for name, node in _weights(read_lines(text, path.name))}
    unknown = [_unknown(name, path.name, list(spans)) for name in weights if name not in spans]
    if unknown:
        raise DefinitionsError(*unknown)
    for name in sorted(weights, key=lambda name: spans[name], reverse=True):
        start, end = spans[name]
        text = text[:start] + _shown(weights[name]) + text[end:]
    _prove(text, path, weights)
    return text


def _weights(root: Entries) -> Iterator[tuple[str, Text]]:
    for _, factors in root.section("health").section("dimensions"):
        for key, factor in factors if isinstance(factors, Entries) else ():
            weight = factor.get("weight") if isinstance(factor, Entries) else None
            if isinstance(weight, Text):
                yield key.text, weight


def _prove(text: str, path: Path, weights: Mapping[str, float]) -> None:
    """Weights that several factors share by an anchor cannot be changed one by one."""
    meant = {factor.name: factor.weight for factor in read_text(text, path).health.factors}
    for name, weight in weights.items():
        if meant[name] != weight:
            raise DefinitionsError(
                Issue(
                    "DEF-061",
                    f'The weight of "{name}" cannot be changed.',
                    path.name,
                    "It is shared with another factor by an anchor (& and *).",
                    "Write the number itself behind each weight.",
                )
            )


def _unknown(name: str, where: str, known: list[str]) -> Issue:
    return Issue(
        "DEF-060",
        f'"{name}" is not a factor, so its weight cannot be changed.',
        where,
        "Weights belong to the factors in this file.",
        did_you_mean(name, known),
    )


def _shown(weight: float) -> str:
    """
    >>> _shown(15.0), _shown(12.5)
    ('15', '12.5')
    """
    return repr(float(weight)).removesuffix(".0")
