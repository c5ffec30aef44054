"""One word for one thing: the synonyms that GLOSSARY.md refuses stand nowhere in code or docs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, project_files

GLOSSARY = ROOT / "GLOSSARY.md"
LANGUAGES = {"Thai": r"[\u0e00-\u0e7f]", "Arabic": r"[\u0600-\u06ff]", "Japanese": r"[\u3040-\u30ff\u4e00-\u9fff]"}
PROSE_EXEMPT = {"GLOSSARY.md"}  # it names what it refuses


def rows() -> list[dict[str, str]]:
    """The tables of the glossary, one dict a word."""
    found: list[dict[str, str]] = []
    heads: list[str] = []
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| word "):
            heads = cells
        elif line.startswith("| "):
            found.append(dict(zip(heads, cells, strict=True)))
    return found


REFUSED = {word for row in rows() for word in re.findall(r"`([^`]+)`", row["not"])}
REFUSED_IN_PROSE = re.compile(rf"\b({'|'.join(sorted(REFUSED))})s?\b", re.IGNORECASE)


def named_in(source: str) -> Iterator[tuple[int, str]]:
    """Every name that the source gives: functions, classes, arguments, variables and fields."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield node.lineno, name


def refused_names(source: str) -> list[str]:
    found = []
    for line, name in named_in(source):
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
        words = {word.removesuffix("s") for word in spaced.split("_")} | set(spaced.split("_"))
        found += [f"{line}: {name} ({word})" for word in sorted(words & REFUSED)]
    return found


def refused_prose(text: str) -> list[str]:
    text = re.sub(r"```.*?```|`[^`\n]*`|\]\([^)]*\)", "", text, flags=re.DOTALL)
    return [found.group(0) for found in REFUSED_IN_PROSE.finditer(text)]


def test_the_glossary_speaks_four_languages() -> None:
    assert len(rows()) > 40
    for row in rows():
        for language, script in LANGUAGES.items():
            assert re.search(script, row[language]), f"{row['word']} has no {language} word"


def test_no_two_words_share_a_translation() -> None:
    for language in LANGUAGES:
        said = [row[language] for row in rows()]
        assert len(said) == len(set(said)), f"{language}: {sorted({word for word in said if said.count(word) > 1})}"


@pytest.mark.parametrize("good", ["account = 1", "def recorded_at(): ...", "class Organisation: ...", "x.client"])
def test_good_names_pass(good: str) -> None:
    assert refused_names(good) == []


@pytest.mark.parametrize("bad", ["client = 1", "def by_tenant(): ...", "class AlertRule: ...", "def f(*, orgs): ..."])
def test_bad_names_are_seen(bad: str) -> None:
    assert refused_names(bad)


def test_bad_prose_is_seen_and_code_is_left_alone() -> None:
    assert refused_prose("Every tenant has alerts.") == ["tenant", "alerts"]
    assert refused_prose("Every `client` column is mapped.\n```yaml\naccount_id: org\n```") == []


def test_code_uses_the_words() -> None:
    found = {
        short(path): refused_names(path.read_text(encoding="utf-8")) for path in project_files(".py") if ours(path)
    }
    assert not {name: words for name, words in found.items() if words}


def test_docs_use_the_words() -> None:
    pages = [path for path in project_files(".md") if short(path) not in PROSE_EXEMPT]
    assert len(pages) > 5
    found = {short(path): refused_prose(path.read_text(encoding="utf-8")) for path in pages}
    assert not {name: words for name, words in found.items() if words}


def ours(path: Path) -> bool:
    return path.is_relative_to(ROOT / "src")


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
