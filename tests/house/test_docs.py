"""The docs say what is so: verbs exist, pages are fresh, links lead somewhere, examples are accepted."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from docs import generate
from docs.mapped import mapped
from docs.replay import replayed
from sabai import __version__
from sabai.cli import sabai
from sabai.definitions.reader import check_definitions
from tests.house.tree import ROOT, project_files

PAGES = list(project_files(".md"))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
FENCE = re.compile(r"^ *```(\w*)[^\n]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def fences(language: str) -> Iterator[tuple[str, str]]:
    """(page, content) of every fenced block of the language."""
    for path in PAGES:
        for found in FENCE.finditer(path.read_text(encoding="utf-8")):
            if found.group(1) == language:
                yield name(path), found.group(2)


def commands(block: str) -> Iterator[list[str]]:
    """Every `sabai ...` in a block of shell, as words."""
    for line in block.replace("\\\n", " ").splitlines():
        words = line.strip().startswith(("sabai", "$ sabai", ".venv")) and shlex.split(line.strip("$ "), comments=True)
        if words and Path(words[0]).name == "sabai":
            yield words[1:]


def wrong_use(words: list[str]) -> str:
    """What the command line would refuse in these words; nothing is run."""
    if not words or words[0].startswith("-"):
        return ""
    verb = sabai.commands.get(words[0])
    if verb is None:
        return f"there is no verb {words[0]}"
    try:
        verb.make_context(words[0], words[1:], parent=click.Context(sabai, **sabai.context_settings))
    except click.exceptions.Exit:
        return ""
    except click.ClickException as error:
        return error.format_message()
    return ""


def broken_links(path: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [link for link in LINK.findall(text) if ":" not in link and not (path.parent / link).exists()]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    assert broken_links(path) == []


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[here](page.md) [gone](nowhere.md#part) [far](https://example.com/x.md)", encoding="utf-8")
    assert broken_links(page) == ["nowhere.md"]


def test_every_page_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = [path for path in PAGES if path.is_relative_to(ROOT / "docs") and "decisions" not in path.parts]
    missing = [name(path) for path in pages if path.name != "index.md" and path.name not in index]
    assert missing == []


def test_every_command_in_the_docs_is_one() -> None:
    found = [
        (page, words)
        for language in ("bash", "console")
        for page, block in fences(language)
        for words in commands(block)
    ]
    assert len(found) >= 8
    assert [(page, words, wrong_use(words)) for page, words in found if wrong_use(words)] == []


@pytest.mark.parametrize(
    "bad", [["scores"], ["score", "--as-off", "2025-01-01"], ["explain"], ["score", "--as-of", "May"]]
)
def test_a_wrong_command_is_seen(bad: list[str]) -> None:
    assert wrong_use(bad)


def test_every_verb_stands_in_the_docs() -> None:
    said = {
        words[0]
        for language in ("bash", "console")
        for _, block in fences(language)
        for words in commands(block)
        if words
    }
    documented = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert set(sabai.commands) == set(re.findall(r"^## sabai (\w+)$", documented, re.MULTILINE))
    assert said <= set(sabai.commands)


def test_whole_definitions_in_the_docs_are_accepted(tmp_path: Path) -> None:
    whole = [(page, block) for page, block in fences("yaml") if re.search(r"^sabai: 1$", block, re.MULTILINE)]
    assert whole
    for page, block in whole:
        file = tmp_path / "sabai.yaml"
        file.write_text(block, encoding="utf-8")
        definitions, issues = check_definitions(file)
        assert definitions is not None, f"{page}: {issues[0]}"


@pytest.mark.parametrize("page", generate.PAGES)
def test_generated_pages_are_fresh(page: str) -> None:
    assert (ROOT / "docs" / page).read_text(encoding="utf-8") == generate.PAGES[page](), "run `make docs`"


@pytest.mark.long
@pytest.mark.parametrize("page", generate.long_pages())
def test_pages_that_take_a_minute_are_fresh(page: str) -> None:
    """Those of examples are there only where the data is."""
    written = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert written == generate.replayed_page(page), "run `python -m docs.generate --long`"


def test_every_example_has_its_page() -> None:
    sets = {path.parent.name for path in (ROOT / "examples").glob("*/sabai.yaml")}
    assert sets == {path.stem for path in (ROOT / "docs" / "examples").glob("*.md")}


SUM = re.compile(r"[(\d][\d.,×/+−() ]*[\d)] = −?[\d.]*\d")


def wrong_sums(text: str) -> list[str]:
    """Every "a × b / c = d" whose left side is not its right side, to the digits that are shown."""
    return [found for found in SUM.findall(text) if not _holds(*found.rsplit(" = ", 1))]


def _holds(sum_: str, said: str) -> bool:
    plain = sum_.replace("×", "*").replace("−", "-").replace(",", "")
    digits = len(said.partition(".")[2])
    return abs(eval(plain) - float(said.replace("−", "-"))) <= 0.50001 * 10**-digits  # only what SUM lets through


def test_sums_by_hand_are_right() -> None:
    text = (ROOT / "docs" / generate.BY_HAND).read_text(encoding="utf-8")
    assert len(SUM.findall(text)) > 30
    assert wrong_sums(text) == []


def test_contributions_by_hand_are_those_that_were_printed() -> None:
    """Each product stands as a line of the explanation too, so that a new demo cannot leave the page behind."""
    text = (ROOT / "docs" / generate.BY_HAND).read_text(encoding="utf-8")
    printed = re.findall(r"([\d.]+) points × ([\d.]+) / ([\d.]+) +([\d.]+)$", text, re.MULTILINE)
    by_hand = re.findall(r"^    ([\d.]+) × ([\d.]+) / ([\d.]+) = ([\d.]+)$", text, re.MULTILINE)
    assert printed
    assert printed == by_hand


def test_a_wrong_sum_is_seen() -> None:
    assert wrong_sums("so 50.28 × 8 / 91 = 4.43, and (7 − 6) / 6 = 0.1667") == ["50.28 × 8 / 91 = 4.43"]


def test_a_replayed_page_says_what_commands_say(tmp_path: Path) -> None:
    page = "```text title=there.txt\nx\n```\n```console\n$ sabai --version\nan old lie\n```\n"
    assert replayed(page, tmp_path) == page.replace("an old lie", f"sabai, version {__version__}")
    assert (tmp_path / "there.txt").read_text() == "x\n"


def test_a_page_shows_what_landed(tmp_path: Path) -> None:
    source = (
        "sources: { app: { files: a.csv, table: events, columns: { account_id: who, name: what, occurred_at: at } } }"
    )
    files = f"```csv title=a.csv\nwho,what,at\nC1,login,2025-05-12\n```\n```yaml\n{source}\n```\n"
    page = f"## One\n{files}```text landed=events columns=account_id,name\nan old lie\n```\n"
    assert mapped(page, tmp_path) == page.replace("an old lie", "account_id  name\nC1          login")


def test_a_command_that_fails_is_not_written_down(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="CLI-001"):
        replayed("```console\n$ sabai facts nowhere\n```\n", tmp_path)


def test_promises_name_tests_that_exist() -> None:
    table = (ROOT / "docs" / "reference" / "promises.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", table)
    assert named
    for path, test in named:
        assert f"def {test}" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{test}"
