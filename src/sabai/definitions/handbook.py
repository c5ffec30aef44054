"""The reference page of `sabai.yaml` in Markdown, made from the grammar: every key, what it takes, its default."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.definitions.grammar.file import AGAIN, FILE
from sabai.definitions.grammar.kinds import Again, Either, Forms, Keys, Kind, Many, Named, Word


def reference_page() -> str:
    """
    >>> reference_page().splitlines()[0]
    '# Every key of sabai.yaml'
    """
    sections = dict(_sections("", FILE))
    return "\n".join(["# Every key of sabai.yaml", *(f"\n{section}" for section in sections.values())]) + "\n"


def _sections(path: str, kind: Kind) -> Iterator[tuple[str, str]]:
    """Tables of keys by their path; the same mapping in two places is described where it first stands."""
    match kind:
        case Keys():
            yield path, _table(path, kind)
            for key in kind.keys:
                yield from _sections(f"{path}.{key.name}".lstrip("."), key.kind)
        case Forms():
            for form in kind.forms:
                yield f"{path} {form.names[0]}", _table(f"{path}: {form.names[0]}", form)
        case Named():
            yield from _sections(f"{path}.<name>", kind.of)
        case Many():
            yield from _sections(path, kind.of)
        case Either():
            for option in kind.kinds:
                yield from _sections(path, option)
        case Again():
            yield from _sections(path, AGAIN[kind.name])
        case Word():
            pass


def _table(path: str, kind: Keys) -> str:
    rows = [
        f"| `{key.name}` | {_what(key.kind)} | {_default(key.default, key.required)} | {key.doc} |" for key in kind.keys
    ]
    return "\n".join([f"## {f'`{path}`' if path else 'The file'}", "", "| key | takes | default | meaning |",
                      "|---|---|---|---|", *rows])  # fmt: skip


def _what(kind: Kind) -> str:
    return _what(AGAIN[kind.name]) if isinstance(kind, Again) else kind.what


def _default(default: str, required: bool) -> str:
    return "required" if required else f"`{default}`" if default else ""
