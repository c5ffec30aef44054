"""A theme that somebody named, as it is written into the text of the definitions, where people wrote all the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sabai.definitions.lines import read_lines
from sabai.definitions.reader import read_text
from sabai.definitions.written import Entries, Written
from sabai.errors import DefinitionsError, Issue

FILE = Path("sabai.yaml")
ID = re.compile(r"[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True, slots=True)
class Named:
    """`name` and `words` by language."""

    id: str
    name: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]


def with_theme(text: str, named: Named) -> str:
    """The text with one theme more, and not a space else changed. DefinitionsError where it would be wrong.

    >>> print(_entry(Named("late_bus", {"en": "Late bus"}, {"en": ("bus", "stop")}), "  "), end="")
      late_bus:
        name: { en: "Late bus" }
        words:
          en: ["bus", "stop"]
    """
    node = read_lines(text, FILE.name).get("themes")
    if isinstance(node, Entries) and node.entries and not node.flow:
        if named.id in node:
            raise DefinitionsError(_taken(named.id))
        new = _after(text, node, named)
    elif _is_empty(node):
        new = _without_empty(text) + "\nthemes:\n" + _entry(named, "  ")
    else:
        raise DefinitionsError(_in_braces())
    read_text(new, FILE)
    return new


def _after(text: str, node: Entries, named: Named) -> str:
    """Before the first theme, indented as that is."""
    lines = text.splitlines(keepends=True)
    at = node.entries[0][0].line - 1
    indent = re.match(r"\s*", lines[at])
    return "".join([*lines[:at], _entry(named, indent[0] if indent else "  "), *lines[at:]])


def _entry(named: Named, indent: str) -> str:
    name = ", ".join(f"{code}: {_quoted(said)}" for code, said in named.name.items())
    lines = [f"{named.id}:", f"  name: {{ {name} }}", "  words:"]
    lines += [f"    {code}: [{', '.join(map(_quoted, words))}]" for code, words in named.words.items()]
    return "".join(f"{indent}{line}\n" for line in lines)


def _quoted(said: str) -> str:
    """A JSON text is a YAML text."""
    return json.dumps(said, ensure_ascii=False)


def _is_empty(node: Written | None) -> bool:
    return node is None or getattr(node, "empty", False) or (isinstance(node, Entries) and not node.entries)


def _without_empty(text: str) -> str:
    return re.sub(r"(?m)^themes:[ \t]*(?:\{\s*\}|~|null)?[ \t]*(?:#.*)?\n?", "", text).rstrip("\n") + "\n"


def _taken(name: str) -> Issue:
    return Issue("DSK-081", f'There is a theme "{name}" already.', "sabai.yaml", hint="Give it another id.")


def _in_braces() -> Issue:
    return Issue(
        "DSK-082",
        "The section of themes is written in braces.",
        "sabai.yaml",
        "What people wrote on one line is not taken apart.",
        "Write each theme on lines of its own, on the page of definitions.",
    )
