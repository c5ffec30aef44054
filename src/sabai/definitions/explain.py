"""What nobody wrote but holds all the same: defaults that apply, and every metric as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sabai.definitions.grammar.file import FILE
from sabai.definitions.grammar.kinds import Either, Keys, Kind, Many, Named
from sabai.definitions.grammar.sources import COLUMN
from sabai.definitions.lines import read_lines, text_of
from sabai.definitions.model import Condition, Definitions
from sabai.definitions.sentences import condition_sentence, sentence
from sabai.definitions.written import Entries, Items, Written

Shown = tuple[str, str, int]
"""what it is about, what holds, the line (0: nothing is written about it)"""


def defaults_shown(definitions: Definitions) -> list[Shown]:
    """Metrics and conditions as sentences, then every default that applies in the file that was read.

    Reads the file at `definitions.path` once more. Raises DefinitionsError if it is gone.
    """
    written = read_lines(text_of(Path(definitions.path)), Path(definitions.path).name)
    return [*_metrics(definitions), *_conditions(definitions), *_defaults("", FILE, written)]


def _metrics(definitions: Definitions) -> Iterator[Shown]:
    for name, metric in sorted(definitions.metrics.items(), key=lambda item: item[1].line):
        if "." not in name:
            yield f"metrics.{name}", sentence(metric, definitions.metrics), metric.line


def _conditions(definitions: Definitions) -> Iterator[Shown]:
    health = definitions.health

    def said(when: Condition) -> str:
        return condition_sentence(when, definitions.metrics)

    for deduction in health.deductions:
        what = f"takes {deduction.points:g} points while {said(deduction.when)}"
        yield f"health.deductions.{deduction.name}", what, deduction.line
    for milestone in health.young.milestones if health.young else ():
        line = definitions.metrics[milestone.when.metric].line
        yield f"health.young.milestones.{milestone.name}", f"is reached when {said(milestone.when)}", line


def _defaults(path: str, kind: Kind, node: Written) -> Iterator[Shown]:
    """Keys with a default that are not written, in every mapping that is; metrics say theirs in their sentence."""
    match kind, node:
        case Keys(), Entries() if kind is not COLUMN:  # most of its defaults are for columns of another type
            silent = [f"{key.name}: {key.default}" for key in kind.keys if key.default and key.name not in node]
            if silent:
                yield path, "; ".join(silent), node.line
            for key in kind.keys:
                yield from _defaults(f"{path}.{key.name}".lstrip("."), key.kind, node.get(key.name) or Entries(0))
        case Named(), Entries():
            for name, value in node:
                yield from _defaults(f"{path}.{name.text}", kind.of, value)
        case Many(), Items():
            for item in node.items:
                yield from _defaults(path, kind.of, item)
        case (Many(), Entries()):
            yield from _defaults(path, kind.of, node)
        case (Either(), Entries()) if node.entries:
            for option in kind.kinds:
                yield from _defaults(path, option, node)
