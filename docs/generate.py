"""Writes the pages of docs that the code knows better than any writer.

`--check` only says which are stale. `--long` also runs the pages that take a minute: the demo, and the examples whose
data is on this machine.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from docs.heldout import filled
from docs.mapped import mapped
from docs.replay import replayed
from docs.themed import themed
from sabai.cli import sabai
from sabai.definitions.handbook import reference_page
from sabai.definitions.schema import json_schema
from sabai.desk.environ import VARIABLES
from sabai.facts.catalogue import TABLES, FactTable, Measure

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
DATA = ROOT.parent / "shared" / "data"
REPLAYED = (
    "tutorials/first-score.md",
    "explanation/one-grid.md",
    "explanation/money-by-hand.md",
    "how-to/write-an-override.md",
    "how-to/erase-a-person.md",
)
LANDED = ("how-to/map-a-foreign-file.md", "how-to/read-the-rejects.md")
BY_HAND = "explanation/a-score-by-hand.md"
ON_DEMO = (BY_HAND, "how-to/who-stays-and-what-it-is-worth.md", "how-to/hear-what-customers-say.md")
PROOF = "explanation/proof.md"
TEXT = "explanation/text.md"
THEMES = "explanation/themes.md"
MADE = "<!-- Made by `make docs`; edit the code instead. -->"


def landed_page(name: str) -> str:
    """The page with what lands from the small files on it."""
    with TemporaryDirectory() as folder:
        return mapped((DOCS / name).read_text(encoding="utf-8"), Path(folder))


def replayed_page(name: str) -> str:
    """The page again, run in a folder from which the examples and their data are reached as from the project."""
    with TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        project.mkdir()
        (project / "examples").symlink_to(ROOT / "examples")
        (Path(folder) / "shared").symlink_to(DATA.parent)
        return replayed((DOCS / name).read_text(encoding="utf-8"), project)


def long_pages() -> list[str]:
    """Pages that take a minute; those of examples only where their data is."""
    examples = sorted(DOCS.glob("examples/*.md"))
    there = [f"examples/{path.name}" for path in examples if (DATA / path.stem).is_dir()]
    return [*ON_DEMO, *([PROOF] if len(there) == len(examples) else []), *there]


def themes_page() -> str:
    """The page with its tables counted again."""
    return themed((DOCS / THEMES).read_text(encoding="utf-8"))


def schema_page() -> str:
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def cli_page() -> str:
    helps = "\n".join(
        f"## sabai {name}\n\n```text\n{help_of(command, name)}\n```\n" for name, command in sabai.commands.items()
    )
    top = help_of(sabai, "")
    return f"# The command line\n\n{MADE}\n\n```text\n{top}\n```\n\n{helps}{COMPLETION}"


COMPLETION = """
## Completion

Your shell completes verbs and options after one line in its start file:

```bash
eval "$(_SABAI_COMPLETE=bash_source sabai)"   # bash, in ~/.bashrc
eval "$(_SABAI_COMPLETE=zsh_source sabai)"    # zsh, in ~/.zshrc
_SABAI_COMPLETE=fish_source sabai | source    # fish, in its config.fish
```
"""


def help_of(command: click.Command, name: str) -> str:
    top = click.Context(sabai, info_name="sabai", terminal_width=100, max_content_width=100, **sabai.context_settings)
    return command.get_help(click.Context(command, info_name=name, parent=top) if name else top)


def fact_tables_page() -> str:
    kinds = "*Happenings* are written once; *things* have versions. Columns in **bold** are required."
    return "\n".join([f"# Fact tables\n\n{MADE}\n\n{kinds}\n", *map(_table, TABLES.values())])


def _table(table: FactTable) -> str:
    mapped = ", ".join(
        f"**{name}** {kind}" if name in table.required else f"{name} {kind}" for name, kind in table.columns.items()
    )
    lines = [
        f"## {table.name}",
        "",
        f"A {table.kind}, known by {' and '.join(table.key)}; its own time is {table.time}.",
        "",
        f"Columns: {mapped}.",
    ]
    if table.derived:
        lines += ["", f"Computed when landing: {', '.join(f'{name} {kind}' for name, kind in table.derived.items())}."]
    if table.measures:
        lines += ["", "| measure | holds from | until | adds |", "|---|---|---|---|"]
        lines += [_measure(name, measure) for name, measure in table.measures.items()]
    return "\n".join([*lines, ""])


def _measure(name: str, measure: Measure) -> str:
    adds = f"{measure.value or '1'}{f' ({measure.unit})' if measure.unit else ''}"
    return f"| {name} | {measure.start} | {measure.end or 'that moment'} | {adds} |"


def errors_page() -> str:
    said: dict[str, list[str]] = {}
    for code, sentence in issue_codes():
        said.setdefault(code, []).append(sentence)
    rows = [f"| {code} | {'<br>'.join(dict.fromkeys(sentences))} |" for code, sentences in sorted(said.items())]
    parts = "Every error says what, where, why it matters and what to write instead; `…` stands for your own names."
    return "\n".join(
        [f"# Errors\n\n{MADE}\n\n{parts}", "", "| code | what, or why it matters |", "|---|---|", *rows, ""]
    )


def issue_codes() -> Iterator[tuple[str, str]]:
    """Every code that stands as a literal, with the first sentence that follows it in the same call or dict."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _coded([node.args])
            elif isinstance(node, ast.Dict):
                yield from _coded([key, value] for key, value in zip(node.keys, node.values, strict=True) if key)


def _coded(groups: Iterable[Sequence[ast.expr]]) -> Iterator[tuple[str, str]]:
    for group in groups:
        texts = [text for text in map(_literal, group) if text]
        sentence = next((text for text in texts[1:] if " " in text), None)
        if texts and sentence and re.fullmatch(r"[A-Z]{3}-\d{3}", texts[0]):
            yield texts[0], sentence.replace("|", "\\|")


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
    return None


def definitions_page() -> str:
    title, rest = reference_page().split("\n", 1)
    explain = "`sabai check --explain` shows what your own file says with every default in place."
    return f"{title}\n\n{MADE}\n\n{explain}\n{rest}"


def settings_page() -> str:
    about = (
        "Variables of the environment; a wrong value, or a name that starts with SABAI_ and is not ours, stops the "
        "desk and says so."
    )
    rows = [f"| `{each.name}` | {f'`{each.default}`' if each.default else ''} | {each.means} |" for each in VARIABLES]
    head = ["| variable | default | what it is |", "|---|---|---|"]
    return "\n".join([f"# Settings of the desk\n\n{MADE}\n\n{about}\n", *head, *rows, ""])


PAGES: dict[str, Callable[[], str]] = {
    "reference/cli.md": cli_page,
    "reference/errors.md": errors_page,
    "reference/fact-tables.md": fact_tables_page,
    "reference/sabai-yaml.md": definitions_page,
    "reference/sabai.schema.json": schema_page,
    "reference/settings.md": settings_page,
    TEXT: partial(filled, DOCS / TEXT),
    THEMES: themes_page,
    **{name: partial(replayed_page, name) for name in REPLAYED},
    **{name: partial(landed_page, name) for name in LANDED},
}


def main() -> None:
    pages = PAGES | ({name: partial(replayed_page, name) for name in long_pages()} if "--long" in sys.argv else {})
    stale = {name: text for name, make in pages.items() if not _same(DOCS / name, text := make())}
    if "--check" in sys.argv and stale:
        sys.exit(f"Stale, run `make docs`: {', '.join(stale)}")
    for name, text in stale.items():
        (DOCS / name).write_text(text, encoding="utf-8")
        print(f"Wrote docs/{name}")


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    main()
